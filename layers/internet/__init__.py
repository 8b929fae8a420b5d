"""Internet: towers and coverage, each with the evidence it rests on."""

from layers.internet.table import InternetSite
from layers.layer import Choice, Field, Layer, Licence, Text, Zooms

KINDS = (
    Choice("menara", Text("Menara", "Tower"), "#4a3b8f", "communications-tower"),
    Choice("cakupan_terukur", Text("Cakupan terukur", "Measured coverage"), "#5e4fa2"),
    Choice("cakupan_model", Text("Cakupan hasil model", "Modelled coverage"), "#9e97c9"),
    Choice("cakupan_dinyatakan", Text("Cakupan dinyatakan operator", "Declared coverage"), "#7f76b3", dashed=True),
)
TECHNOLOGIES = tuple(Choice(t, Text(t, t)) for t in ("2G", "3G", "4G", "5G"))

LAYER = Layer(
    id="internet",
    title=Text("Internet", "Internet"),
    about=Text(
        "Menara dan cakupan sinyal: dinyatakan, diukur, atau dihitung. Tidak ada data bukan berarti tidak ada sinyal.",
        "Towers and coverage: declared, measured or modelled. No data does not mean no signal.",
    ),
    table=InternetSite,
    geometry="Geometry",
    classify="kind",
    fields=(
        Field("name", Text("Nama", "Name"), tile=True, search=True),
        Field("kind", Text("Jenis", "Kind"), "choice", tile=True, filter=True, choices=KINDS),
        Field("operator", Text("Operator", "Operator"), tile=True, filter=True, search=True),
        Field(
            "technology",
            Text("Teknologi", "Technology"),
            "choice",
            tile=True,
            filter=True,
            choices=TECHNOLOGIES,
        ),
        Field("range_m", Text("Jangkauan", "Range"), "number", unit="m", least=0),
        Field("height_m", Text("Tinggi antena", "Height of the antenna"), "number", unit="m"),
        Field("signal_dbm", Text("Kuat sinyal", "Signal"), "number", unit="dBm"),
        Field("measured_on", Text("Diukur", "Measured on"), "date"),
        Field("village_code", Text("Kode desa", "Village code"), filter=True),
        Field("source", Text("Sumber", "Source"), filter=True),
        Field("checked_on", Text("Diperiksa", "Checked on"), "date"),
    ),
    licence=Licence("Data publik", ""),
    source=Text("Diskominfo, operator, warga", "Communications agency, operators, citizens"),
    zooms=Zooms(first=5, near=11),
    needs=("areas",),
    sample="layers.internet.sample:rows",
    order=40,
)
