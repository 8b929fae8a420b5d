"""What a set of edits changes, held against networkx and against counting by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.scenario import (
    Change,
    ClashingEditsError,
    Closed,
    ImpossibleMinutesError,
    NoSuchFacilityError,
    Opened,
    Retimed,
    Season,
    apply,
    minutes_to_nearest,
    people_within,
)
from tests.geo.networks import by_networkx, cases, roads

INF = np.inf
# 0 - 1 - 2 both ways, and 3 beyond a road that is not built; arcs in rows: 0>1, 1>0, 1>2, 2>1, 2>3
LINE = roads(4, [(0, 1, 10.0), (1, 0, 10.0), (1, 2, 20.0), (2, 1, 20.0), (2, 3, INF)])
OFFICE = np.array([0])
PEOPLE = np.array([5.0, 10.0, 100.0, 7.0])


def told(*edits: object, longest: float = 60.0) -> Change:
    after = apply(edits, LINE, OFFICE)  # type: ignore[arg-type]
    return Change(minutes_to_nearest(LINE, OFFICE), minutes_to_nearest(*after), PEOPLE, longest)


@given(cases())
def test_minutes_are_those_of_networkx_with_parallel_one_way_and_closed_roads(case) -> None:
    network, service, _ = case
    expected = by_networkx(network, service.facilities.tolist())
    assert minutes_to_nearest(network, service.facilities) == pytest.approx(expected, abs=1e-9)


@given(cases(), st.data())
def test_any_set_of_edits_gives_what_networkx_gives_on_the_edited_network(case, data) -> None:
    network, service, _ = case
    arcs = np.array(sorted(data.draw(st.sets(st.integers(0, len(network.heads) - 1)))), np.int64)
    minutes = np.array(data.draw(st.lists(st.floats(0, 90) | st.just(INF), min_size=len(arcs), max_size=len(arcs))))
    wet = network.minutes * 1.5
    opened = data.draw(st.integers(0, len(network.starts) - 2))
    closed = int(service.facilities[0])
    edits = data.draw(st.permutations([Retimed(arcs, minutes), Season(wet), Opened(opened), Closed(closed)]))
    after, facilities = apply(edits, network, service.facilities)
    wet[arcs] = minutes
    assert after.minutes.tolist() == wet.tolist()
    left = ({*service.facilities.tolist()} - {closed}) | {opened}
    assert minutes_to_nearest(after, facilities) == pytest.approx(by_networkx(after, list(left)), abs=1e-9)


def test_a_repair_saves_each_person_beyond_it_its_minutes() -> None:
    change = told(Retimed(np.array([2]), np.array([5.0])))
    assert change.person_minutes.tolist() == [0, 0, 1500, 0]
    assert (change.saved, change.lost, change.connected, change.cut_off) == (1500, 0, 0, 0)


def test_people_who_get_a_way_are_counted_as_people_and_never_as_minutes() -> None:
    change = told(Retimed(np.array([4]), np.array([1.0])))
    assert (change.saved, change.connected) == (0, 7)


def test_a_flooded_road_cuts_people_off_without_inventing_minutes_for_them() -> None:
    change = told(Retimed(np.array([2]), np.array([INF])))
    assert (change.lost, change.cut_off) == (0, 100)


def test_undoing_a_scenario_is_its_mirror() -> None:
    there = told(Retimed(np.array([2, 4]), np.array([50.0, 1.0])))
    back = Change(there.after, there.before, PEOPLE, there.longest)
    assert (back.saved, back.lost) == (there.lost, there.saved)
    assert (back.connected, back.cut_off) == (there.cut_off, there.connected)


def test_no_trip_counts_as_longer_than_the_longest() -> None:
    assert told(Retimed(np.array([2]), np.array([5.0])), longest=25).saved == 100 * (25 - 15)
    assert told(Retimed(np.array([2]), np.array([5.0])), longest=12).saved == 0


def test_moving_an_office_shows_who_gains_and_who_loses() -> None:
    change = told(Closed(0), Opened(2))
    assert change.person_minutes.tolist() == [5 * -30, 10 * (10 - 20), 100 * 30, 0]
    assert (change.saved, change.lost) == (3000, 250)


def test_the_wet_season_lies_under_the_repairs_whatever_the_order() -> None:
    repair, wet = Retimed(np.array([2]), np.array([5.0])), Season(LINE.minutes * 2)
    assert told(repair, wet).after.tolist() == told(wet, repair).after.tolist() == [0, 20, 25, INF]


def test_without_a_facility_nobody_has_a_way() -> None:
    assert told(Closed(0)).after.tolist() == [INF] * 4
    assert told(Closed(0)).cut_off == 115


def test_a_limit_takes_in_those_exactly_on_it() -> None:
    assert people_within(minutes_to_nearest(LINE, OFFICE), PEOPLE, (10, 29.9, 30)).tolist() == [15, 15, 115]


def test_an_arc_repaired_and_closed_at_once_is_refused_by_name() -> None:
    with pytest.raises(ClashingEditsError, match="two different times") as clash:
        told(Retimed(np.array([2, 3]), np.array([5.0, 5.0])), Retimed(np.array([2]), np.array([INF])))
    assert clash.value.arcs.tolist() == [2]


def test_two_seasons_at_once_are_refused() -> None:
    with pytest.raises(ClashingEditsError):
        told(Season(LINE.minutes * 2), Season(LINE.minutes * 3))


def test_an_office_that_is_not_there_cannot_close() -> None:
    with pytest.raises(NoSuchFacilityError, match="node 3"):
        told(Closed(3))


@pytest.mark.parametrize("minutes", [-1.0, np.nan])
def test_times_below_zero_or_unknown_are_refused(minutes: float) -> None:
    with pytest.raises(ImpossibleMinutesError) as refused:
        Retimed(np.array([3]), np.array([minutes]))
    assert refused.value.arcs.tolist() == [3]
    with pytest.raises(ImpossibleMinutesError):
        roads(2, [(0, 1, minutes)])
