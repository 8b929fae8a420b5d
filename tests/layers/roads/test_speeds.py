"""Speeds are those of the proposal: by function and surface, never by who owns the road."""

from itertools import product

import numpy as np
import pytest

from geo.graph import WALKING_KMH
from layers.roads.rules import CLASSES, FUNCTIONS, Rules
from layers.roads.speeds import CONDITIONS, MODES, SEASONS, SURFACES_OR_UNKNOWN, Mode, Season, codes, speed, speeds

PROPOSAL = {
    ("kolektor", "aspal"): (50, 40, 28, 18),
    ("lokal", "beton"): (40, 32, 22, 14),
    ("lingkungan", "paving"): (30, 24, 17, 11),
    ("lokal", "kerikil"): (25, 20, 14, 9),
    ("kolektor", "makadam"): (25, 20, 14, 9),
    ("lingkungan", "tanah"): (20, 15, 10, 6),
}
WET = {"aspal": (0.95, 0.9, 0.75, 0.6), "kerikil": (0.85, 0.7, 0.5, 0.3), "tanah": (0.6, 0.4, 0.2, 0)}


@pytest.mark.parametrize(("function", "surface"), PROPOSAL)
def test_a_car_in_the_dry_drives_as_proposed(rules: Rules, function: str, surface: str) -> None:
    found = [speed(rules, "mobil", "kering", function, surface, condition) for condition in CLASSES]
    assert tuple(found) == PROPOSAL[function, surface]


@pytest.mark.parametrize("surface", WET)
def test_rain_slows_each_surface_and_closes_the_worst_earth(rules: Rules, surface: str) -> None:
    dry, wet = (
        [speed(rules, "mobil", season, "lokal", surface, condition) for condition in CLASSES] for season in SEASONS
    )
    factors = zip(dry, WET[surface], strict=True)
    assert wet == pytest.approx([max(kmh * factor, WALKING_KMH) if factor else 0 for kmh, factor in factors])


@pytest.mark.parametrize(
    ("season", "function", "surface", "condition", "expected"),
    [
        ("kering", "lokal", "aspal", "baik", 40),
        ("kering", "lokal", "aspal", "rusak_ringan", 22 * 1.15),
        ("kering", "lokal", "aspal", "rusak_berat", 14 * 1.4),
        ("hujan", "lokal", "tanah", "rusak_berat", 4),
        ("kering", "setapak", "tidak_diketahui", "belum_disurvei", 8),
    ],
)
def test_a_motorcycle_gets_through_where_a_car_is_slow(
    rules: Rules, season: Season, function: str, surface: str, condition: str, expected: float
) -> None:
    assert speed(rules, "motor", season, function, surface, condition) == pytest.approx(expected)


@pytest.mark.parametrize("season", SEASONS)
def test_no_car_drives_on_a_footpath(rules: Rules, season: Season) -> None:
    assert speed(rules, "mobil", season, "setapak", "aspal", "baik") == 0


@pytest.mark.parametrize(
    ("function", "expected"),
    [("kolektor", 40), ("lokal", 32), ("tidak_diketahui", 20), ("setapak", 0)],
    ids=["Jalan Kolektor", "Jalan Lokal", "Jalan Lain", "Jalan Setapak"],
)
def test_roads_of_the_topographic_map_have_a_stated_default(rules: Rules, function: str, expected: float) -> None:
    assert speed(rules, "mobil", "kering", function, "tidak_diketahui", "belum_disurvei") == expected


@pytest.mark.parametrize(("mode", "season"), [*product(MODES, SEASONS)])
def test_nobody_is_slower_than_on_foot_unless_the_way_is_closed(rules: Rules, mode: Mode, season: Season) -> None:
    table = speeds(rules, mode, season)
    assert table.shape == (len(FUNCTIONS), len(SURFACES_OR_UNKNOWN), len(CONDITIONS))
    assert ((table == 0) | (table >= WALKING_KMH)).all()
    if mode == "jalan_kaki":
        assert (table == WALKING_KMH).all()


@pytest.mark.parametrize(("mode", "season"), [*product(MODES, SEASONS)])
def test_a_worse_road_is_never_faster(rules: Rules, mode: Mode, season: Season) -> None:
    by_class = speeds(rules, mode, season)[:, :, : len(CLASSES)]
    assert (np.diff(by_class, axis=2) <= 0).all()


def test_texts_become_numbers_of_the_table_and_what_is_missing_is_unknown() -> None:
    found = codes(np.array(["lokal", None, "jalan tol"], dtype=object), FUNCTIONS, "tidak_diketahui")
    assert [FUNCTIONS[code] for code in found] == ["lokal", "tidak_diketahui", "tidak_diketahui"]
