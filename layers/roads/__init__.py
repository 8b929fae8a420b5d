"""Roads: who owns a ruas, what it is made of, how long it is."""

from layers.layer import Choice, Field, Layer, Licence, Text, Zooms
from layers.roads.table import Road

STATUSES = (
    Choice("nasional", Text("Jalan nasional", "National road"), "#7a3b2e", width=3.4),
    Choice("provinsi", Text("Jalan provinsi", "Provincial road"), "#a8632f", width=2.8),
    Choice("kabupaten", Text("Jalan kabupaten", "Regency road"), "#8a7f68", width=2.0),
    Choice("desa", Text("Jalan desa", "Village road"), "#b3a88f", width=1.2),
    Choice("tidak_diketahui", Text("Status belum diketahui", "Status unknown"), "#9aa5a3", width=1.2, dashed=True),
)
FUNCTIONS = (
    Choice("arteri", Text("Arteri", "Arterial")),
    Choice("kolektor", Text("Kolektor", "Collector")),
    Choice("lokal", Text("Lokal", "Local")),
    Choice("lingkungan", Text("Lingkungan", "Neighbourhood")),
    Choice("setapak", Text("Jalan setapak", "Footpath")),
)
CLASSES = tuple(Choice(c, Text(f"Kelas {c}", f"Class {c}")) for c in ("I", "II", "III", "Khusus"))
SURFACES = (
    Choice("aspal", Text("Aspal", "Asphalt")),
    Choice("beton", Text("Beton", "Concrete")),
    Choice("paving", Text("Paving", "Paving blocks")),
    Choice("makadam", Text("Makadam", "Macadam")),
    Choice("kerikil", Text("Kerikil", "Gravel")),
    Choice("tanah", Text("Tanah", "Earth")),
)
CONDITIONS = (
    Choice("baik", Text("Baik", "Good"), "#0571b0"),
    Choice("sedang", Text("Sedang", "Fair"), "#6baed6"),
    Choice("rusak_ringan", Text("Rusak ringan", "Lightly damaged"), "#ef8a62"),
    Choice("rusak_berat", Text("Rusak berat", "Heavily damaged"), "#b2182b"),
    Choice("belum_disurvei", Text("Belum disurvei", "Not surveyed"), "#6f7a78", dashed=True),
)
DIRECTIONS = (
    Choice("searah", Text("Searah, seperti digambar", "One way, as drawn")),
    Choice("lawan_arah", Text("Searah, berlawanan dengan gambar", "One way, against the drawing")),
)
MEETINGS = (
    Choice("silang", Text("Di setiap persilangan garis", "Wherever lines cross")),
    Choice("simpul", Text("Di simpul bersama saja, seperti OpenStreetMap", "At shared vertices alone, as OSM draws")),
)

LAYER = Layer(
    id="roads",
    title=Text("Jalan", "Roads"),
    about=Text(
        "Ruas jalan menurut status: siapa yang memperbaiki dan membiayai.",
        "Roads by status: who repairs and pays for them.",
    ),
    table=Road,
    geometry="MultiLineString",
    classify="status",
    fields=(
        Field("name", Text("Nama ruas", "Road name"), tile=True, search=True),
        Field("ruas_number", Text("Nomor ruas", "Road number"), filter=True, search=True),
        Field("status", Text("Status", "Status"), "choice", tile=True, filter=True, choices=STATUSES),
        Field("function", Text("Fungsi", "Function"), "choice", tile=True, filter=True, choices=FUNCTIONS),
        Field("road_class", Text("Kelas", "Class"), "choice", filter=True, choices=CLASSES),
        Field("surface", Text("Permukaan", "Surface"), "choice", tile=True, filter=True, choices=SURFACES),
        Field("condition", Text("Kondisi", "Condition"), "choice", tile=True, filter=True, choices=CONDITIONS),
        Field("condition_on", Text("Kondisi per tanggal", "Condition as of"), "date"),
        Field("width_m", Text("Lebar", "Width"), "number", unit="m", least=0),
        Field("direction", Text("Arah lalu lintas", "Direction of traffic"), "choice", choices=DIRECTIONS),
        Field("meets", Text("Bertemu jalan lain", "Meets other roads"), "choice", choices=MEETINGS),
        Field("load_limit_t", Text("Batas beban", "Weight limit"), "number", unit="t", least=0),
        Field("length_decree_m", Text("Panjang menurut SK", "Length by decree"), "number", unit="m", least=0),
        Field("length_m", Text("Panjang di peta", "Length on the map"), "number", unit="m"),
        Field("village_code", Text("Kode desa", "Village code"), filter=True),
        Field("source", Text("Sumber", "Source"), filter=True),
        Field("checked_on", Text("Diperiksa", "Checked on"), "date"),
    ),
    licence=Licence("Data publik", ""),
    source=Text("Dinas PUPR, BIG", "Public works agency, BIG"),
    zooms=Zooms(first=6, near=12),
    needs=("areas",),
    sample="layers.roads.sample:rows",
    order=20,
)
