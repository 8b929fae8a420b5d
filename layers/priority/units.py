"""What is ranked by itself: whole roads, parts of them, and what could be built, each by the criteria that fit it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from layers.layer import Text
from layers.priority.criteria import BY_KEY, MEASURES, Measure

LINK, OFFICE, COLLECTION, TOWER = "sambungan", "kantor", "tps", "menara"
BUILT = Text(
    "bila dibangun, musim kering dan hujan masing-masing setengah tahun", "once built, half a year each season"
)


@dataclass(frozen=True)
class Unit:
    """Candidates of one kind: what they are called, what is asked of them, and by which criteria.

    `shown` are the criteria that stand in the table; `layer` is the one to look at on the map beside them.
    """

    id: str
    title: Text
    question: Text
    measures: tuple[Measure, ...]
    shown: tuple[str, ...]
    layer: str = "roads"
    about: Text | None = None

    @property
    def usual(self) -> dict[str, float]:
        """Give the weights at first."""
        return {measure.key: measure.usual for measure in self.measures}

    @property
    def of_roads(self) -> bool:
        """Say whether these are roads that there are, of which reports tell and budgets choose."""
        return self.measures is MEASURES


_ABOUT = {
    "saved": Text(
        f"Orang × menit sebulan yang dihemat {BUILT.id}. Hanya orang yang sekarang sudah punya jalan.",
        f"People × minutes a month saved {BUILT.en}. Only people who have a way today.",
    ),
    "cost": Text("Harga membangun yang baru belum ada di tabel.", "No table holds prices of what is new yet."),
    "complaints": Text(
        "Laporan warga di desanya tentang sampah (TPS) atau internet (menara), dengan pengikutnya.",
        "Complaints of its village about waste (TPS) or internet (towers), with their followers.",
    ),
}
NEAR_TOWER = Text(
    "SD, SMP, SMA, dan puskesmas yang sekarang tanpa sinyal dan terjangkau menara baru.",
    "Schools and health centres without signal today within reach of the new tower.",
)


def _weighed(**usual: float) -> tuple[Measure, ...]:
    """Give criteria other weights at first, and those that tell of repairs the words for what is new."""
    told = {key: _ABOUT.get(key, BY_KEY[key].about) for key in usual}
    return tuple(replace(BY_KEY[key], usual=weight, about=told[key]) for key, weight in usual.items())


_OF_TOWERS = tuple(
    replace(one, about=NEAR_TOWER) if one.key == "facilities" else one
    for one in _weighed(signal=70, facilities=20, complaints=10, poverty=0, cost=0)
)
UNITS: Mapping[str, Unit] = {
    unit.id: unit
    for unit in (
        Unit(
            "ruas",
            Text("Ruas", "Whole roads"),
            Text("Jalan mana yang didahulukan?", "Which road comes first?"),
            MEASURES,
            ("condition", "people", "saved", "complaints"),
            "priority",
        ),
        Unit(
            "bagian",
            Text("Bagian ruas", "Parts of roads"),
            Text("Bagian rusak mana yang didahulukan?", "Which damaged part comes first?"),
            MEASURES,
            ("condition", "people", "saved", "complaints"),
            "priority",
        ),
        Unit(
            LINK,
            Text("Sambungan baru", "New links"),
            Text("Sambungan jalan mana yang didahulukan?", "Which missing link comes first?"),
            _weighed(saved=45, connected=30, way_round=10, facilities=15, poverty=0, cost=0),
            ("saved", "connected", "way_round"),
            about=Text(
                "Ujung jalan yang berjarak paling jauh 300 m dari jalan lain, padahal lewat jalan lebih dari 2 km atau"
                " tidak ada. Hanya usulan dari peta: sungai, tanah, dan gambar peta yang terputus perlu dilihat di"
                " lapangan.",
                "Ends of roads at most 300 m from another road that is more than 2 km away by road, or out of reach."
                " Proposals from the map alone: rivers, land and lines that were drawn apart need a look on the spot.",
            ),
        ),
        Unit(
            OFFICE,
            Text("Kantor baru", "New offices"),
            Text("Kantor baru mana yang didahulukan?", "Which new office comes first?"),
            _weighed(saved=40, served=40, connected=20, poverty=0, cost=0),
            ("saved", "served", "connected"),
            "offices",
            Text(
                "Satu kantor baru di jalan terdekat permukiman terbesar setiap desa, dinilai sendiri-sendiri.",
                "One new office on the road nearest to the largest settlement of each village, each valued by itself.",
            ),
        ),
        Unit(
            COLLECTION,
            Text("TPS baru", "New TPS"),
            Text("TPS baru mana yang didahulukan?", "Which new TPS comes first?"),
            _weighed(served=50, saved=30, complaints=20, connected=0, poverty=0, cost=0),
            ("served", "saved", "complaints"),
            "waste",
            Text(
                "Satu TPS baru di jalan terdekat permukiman terbesar setiap desa; orang berjalan kaki ke sana.",
                "One new TPS on the road nearest to the largest settlement of each village; people walk there.",
            ),
        ),
        Unit(
            TOWER,
            Text("Menara baru", "New towers"),
            Text("Menara baru mana yang didahulukan?", "Which new tower comes first?"),
            _OF_TOWERS,
            ("signal", "facilities", "complaints"),
            "internet",
            Text(
                "Satu menara baru di permukiman terbesar setiap desa. Menara dibangun operator; kabupaten mengusulkan.",
                "One new tower at the largest settlement of each village. Operators build; the regency proposes.",
            ),
        ),
    )
}
ROADS = tuple(unit.id for unit in UNITS.values() if unit.of_roads)
