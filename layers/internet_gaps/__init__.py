"""Internet gaps: where people and offices have internet, weakly or not at all, and on what evidence."""

from layers.internet_gaps.table import InternetGap
from layers.layer import Choice, Field, Layer, Licence, Text, Zooms

COVERAGES = (  # in the order of geo.coverage's numbers, and with their meaning
    Choice("unknown", Text("Belum tersedia", "Not available yet"), "#9aa5a3", dashed=True),
    Choice("none", Text("Tidak ada internet", "No internet"), "#6b2346"),
    Choice("weak", Text("Internet lemah", "Weak internet"), "#b87a00"),
    Choice("covered", Text("Ada internet", "Internet"), "#0b6e69"),
)
EVIDENCES = (
    Choice("nothing", Text("Belum ada data", "No data yet"), "#9aa5a3", dashed=True),
    Choice("declared", Text("dinyatakan", "declared")),
    Choice("modelled", Text("hasil model", "modelled")),
    Choice("measured", Text("terukur", "measured")),
)
UNKNOWN = "unknown"
LIGHTER = {"covered": "#85b7b4", "weak": "#dcbd80", "none": "#b591a3"}  # what a model says


def kind(coverage: str, evidence: str) -> str:
    """Name the entry of the legend that a coverage on some evidence belongs to."""
    return UNKNOWN if coverage == UNKNOWN else f"{coverage}_{evidence}"


def _kinds() -> tuple[Choice, ...]:
    """List what the legend shows: measured full, modelled lighter, declared as an outline, unknown grey and dashed."""
    unknown, *known = COVERAGES
    pairs = [(coverage, evidence) for coverage in known[::-1] for evidence in EVIDENCES[:0:-1]]
    return (*(_kind(coverage, evidence) for coverage, evidence in pairs), unknown)


def _kind(coverage: Choice, evidence: Choice) -> Choice:
    title = Text(f"{coverage.title.id}, {evidence.title.id}", f"{coverage.title.en}, {evidence.title.en}")
    colour = LIGHTER[coverage.id] if evidence.id == "modelled" else coverage.colour
    return Choice(kind(coverage.id, evidence.id), title, colour, dashed=evidence.id == "declared")


KINDS = _kinds()
CONTRADICTIONS = (
    Choice("measured", Text("Dinyatakan ada, terukur tidak ada", "Declared, but measured as none")),
    Choice("people", Text("Dinyatakan ada, kata warga tidak ada", "Declared, but people say there is none")),
)

LAYER = Layer(
    id="internet_gaps",
    title=Text("Kesenjangan internet", "Internet gaps"),
    about=Text(
        "Kotak 500 m: ada internet, lemah, tidak ada, atau belum tersedia datanya, dan atas bukti apa: diukur, dihitung"
        " dengan model, atau dinyatakan operator dan warga. Tanpa data bukan berarti tanpa sinyal.",
        "Cells of 500 m: internet, weak, none, or no data yet, and on what evidence: measured, modelled, or declared by"
        " operators and citizens. No data does not mean no signal.",
    ),
    table=InternetGap,
    geometry="MultiPolygon",
    classify="kind",
    fields=(
        Field("name", Text("Desa di tengahnya", "Village at its middle"), tile=True, search=True),
        Field("kind", Text("Hasil dan bukti", "Result and evidence"), "choice", tile=True, filter=True, choices=KINDS),
        Field("coverage", Text("Hasil", "Result"), "choice", filter=True, choices=COVERAGES),
        Field("evidence", Text("Bukti", "Evidence"), "choice", filter=True, choices=EVIDENCES),
        Field("people", Text("Penduduk", "People"), "number", unit="jiwa", digits=0, tile=True),
        Field("signal_dbm", Text("Sinyal menurut model", "Signal by the model"), "number", unit="dBm", digits=0),
        Field("terrain_db", Text("Hilang oleh medan", "Lost to terrain"), "number", unit="dB", digits=0),
        Field("mbps", Text("Kecepatan terukur", "Measured speed"), "number", unit="Mbps"),
        Field("works", Text("Warga menyatakan ada", "People who say it works"), "number", digits=0),
        Field("silent", Text("Warga menyatakan tidak ada", "People who say it does not"), "number", digits=0),
        Field("contradiction", Text("Pertentangan", "Contradiction"), "choice", filter=True, choices=CONTRADICTIONS),
        Field("declared_by", Text("Dinyatakan ada oleh", "Declared by")),
        Field("village_code", Text("Kode desa", "Village code"), filter=True),
        Field("source", Text("Sumber", "Source"), filter=True),
        Field("checked_on", Text("Ukuran terbaru", "Newest measurement"), "date"),
    ),
    licence=Licence("Data publik", ""),
    source=Text(
        "Dihitung dari menara, cakupan, ukuran ponsel, dan laporan warga",
        "Computed from towers, coverage, measurements of phones and complaints",
    ),
    zooms=Zooms(first=7, near=10),
    needs=("areas", "settlements", "offices", "internet", "complaints", "access"),
    watches=("rasters", "internet_measurements", "home"),
    compute="layers.internet_gaps.compute:compute",
    order=53,
)
