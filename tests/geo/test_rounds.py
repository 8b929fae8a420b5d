"""Collection rounds against every possible round, on small cases; and what is told of them against the matrix."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise, permutations, product

import numpy as np
import pytest

from geo.rounds import Task, calls, plan


def task(seed: int, stops: int, **more: float) -> Task:
    """Stops strewn over 5 km, ways that differ by direction; a truck holds 12, each stop 2 to 8."""
    random = np.random.default_rng(seed)
    places = random.uniform(0, 5_000, (stops + 1, 2))
    minutes = np.hypot(*(places[:, None] - places).transpose(2, 0, 1)) / 500 * random.uniform(1, 1.3, (stops + 1,) * 2)
    np.fill_diagonal(minutes, 0)
    for through in range(stops + 1):  # no way is longer than one by another place
        minutes = np.minimum(minutes, minutes[:, [through]] + minutes[[through], :])
    loads = tuple(int(load) for load in random.integers(2, 9, stops))
    asked = {"trucks": 2, "capacity": 12, "shift": 600.0, "loading": 3.0, "tipping": 7.0} | more
    return Task(minutes, loads, **asked)  # type: ignore[arg-type]


def shortest(given: Task) -> float:
    """The least minutes on the road that empty all stops: every order of every trip, every way to part them."""
    stops = range(1, len(given.loads) + 1)
    trip = {
        frozenset(some): min(given.travel(order) for order in permutations(some))
        for size in stops
        for some in combinations(stops, size)
        if sum(given.loads[stop - 1] for stop in some) <= given.capacity
    }

    @cache
    def rest(left: frozenset[int]) -> float:
        if not left:
            return 0.0
        first = min(left)
        return min(took + rest(left - some) for some, took in trip.items() if first in some and some <= left)

    return rest(frozenset(stops))


@pytest.mark.parametrize("seed", range(20))
def test_rounds_are_as_short_as_the_shortest_of_all(seed: int) -> None:
    given = task(seed, 3 + seed % 4)
    found = plan(given)
    assert found.left == ()
    assert sum(map(given.travel, found.trips)) == pytest.approx(shortest(given), abs=0.1)


@pytest.mark.parametrize("seed", range(8))
def test_in_a_short_shift_no_other_day_of_a_truck_collects_more(seed: int) -> None:
    given = task(seed, 5, trucks=1, shift=70.0)
    found = plan(given)
    assert sum(map(given.load, found.trips)) == most(given)
    assert sum(map(given.lasts, found.trips)) <= given.shift
    assert sorted([*found.left, *(stop for trip in found.trips for stop in trip)]) == [1, 2, 3, 4, 5]


def most(given: Task) -> int:
    """The most one truck can collect in its shift: every order of some stops, parted into trips in every way."""
    stops = range(1, len(given.loads) + 1)
    days = (parted for size in stops for some in permutations(stops, size) for parted in parts(some))
    fits = (
        day for day in days if sum(map(given.lasts, day)) <= given.shift and max(map(given.load, day)) <= given.capacity
    )
    return max(sum(map(given.load, day)) for day in fits)


def parts(order: tuple[int, ...]) -> Iterator[list[tuple[int, ...]]]:
    for cuts in product((False, True), repeat=len(order) - 1):
        ends = [0, *(n for n, cut in enumerate(cuts, start=1) if cut), len(order)]
        yield [order[a:b] for a, b in pairwise(ends)]


@pytest.mark.parametrize(("seed", "trucks", "shift"), [(1, 1, 600.0), (2, 3, 600.0), (3, 2, 150.0), (4, 4, 90.0)])
def test_no_truck_is_too_full_or_too_late_and_every_stop_is_once_somewhere(
    seed: int, trucks: int, shift: float
) -> None:
    given = task(seed, 24, trucks=trucks, shift=shift)
    found = plan(given)
    assert len(found.trucks) == trucks
    assert sorted([*found.left, *(stop for trip in found.trips for stop in trip)]) == list(range(1, 25))
    for day in found.trucks:
        assert sum(map(given.lasts, day)) <= shift + 0.1
        assert all(0 < given.load(trip) <= given.capacity for trip in day)


def test_what_is_told_of_a_day_adds_up_to_the_matrix() -> None:
    given = task(5, 12, trucks=1)
    (day,) = plan(given).trucks
    told = list(calls(given, day))
    order = [0, *(call.place for call in told)]
    assert sum(call.drive for call in told) == pytest.approx(sum(given.minutes[a, b] for a, b in pairwise(order)))
    assert told[-1].place == 0
    assert told[-1].arrival + given.tipping == pytest.approx(sum(map(given.lasts, day)))
    assert sum(call.load for call in told if call.place == 0) == sum(given.loads)
    for before, after in pairwise(told):
        waited = given.loading if before.place else given.tipping
        assert after.arrival == pytest.approx(before.arrival + waited + after.drive)


def test_work_is_shared_among_the_trucks() -> None:
    given = task(6, 18, trucks=3)
    ends = [sum(map(given.lasts, day)) for day in plan(given).trucks]
    longest_trip = max(map(given.lasts, plan(given).trips))
    assert max(ends) - min(ends) <= longest_trip


def test_a_stop_too_far_for_a_shift_is_left_and_the_others_are_not() -> None:
    given = task(7, 4, shift=100.0)
    given.minutes[0, 3] = given.minutes[3, 0] = given.minutes[1:3, 3] = given.minutes[4, 3] = 90.0
    assert 3 in plan(given).left
    assert set(plan(given).left) < {1, 2, 3, 4}


def test_a_stop_with_more_than_a_truck_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="more than a truck holds"):
        plan(task(8, 3, capacity=1))
