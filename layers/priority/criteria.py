"""By what roads are judged: each criterion with its unit, its direction and where its values come from."""

from collections.abc import Mapping
from dataclasses import dataclass

from layers.layer import Text

CAP = 10  # confirmed followers that count for one complaint, so that nobody can shout a road to the top
OWN = ("kabupaten",)  # statuses of the roads on which the regency decides
NEAR_M = 150.0  # a school or a complaint this near lies on a road


@dataclass(frozen=True)
class Measure:
    """A criterion as people meet it; `rising` if a higher value speaks for a road, `usual` its weight at first."""

    key: str
    title: Text
    about: Text
    unit: Text
    source: Text
    usual: float
    rising: bool = True
    digits: int = 0


ROADS = Text("survei kondisi jalan", "road condition surveys")
MINUTES = Text("waktu tempuh dihitung dari jalan, kantor, dan penduduk desa", "travel times over roads, from villages")
NONE = Text("belum tersedia", "not available yet")
MEASURES = (
    Measure(
        "condition",
        Text("Bagian rusak", "Damaged share"),
        Text("Panjang rusak ringan dan rusak berat dari panjang yang disurvei.", "Damaged share of what was surveyed."),
        Text("%", "%"),
        ROADS,
        25,
    ),
    Measure(
        "people",
        Text("Orang yang lewat", "People who pass"),
        Text(
            "Penduduk yang jalan tercepatnya ke suatu layanan melewati jalan ini; dari semua layanan yang terbanyak.",
            "Residents whose quickest way to a service leads over the road; of all services the most.",
        ),
        Text("orang", "people"),
        MINUTES,
        15,
    ),
    Measure(
        "saved",
        Text("Waktu dihemat", "Time saved"),
        Text(
            "Orang × menit sebulan yang dihemat bila bagian rusak diperbaiki, musim kering dan hujan masing-masing"
            " setengah tahun. Hanya orang yang sekarang sudah punya jalan.",
            "People × minutes a month that repairing the damaged parts saves, dry and wet season half a year each. Only"
            " people who have a way today.",
        ),
        Text("orang-menit/bulan", "person-minutes/month"),
        MINUTES,
        25,
    ),
    Measure(
        "connected",
        Text("Orang baru terhubung", "People newly connected"),
        Text(
            "Orang yang sekarang terputus dari suatu layanan, di musim kering atau hujan, dan mendapat jalan.",
            "People who are cut off from a service today, in the dry or the wet, and get a way.",
        ),
        Text("orang", "people"),
        MINUTES,
        10,
    ),
    Measure(
        "complaints",
        Text("Laporan warga", "Complaints"),
        Text(
            f"Laporan terbuka maupun selesai, masing-masing satu ditambah pengikut terkonfirmasi, paling banyak {CAP}.",
            f"Complaints, each one plus its confirmed followers, at most {CAP}.",
        ),
        Text("suara", "voices"),
        Text("laporan warga", "complaints"),
        10,
    ),
    Measure(
        "facilities",
        Text("Sekolah dan puskesmas", "Schools and health centres"),
        Text(
            f"SD, SMP, SMA, dan puskesmas sampai {NEAR_M:.0f} m dari jalan.",
            f"Schools and health centres within {NEAR_M:.0f} m of the road.",
        ),
        Text("tempat", "places"),
        Text("kantor layanan", "service offices"),
        5,
    ),
    Measure(
        "detour",
        Text("Memutar bila putus", "Detour if it fails"),
        Text(
            "Orang × menit sebulan yang hilang bila jalan ini tertutup dan orang memutar.",
            "People × minutes a month that are lost if the road is closed and people go round.",
        ),
        Text("orang-menit/bulan", "person-minutes/month"),
        MINUTES,
        5,
    ),
    Measure(
        "cut_off",
        Text("Terputus bila putus", "Cut off if it fails"),
        Text(
            "Orang yang tidak punya jalan lain ke suatu layanan bila jalan ini tertutup; dari semua layanan yang"
            " terbanyak.",
            "People who have no other way to a service if the road is closed; of all services the most.",
        ),
        Text("orang", "people"),
        MINUTES,
        5,
    ),
    Measure(
        "cost",
        Text("Biaya per km", "Cost per km"),
        Text(
            "Menurut tabel penanganan; kosong selama harga di sana masih contoh.",
            "By the table of treatments; empty while its prices are sample data.",
        ),
        Text("juta Rp/km", "million Rp/km"),
        Text("tabel penanganan", "table of treatments"),
        0,
        rising=False,
    ),
    Measure(
        "traffic",
        Text("Lalu lintas", "Traffic"),
        Text("Lalu lintas harian rata-rata.", "Average daily traffic."),
        Text("kendaraan/hari", "vehicles/day"),
        NONE,
        0,
    ),
    Measure(
        "poverty",
        Text("Kemiskinan", "Poverty"),
        Text("Penduduk miskin di desa yang dilalui.", "Poor residents of the village."),
        Text("%", "%"),
        NONE,
        0,
        digits=1,
    ),
    Measure(
        "ijd",
        Text("Skor IJD", "IJD score"),
        Text("Penilaian Inpres Jalan Daerah.", "Score of the national programme for regional roads (IJD)."),
        Text("skor", "score"),
        NONE,
        0,
        digits=1,
    ),
)
WITHIN_MIN = 30.0  # by motorcycle: who needs no longer counts as served by an office
WALK_MIN = 15.0  # to a TPS, 1,000 m at 4 km/h (SNI 03-1733-2004: 500 to 1,000 m)
SIGNAL_M = 3_000.0  # as far as a new tower is thought to reach
NEW_MEASURES = (
    Measure(
        "served",
        Text("Orang baru terlayani", "People newly served"),
        Text(
            f"Orang yang sekarang lebih dari {WITHIN_MIN:.0f} menit dari layanan itu (TPS: {WALK_MIN:.0f} menit jalan"
            " kaki) atau tidak punya jalan, dan dengan ini sampai dalam waktu itu.",
            f"People who are more than {WITHIN_MIN:.0f} minutes from the service today (TPS: {WALK_MIN:.0f} minutes on"
            " foot), or have no way to it, and come to be within that time.",
        ),
        Text("orang", "people"),
        MINUTES,
        40,
    ),
    Measure(
        "signal",
        Text("Orang baru mendapat sinyal", "People who get signal"),
        Text(
            f"Orang di luar jangkauan menara dan cakupan yang tercatat, sampai {SIGNAL_M / 1000:.0f} km dari menara"
            " baru. Yang tidak tercatat bukan berarti tidak ada sinyal.",
            f"People beyond the towers and coverage on record, within {SIGNAL_M / 1000:.0f} km of the new tower. What"
            " is not on record may have signal all the same.",
        ),
        Text("orang", "people"),
        Text("menara dan cakupan yang tercatat, penduduk desa", "towers and coverage on record, people of villages"),
        80,
    ),
    Measure(
        "way_round",
        Text("Memutar sekarang", "Way round today"),
        Text(
            "Panjang jalan sekarang dari satu ujung sambungan ke ujung lainnya; kosong bila tidak ada jalan.",
            "The way by road today from one end of the link to the other; empty where there is none.",
        ),
        Text("km", "km"),
        Text("jaringan jalan", "road network"),
        10,
        digits=1,
    ),
)
BY_KEY: Mapping[str, Measure] = {measure.key: measure for measure in (*MEASURES, *NEW_MEASURES)}
FROM_FILES = ("traffic", "poverty", "ijd")
USUAL = {measure.key: measure.usual for measure in MEASURES}
