"""Waste service: how far people are from a TPS, what they bring there, and where sites stand too near."""

from layers.layer import Choice, Field, Layer, Licence, Text, Zooms
from layers.waste_service.table import WasteService

CLASSES = (
    Choice("dekat", Text("Sampai 10 % terlalu jauh", "Up to 10 % too far"), "#cfe8e4"),
    Choice("sebagian", Text("10 sampai 50 % terlalu jauh", "10 to 50 % too far"), "#86c2bb"),
    Choice("kebanyakan", Text("50 sampai 90 % terlalu jauh", "50 to 90 % too far"), "#3a8a84"),
    Choice("jauh", Text("Lebih dari 90 % terlalu jauh", "More than 90 % too far"), "#07403e"),
    Choice("tidak_ada", Text("Belum tersedia", "Not available yet"), "#9aa5a3", dashed=True),
)
LIMITS = (10.0, 50.0, 90.0)  # percent of the people
UNKNOWN = "tidak_ada"

LAYER = Layer(
    id="waste_service",
    title=Text("Layanan sampah", "Waste service"),
    about=Text(
        "Berapa banyak warga tiap desa tinggal lebih jauh dari TPS terdekat daripada standarnya, berjalan kaki melalui"
        " jalan. Isi TPS, jaraknya ke sungai, dan putaran angkutan ada di halaman Sampah.",
        "How many people of each village live farther from the nearest TPS than the standard, on foot along the roads."
        " What sites hold, their distance to rivers and collection rounds are on the page Waste.",
    ),
    table=WasteService,
    geometry="MultiPolygon",
    classify="kind",
    fields=(
        Field("name", Text("Desa", "Village"), tile=True, search=True),
        Field(
            "kind",
            Text("Terlalu jauh dari TPS", "Too far from a TPS"),
            "choice",
            tile=True,
            filter=True,
            choices=CLASSES,
        ),
        Field("far_share", Text("Bagian yang terlalu jauh", "Share that is too far"), "number", unit="%", tile=True),
        Field("far", Text("Jiwa yang terlalu jauh", "People who are too far"), "number", unit="jiwa", digits=0),
        Field("limit_m", Text("Standar jarak", "Standard distance"), "number", unit="m", digits=0),
        Field("metres", Text("Jarak ke TPS terdekat", "Distance to the nearest TPS"), "number", unit="m", digits=0),
        Field("people", Text("Penduduk", "People"), "number", unit="jiwa", digits=0),
        Field("people_source", Text("Sumber penduduk", "Source of people")),
        Field("waste_m3", Text("Perkiraan sampah sehari", "Expected waste a day"), "number", unit="m³"),
        Field("village_code", Text("Kode desa", "Village code"), filter=True),
        Field("source", Text("Sumber", "Source"), filter=True),
        Field("checked_on", Text("Diperiksa", "Checked on"), "date"),
    ),
    licence=Licence("Data publik", ""),
    source=Text("Dihitung dari sarana persampahan, jalan, dan penduduk", "Computed from waste sites, roads and people"),
    zooms=Zooms(first=7, near=10),
    needs=("areas", "settlements", "roads", "waste", "rivers", "access"),
    watches=("rasters", "waste_standards", "home"),
    compute="layers.waste_service.compute:compute",
    order=53,
)


def classified(far_share: float | None) -> str:
    """Name the class of a share of people in percent; of what nobody knows, that it is not known."""
    if far_share is None:
        return UNKNOWN
    return next((choice.id for choice, limit in zip(CLASSES, LIMITS, strict=False) if far_share <= limit), "jauh")
