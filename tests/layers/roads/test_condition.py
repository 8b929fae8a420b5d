"""SDI, IRI and TTI against the worked cases and the published tables."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.roads.condition import Damage, Distress, both_class, damages, iri_class, sdi, sdi_class, tti, tti_class
from layers.roads.rules import CLASSES, SURFACES, Rules

same_rules = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
amounts = st.floats(0, 100)


@pytest.mark.parametrize(
    ("distress", "index", "found"),
    [
        (Distress(0, 0, 10, 0), 75, "sedang"),
        (Distress(5, 1, 0, 0), 5, "baik"),
        (Distress(35, 2, 30, 4), 135, "rusak_ringan"),
        (Distress(0, 0, 0, 0), 0, "baik"),
        (Distress(35, 4, 60, 4), 325, "rusak_berat"),
    ],
    ids=["one pothole in 100 m alone", "fine cracks alone", "cracks, potholes and ruts", "sound", "the worst"],
)
def test_sdi_of_the_worked_cases(rules: Rules, distress: Distress, index: float, found: str) -> None:
    assert sdi(rules, distress) == index
    assert sdi_class(rules, index) == found


@pytest.mark.parametrize(
    ("name", "measures"),
    [
        ("sdi.crack_area", {0: 0, 0.1: 5, 9.99: 5, 10: 20, 30: 20, 30.1: 40}),
        ("sdi.crack_width", {3: 1, 3.1: 2}),
        ("sdi.potholes", {0: 0, 0.5: 15, 9.9: 15, 10: 75, 50: 75, 50.1: 225}),
        ("sdi.ruts", {0: 0, 0.5: 2.5, 1: 10, 3: 10, 3.1: 20}),
    ],
)
def test_each_step_of_sdi_begins_where_the_table_says(rules: Rules, name: str, measures: dict[float, float]) -> None:
    assert {measure: float(rules.step(name, measure)) for measure in measures} == measures


@same_rules
@given(st.lists(amounts, min_size=4, max_size=4), st.integers(0, 3), amounts)
def test_more_damage_never_lowers_sdi(rules: Rules, held: list[float], which: int, more: float) -> None:
    worse = [amount + (more if i == which else 0) for i, amount in enumerate(held)]
    assert sdi(rules, Distress(*worse)) >= sdi(rules, Distress(*held))


@pytest.mark.parametrize(
    ("surface", "limits"),
    [("aspal", (4, 8, 12)), ("makadam", (8, 10, 12)), ("kerikil", (10, 12, 16)), ("tanah", (10, 12, 16))],
)
def test_roughness_is_judged_by_the_surface(rules: Rules, surface: str, limits: tuple[int, int, int]) -> None:
    between = [limits[0] - 0.1, *(limit + 0.1 for limit in limits)]
    assert tuple(iri_class(rules, surface, roughness) for roughness in between) == CLASSES


def test_both_indices_together_lean_to_the_worse(rules: Rules) -> None:
    letters = {"B": "baik", "S": "sedang", "RR": "rusak_ringan", "RB": "rusak_berat"}
    matrix = "B S S RR / S S RR RR / RR RR RB RB / RB RB RB RB"
    for iri, row in zip(CLASSES, matrix.split("/"), strict=True):
        assert [both_class(rules, iri, found) for found in CLASSES] == [letters[letter] for letter in row.split()]


def test_both_indices_together_are_never_better_than_roughness_alone(rules: Rules) -> None:
    assert all(
        CLASSES.index(both_class(rules, iri, found)) >= CLASSES.index(iri) for iri in CLASSES for found in CLASSES
    )


def test_tti_of_asphalt_adds_up_areas_by_their_middle_and_both_edges(rules: Rules) -> None:
    damage = Damage(100, 4, {"pothole": 3, "rut": 4}, {}, ("light", "severe"))
    areas = 400 * 0.075 * 1.5 + 400 * 0.25 * 1
    edges = (0.15 + 0.3375) * 100 * 0.533
    assert tti(rules, "aspal", damage) == pytest.approx(100 * (areas + edges) / 400)


def test_tti_of_concrete_counts_pumping_and_broken_corners(rules: Rules) -> None:
    damage = Damage(100, 5, {"structural": 2}, {"pumping_count": 4, "corner_break_count": 2})
    assert tti(rules, "beton", damage) == pytest.approx(100 * (500 * 0.075 * 2 + 4 * 15 + 2 * 1.5) / 500)


@pytest.mark.parametrize("surface", SURFACES)
def test_a_road_without_damage_has_a_tti_of_nought_unless_it_is_earth(rules: Rules, surface: str) -> None:
    index = tti(rules, surface, Damage(100, 4, {}, {}))
    assert (index, tti_class(rules, index)) == ((150, "rusak_berat") if surface == "tanah" else (0, "baik"))


def test_tti_is_classified_as_pkrms_does(rules: Rules) -> None:
    limits = [24.9, 25, 74.9, 75, 100, 100.1]
    expected = ["baik", "sedang", "sedang", "rusak_ringan", "rusak_ringan", "rusak_berat"]
    assert [tti_class(rules, index) for index in limits] == expected


@pytest.mark.parametrize("surface", ["aspal", "beton", "paving", "kerikil"])
def test_a_larger_damaged_area_never_lowers_tti(rules: Rules, surface: str) -> None:
    for kind in (kind for kind in damages(rules, surface) if not kind.endswith("_count")):
        found = [tti(rules, surface, Damage(100, 4, {kind: at}, {})) for at in range(1, 8)]
        assert all(a < b for a, b in pairwise(found))
