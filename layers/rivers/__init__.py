"""Rivers: the watercourses from which waste sites and others keep a distance."""

from layers.layer import Choice, Field, Layer, Licence, Text, Zooms
from layers.rivers.table import River

KINDS = (
    Choice("sungai", Text("Sungai", "River"), "#3d7ea6", width=2.2),
    Choice("alur", Text("Anak sungai", "Stream"), "#6ba3c4", width=1.3),
    Choice("saluran", Text("Saluran", "Canal or drain"), "#8a9fb0", width=1.3),
)

LAYER = Layer(
    id="rivers",
    title=Text("Sungai", "Rivers"),
    about=Text("Sungai, anak sungai, dan saluran sebagai garis.", "Rivers, streams and canals as lines."),
    table=River,
    geometry="MultiLineString",
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
    sample="layers.rivers.sample:rows",
    order=75,
)
