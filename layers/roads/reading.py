"""What files from outside say about roads, and what a road cannot be."""

import numpy as np

from layers.reading.meaning import Meaning
from layers.reading.measures import straight_km
from layers.reading.refusal import Kind
from layers.reading.rows import Rows
from layers.roads.standing import settle_changed

ROUNDING = (
    0.98  # lengths and ends are rounded in the registers: a road may seem this much shorter than the straight line
)


def check_length(rows: Rows) -> None:
    """Refuse a road that is shorter by decree than the straight line between its ends."""
    decreed = rows.values.get("length_decree_m")
    if decreed is None:
        return
    decreed_km = np.asarray(decreed.to_numpy(zero_copy_only=False), dtype=float) / 1000
    straight = straight_km(rows.geometry)
    with np.errstate(invalid="ignore"):
        too_short = decreed_km < straight * ROUNDING

    def reason(i: int) -> str:
        """Compare both lengths of a row in km."""
        return (
            f"Panjang menurut SK {decreed_km[i]:.2f} km lebih pendek daripada jarak lurus kedua ujungnya"
            f" {straight[i]:.2f} km: periksa koordinat ujung atau panjangnya."
        ).replace(".", ",", 2)

    rows.refuse(too_short, Kind.CONTRADICTION, reason)


MEANING = Meaning(
    columns={
        "name": ("nama_ruas", "nama_jalan", "nama", "namrjl"),
        "ruas_number": ("nomor_ruas", "no_ruas"),
        "status": ("status_jalan",),
        "function": ("fungsi",),
        "road_class": ("kelas", "kelas_jalan"),
        "surface": ("permukaan", "perkerasan"),
        "width_m": ("lebar", "lebar_m"),
        "direction": ("arah",),
        "meets": ("bertemu",),
        "load_limit_t": ("batas_beban", "batas_beban_t"),
        "length_decree_m": ("panjang_sk_m",),
        "checked_on": ("diperiksa",),
    },
    values={
        "function": {
            "jalan arteri": "arteri",
            "jalan kolektor": "kolektor",
            "jalan lokal": "lokal",
            "jalan lingkungan": "lingkungan",
            "jalan setapak": "setapak",
            "jalan lain": "",
        },
        "surface": {
            "hotmix": "aspal",
            "laston": "aspal",
            "latasir": "aspal",
            "lapen": "aspal",
            "cor": "beton",
            "rigid": "beton",
            "rabat": "beton",
            "paving block": "paving",
            "pavingblock": "paving",
            "makadam": "makadam",
            "sirtu": "kerikil",
            "batu": "kerikil",
        },
    },
    constants={"status": "tidak_diketahui", "meets": "silang"},
    of_source={"OpenStreetMap": {"meets": "simpul"}},  # ways share a node where they meet, whoever wrote the mapping
    complete=check_length,
    afterwards=settle_changed,
    replaces_whole=True,
)
