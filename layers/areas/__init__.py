"""Administrative areas with both of their codes and their population."""

from layers.areas.table import Area
from layers.layer import Choice, Field, Layer, Licence, Text, Zooms

LEVELS = (
    Choice("kabupaten", Text("Kabupaten atau kota", "Regency or city"), "#6b5f45", width=2.4),
    Choice("kecamatan", Text("Kecamatan", "District"), "#8d7f60", width=1.6),
    Choice("desa", Text("Desa", "Village (desa)"), "#c9bfa6", width=0.7),
    Choice("kelurahan", Text("Kelurahan", "Urban village (kelurahan)"), "#a99f86", width=0.7),
)

LAYER = Layer(
    id="areas",
    title=Text("Wilayah", "Areas"),
    about=Text(
        "Kabupaten, kecamatan, desa, dan kelurahan dengan kode dan jumlah penduduk.",
        "Regency, districts and villages with their codes and population.",
    ),
    table=Area,
    geometry="MultiPolygon",
    classify="level",
    fields=(
        Field("name", Text("Nama", "Name"), tile=True, search=True),
        Field("level", Text("Jenis", "Level"), "choice", tile=True, filter=True, choices=LEVELS),
        Field("code", Text("Kode Kemendagri", "Ministry code"), tile=True, filter=True, search=True),
        Field("bps_code", Text("Kode BPS", "Statistics code"), filter=True),
        Field("parent_code", Text("Bagian dari", "Part of"), filter=True),
        Field("population", Text("Penduduk", "Population"), "integer", unit="jiwa", least=0),
        Field("population_source", Text("Sumber penduduk", "Population source")),
        Field("area_km2", Text("Luas", "Area"), "number", unit="km²"),
        Field("source", Text("Sumber", "Source"), filter=True),
        Field("checked_on", Text("Diperiksa", "Checked on"), "date"),
    ),
    licence=Licence("Data publik", ""),
    source=Text("Kementerian Dalam Negeri, BPS", "Ministry of Home Affairs, Statistics Indonesia"),
    zooms=Zooms(first=5, near=11),
    sample="layers.areas.sample:rows",
    related="layers.areas.related:related",
    order=60,
)
