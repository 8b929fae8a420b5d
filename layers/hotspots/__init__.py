"""Hot spots: where reports gather more, or less, than chance explains; computed from complaints and areas."""

from layers.hotspots.table import Hotspot
from layers.layer import Choice, Field, Layer, Licence, Text, Zooms

KINDS = (
    Choice("hot", Text("Banyak laporan berkumpul", "Many reports gather"), "#b2182b"),
    Choice("cold", Text("Sedikit laporan", "Few reports"), "#2166ac"),
    Choice("none", Text("Tidak menonjol", "Nothing stands out"), "#e8e4d8"),
)

LAYER = Layer(
    id="hotspots",
    title=Text("Titik panas laporan", "Hot spots of complaints"),
    about=Text(
        "Kotak tempat laporan warga berkumpul lebih banyak, atau lebih sedikit, daripada yang dapat terjadi karena"
        " kebetulan. Yang dihitung jumlah laporan, bukan laporan per penduduk: di kota lebih banyak orang melapor.",
        "Squares where complaints gather more, or less, than chance explains. Counted are complaints, not those per"
        " person: where more people live, more is reported.",
    ),
    table=Hotspot,
    geometry="MultiPolygon",
    classify="kind",
    fields=(
        Field("name", Text("Desa di tengahnya", "Village at its middle"), tile=True, search=True),
        Field("kind", Text("Hasil", "Result"), "choice", tile=True, filter=True, choices=KINDS),
        Field("reports", Text("Laporan di kotak ini", "Reports in this square"), "number", digits=0, tile=True),
        Field(
            "around", Text("Laporan di sini dan sekitarnya", "Reports here and around"), "number", digits=0, tile=True
        ),
        Field("usual", Text("Bila tersebar merata", "If spread evenly"), "number"),
        Field("z", Text("Nilai Gi* (z)", "Gi* (z)"), "number", digits=2),
        Field("p", Text("Peluang kebetulan (p)", "Chance alone (p)"), "number", digits=4),
        Field("period_from", Text("Dihitung sejak", "Counted from"), "date"),
        Field("period_to", Text("Sampai", "To"), "date"),
        Field("village_code", Text("Kode desa", "Village code"), filter=True),
        Field("source", Text("Sumber", "Source"), filter=True),
        Field("checked_on", Text("Laporan terbaru", "Newest report"), "date"),
    ),
    licence=Licence("Data publik", ""),
    source=Text("Dihitung dari laporan warga", "Computed from complaints"),
    zooms=Zooms(first=7, near=10),
    needs=("complaints", "areas"),
    watches=("home",),
    compute="layers.hotspots.compute:compute",
    related="layers.hotspots.explanation:related",
    order=55,
)
