"""Settlements: built-up places with their names."""

from layers.layer import Choice, Field, Layer, Licence, Text, Zooms
from layers.settlements.table import Settlement

KINDS = (
    Choice("permukiman", Text("Permukiman", "Settlement"), "#e9dcc3"),
    Choice("dusun", Text("Dusun", "Hamlet"), "#efe6d3"),
)

LAYER = Layer(
    id="settlements",
    title=Text("Permukiman", "Settlements"),
    about=Text("Tempat orang tinggal: kampung, dusun, dan kota.", "Where people live: hamlets, villages and towns."),
    table=Settlement,
    geometry="MultiPolygon",
    classify="kind",
    fields=(
        Field("name", Text("Nama", "Name"), tile=True, search=True),
        Field("kind", Text("Jenis", "Kind"), "choice", tile=True, filter=True, choices=KINDS),
        Field("village_code", Text("Kode desa", "Village code"), filter=True),
        Field("source", Text("Sumber", "Source"), filter=True),
        Field("checked_on", Text("Diperiksa", "Checked on"), "date"),
    ),
    licence=Licence("Data publik", ""),
    source=Text("Peta Rupabumi Indonesia 1:50.000, BIG", "Topographic map of Indonesia 1:50,000, BIG"),
    zooms=Zooms(first=8, near=12),
    needs=("areas",),
    sample="layers.settlements.sample:rows",
    order=70,
)
