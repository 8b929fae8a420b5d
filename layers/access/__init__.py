"""Access to services: how long the way to the nearest office takes, for whom, and who cannot get there."""

from layers.access.table import Access
from layers.layer import Choice, Field, Layer, Licence, Text, Zooms
from layers.rasters.kinds import KINDS, MINUTES

NAMES = ("sampai_15", "sampai_30", "sampai_60", "lebih_60", "tanpa_jalan")
UNREACHABLE, UNKNOWN = NAMES[-1], "tidak_ada"
TIMES = KINDS["minutes"]  # cells and villages have the same classes and colours
CLASSES = (
    *(
        Choice(name, title, colour, dashed=name == UNREACHABLE)
        for name, title, colour in zip(NAMES, TIMES.named, TIMES.colours, strict=True)
    ),
    Choice(UNKNOWN, Text("Belum tersedia", "Not available yet"), "#9aa5a3", dashed=True),
)
LIMITS = MINUTES
SHOWN_KIND, SHOWN_MODE = "puskesmas", "motor"  # what the layer tells of; tables tell of all others

LAYER = Layer(
    id="access",
    title=Text("Jangkauan layanan", "Access to services"),
    about=Text(
        "Berapa lama warga tiap desa sampai ke puskesmas terdekat dengan sepeda motor melalui jalan yang ada. Warna"
        " menurut musim hujan. Layanan, cara, dan musim lain ada di halaman Jangkauan.",
        "How long people of each village need to the nearest health centre by motorcycle over the roads there are."
        " Colours tell of the wet season. Other services, modes and seasons are on the page Access.",
    ),
    table=Access,
    geometry="MultiPolygon",
    classify="kind",
    fields=(
        Field("name", Text("Desa", "Village"), tile=True, search=True),
        Field(
            "kind",
            Text("Waktu ke puskesmas", "Time to a health centre"),
            "choice",
            tile=True,
            filter=True,
            choices=CLASSES,
        ),
        Field("minutes_wet", Text("Musim hujan", "Wet season"), "number", unit="menit", digits=0, tile=True),
        Field("minutes_dry", Text("Musim kering", "Dry season"), "number", unit="menit", digits=0, tile=True),
        Field("people", Text("Penduduk", "People"), "number", unit="jiwa", digits=0),
        Field("people_source", Text("Sumber penduduk", "Source of people")),
        Field("all_season_share", Text("Dekat jalan segala musim", "Near an all-season road"), "number", unit="%"),
        Field("village_code", Text("Kode desa", "Village code"), filter=True),
        Field("source", Text("Sumber", "Source"), filter=True),
        Field("checked_on", Text("Diperiksa", "Checked on"), "date"),
    ),
    licence=Licence("Data publik", ""),
    source=Text("Dihitung dari jalan, kantor, dan penduduk", "Computed from roads, offices and people"),
    zooms=Zooms(first=7, near=10),
    needs=("areas", "settlements", "offices", "roads"),
    watches=("rasters", "road_rules", "home"),
    compute="layers.access.compute:compute",
    order=52,
)


def classified(minutes: float | None, *, known: bool = True) -> str:
    """Name the class of some minutes (None: no way); of what nobody has computed, that it is not known.

    Minutes count whole, as they are shown: 15 stands in no row of the class from 15 to 30.
    """
    if not known:
        return UNKNOWN
    if minutes is None:
        return UNREACHABLE
    return next(
        (choice.id for choice, limit in zip(CLASSES, LIMITS, strict=False) if round(minutes) <= limit), "lebih_60"
    )
