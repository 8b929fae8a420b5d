"""Reports stand in the order in which they came, and each knows what lay near it then, and nothing later."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pyproj import Geod

from geo.duplicates import Pattern
from scripts.likeness.cases import Cases, Pairs, any_category, arrange, same_category
from scripts.likeness.learning import decide

KINDS = ("lampu", "lubang")
PATTERNS = {"all": Pattern(0.5, 80, 20, 0.3, 0.01)}


@pytest.fixture
def rows() -> pd.DataFrame:
    """Three hundred reports of a month in a town quarter, shuffled."""
    dice = np.random.default_rng(7)
    created = pd.Timestamp("2026-01-01") + pd.to_timedelta(dice.integers(30 * 24, size=300), unit="h")
    made = {
        "id": [f"r{n}" for n in range(300)],
        "category": dice.choice(KINDS, 300),
        "created": created,
        "closed": created + pd.to_timedelta(dice.integers(1, 200, 300), unit="h"),
        "lon": 104.88 + dice.uniform(0, 0.02, 300),
        "lat": -4.83 + dice.uniform(0, 0.02, 300),
        "is_duplicate_closed": dice.random(300) < 0.2,
    }
    return pd.DataFrame(made)


def ends(pairs: Pairs) -> set[tuple[int, int]]:
    return set(zip(pairs.earlier.tolist(), pairs.later.tolist(), strict=True))


def near_by_the_geodesic(rows: pd.DataFrame, same: bool) -> dict[tuple[int, int], float]:
    """Compare every report with every other on the ellipsoid."""
    ordered: list[Any] = list(rows.sort_values(["created", "id"]).itertuples())
    geod, found = Geod(ellps="WGS84"), {}
    for j, later in enumerate(ordered):
        for i, earlier in enumerate(ordered[:j]):
            metres = geod.inv(earlier.lon, earlier.lat, later.lon, later.lat)[2]
            alike = earlier.category == later.category or not same
            if metres <= 500 and earlier.created < later.created and alike:
                found[i, j] = metres
    return found


def test_pairs_are_those_that_comparing_all_with_all_finds(rows: pd.DataFrame) -> None:
    cases = arrange(rows)
    pairs, expected = same_category(cases), near_by_the_geodesic(rows, same=True)
    assert ends(pairs) == set(expected)
    for earlier, later, metres in zip(pairs.earlier, pairs.later, pairs.distance_m, strict=True):
        assert metres == pytest.approx(expected[earlier, later], abs=0.001)
    everything = any_category(cases, np.ones(len(rows), bool))
    assert ends(everything) == set(near_by_the_geodesic(rows, same=False))


def test_the_order_of_the_file_does_not_matter(rows: pd.DataFrame) -> None:
    cases, shuffled = arrange(rows), arrange(rows.sample(frac=1, random_state=3))
    assert np.array_equal(cases.came, shuffled.came)
    assert ends(same_category(cases)) == ends(same_category(shuffled))


def test_what_comes_later_changes_no_earlier_chance(rows: pd.DataFrame) -> None:
    whole = arrange(rows)
    half = arrange(rows[rows.created < "2026-01-16"])
    chances = decide(whole, same_category(whole), PATTERNS)
    assert np.array_equal(chances[: len(half.came)], decide(half, same_category(half), PATTERNS))


def test_a_report_that_is_closed_later_counted_as_open(rows: pd.DataFrame) -> None:
    cases = arrange(rows)
    pairs = same_category(cases)
    assert np.array_equal(pairs.still_open, cases.closed[pairs.earlier] > cases.came[pairs.later])
    assert pairs.still_open.any()
    assert not pairs.still_open.all()


def test_a_label_counts_as_known_from_the_day_on_which_the_report_was_closed() -> None:
    at = pd.to_datetime(["2026-01-01", "2026-01-02", "2026-01-20"])
    closed = pd.to_datetime(["2026-01-05", None, "2026-01-21"])
    place = {"lon": 104.88, "lat": -4.83}
    cases: Cases = arrange(
        pd.DataFrame({"id": list("abc"), "category": "lampu", "created": at, "closed": closed, **place}).assign(
            is_duplicate_closed=False
        )
    )
    assert cases.settled_before(date(2026, 1, 10)).tolist() == [True, False, False]
    assert cases.since(date(2026, 1, 20)).tolist() == [False, False, True]
