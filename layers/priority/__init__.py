"""Priority: which road first, computed from what the other layers tell of condition, people and minutes."""

from layers.layer import Choice, Field, Layer, Licence, Text, Zooms
from layers.priority.criteria import MEASURES
from layers.priority.table import RoadPriority
from layers.roads import STATUSES

STANDINGS = (
    Choice("teratas", Text("Sepuluh teratas", "First ten"), "#7a0177", width=4.5),
    Choice("tinggi", Text("Nomor 11 sampai 50", "No. 11 to 50"), "#c51b8a", width=3.4),
    Choice("lain", Text("Nomor 51 dan seterusnya", "No. 51 and beyond"), "#f4a6c0", width=2.2),
    Choice("usulan", Text("Milik pihak lain: hanya dapat diusulkan", "Owned by others: to be proposed"), "#8a7f68"),
    Choice("tanpa_data", Text("Belum dapat dinilai", "Not judged yet"), "#9aa5a3", dashed=True),
)
UNITS = (Choice("ruas", Text("Ruas", "Whole road")), Choice("bagian", Text("Bagian ruas", "Part of a road")))

LAYER = Layer(
    id="priority",
    title=Text("Prioritas jalan", "Road priority"),
    about=Text(
        "Jalan mana yang didahulukan menurut bobot baku: kondisi, orang yang lewat, waktu yang dihemat, laporan warga."
        " Bobot lain dapat dicoba di halaman prioritas.",
        "Which road comes first by the usual weights: condition, people who pass, time saved, complaints. Other weights"
        " can be tried on the page of priorities.",
    ),
    table=RoadPriority,
    geometry="MultiLineString",
    classify="standing",
    fields=(
        Field("name", Text("Nama ruas", "Road name"), tile=True, search=True),
        Field("standing", Text("Kedudukan", "Standing"), "choice", tile=True, filter=True, choices=STANDINGS),
        Field("rank", Text("Nomor urut", "Rank"), "integer", tile=True),
        Field("score", Text("Skor", "Score"), "number", digits=3),
        Field("rests_on", Text("Bertumpu pada data", "Rests on data"), "number", digits=2),
        Field("unit", Text("Satuan", "Unit"), "choice", filter=True, choices=UNITS),
        Field("owner", Text("Status jalan", "Road status"), "choice", filter=True, choices=STATUSES),
        Field("length_m", Text("Panjang", "Length"), "number", unit="m", digits=0),
        Field("from_m", Text("Bagian mulai di", "Part begins at"), "number", unit="m", digits=0),
        Field("to_m", Text("Bagian berakhir di", "Part ends at"), "number", unit="m", digits=0),
        Field("treatment", Text("Penanganan", "Treatment")),
        *(Field(m.key, m.title, "number", unit=m.unit.id, digits=m.digits) for m in MEASURES),
        Field("village_code", Text("Kode desa", "Village code"), filter=True),
        Field("source", Text("Sumber", "Source"), filter=True),
        Field("checked_on", Text("Survei terakhir", "Last survey"), "date"),
    ),
    licence=Licence("Data publik", ""),
    source=Text("Dihitung dari jalan, kantor, penduduk, dan laporan", "Computed from roads, offices, people, reports"),
    zooms=Zooms(first=6, near=11),
    needs=("roads", "offices", "areas", "settlements", "complaints", "waste", "internet", "access"),
    watches=("road_rules", "treatments", "rasters", "home"),
    compute="layers.priority.compute:compute",
    order=60,
    sort="rank",
)
