"""Waste sites: TPS, TPS3R, TPA and bank sampah."""

from layers.layer import Choice, Field, Layer, Licence, Text, Zooms
from layers.waste.table import WasteSite

KINDS = (
    Choice("tps", Text("TPS", "Collection point (TPS)"), "#7b6a3a", "dumpster"),
    Choice("tps3r", Text("TPS3R", "Sorting site (TPS3R)"), "#2f7d4f", "recycling"),
    Choice("tpa", Text("TPA", "Landfill (TPA)"), "#5c4033", "industry"),
    Choice("bank_sampah", Text("Bank sampah", "Waste bank"), "#0571b0", "bank"),
)

LAYER = Layer(
    id="waste",
    title=Text("Sarana persampahan", "Waste sites"),
    about=Text("Tempat mengumpulkan, memilah, dan menimbun sampah.", "Where waste is collected, sorted and buried."),
    table=WasteSite,
    geometry="Point",
    classify="kind",
    fields=(
        Field("name", Text("Nama", "Name"), tile=True, search=True),
        Field("kind", Text("Jenis", "Kind"), "choice", tile=True, filter=True, choices=KINDS),
        Field("capacity", Text("Kapasitas", "Capacity"), "number", least=0),
        Field("capacity_unit", Text("Satuan kapasitas", "Unit of capacity")),
        Field("pickup_days", Text("Hari angkut", "Pick-up days"), "hours"),
        Field("operator", Text("Pengelola", "Operator"), search=True),
        Field("village_code", Text("Kode desa", "Village code"), filter=True),
        Field("source", Text("Sumber", "Source"), filter=True),
        Field("checked_on", Text("Diperiksa", "Checked on"), "date"),
    ),
    licence=Licence("Data publik", ""),
    source=Text("Dinas Lingkungan Hidup", "Environment agency"),
    zooms=Zooms(first=6, near=11),
    needs=("areas",),
    sample="layers.waste.sample:rows",
    order=30,
)
