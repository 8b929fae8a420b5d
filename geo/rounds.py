"""Collection rounds: trucks that start empty at a dump, fill up at stops, tip there and go out again.

VROOM finds the trips (vroom-project.org, BSD); everything that is told of them is added up from the matrix here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import numpy as np
import vroom
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Trip = tuple[int, ...]  # the stops of a trip in order, from 1; it starts and ends at the dump, which is 0

SECONDS = 60
SEARCH = timedelta(seconds=60)
FEW, MANY = 60, 200  # stops up to which VROOM searches as hard as it can, or hard
EVER_S = 10_000_000
MOST_WANTED = 100  # VROOM's priority of the fullest stop: where not all can be emptied, litres count, not stops


@dataclass(frozen=True)
class Task:
    """What is to be collected: `minutes` (n + 1, n + 1) between the dump (0) and n stops, `loads` of the stops.

    Each of so many `trucks` holds `capacity`, in the unit of the loads, and works at most `shift` minutes. Every stop
    takes `loading` minutes, every tipping at the dump `tipping`.
    """

    minutes: Numbers
    loads: tuple[int, ...]
    trucks: int
    capacity: int
    shift: float
    loading: float
    tipping: float

    def lasts(self, trip: Trip) -> float:
        """Give the minutes of a trip, loading and tipping included."""
        return self.travel(trip) + len(trip) * self.loading + self.tipping

    def travel(self, trip: Trip) -> float:
        """Give the minutes a trip is on the road."""
        return float(sum(self.minutes[a, b] for a, b in pairwise((0, *trip, 0))))

    def load(self, trip: Trip) -> int:
        """Add up what a trip collects."""
        return sum(self.loads[stop - 1] for stop in trip)


@dataclass(frozen=True)
class Plan:
    """The trips of each truck in order (a truck that is not needed has none), and the stops that are left over."""

    trucks: tuple[tuple[Trip, ...], ...]
    left: tuple[int, ...]

    @property
    def trips(self) -> list[Trip]:
        """List all trips."""
        return [trip for truck in self.trucks for trip in truck]


@dataclass(frozen=True)
class Call:
    """One call of a truck: when it comes (minutes after the start), how long it drove there, and its load after it.

    Place 0 is the dump, where the load is tipped.
    """

    place: int
    trip: int
    arrival: float
    drive: float
    load: int


def plan(task: Task) -> Plan:
    """Plan rounds that leave as little as possible, then drive as little, then end as early as they can.

    Trips are first sought as if there were trucks for all, and shared among the trucks that there are. Where their
    shifts do not allow that, VROOM is asked for the trucks' whole days instead, and what collects more is kept. Raises
    ValueError where a stop has more than a truck holds.
    """
    if any(load > task.capacity for load in task.loads):
        raise ValueError("A stop has more than a truck holds.")
    trips, beyond = _trips(task)
    shared, spare = _shared(task, trips)
    chosen = Plan(shared, tuple(sorted([*beyond, *(stop for trip in spare for stop in trip)])))
    if not spare:
        return chosen
    return max(chosen, _days(task), key=lambda one: (sum(map(task.load, one.trips)), -sum(map(task.travel, one.trips))))


def calls(task: Task, trips: Sequence[Trip]) -> Iterator[Call]:
    """Follow a truck through its day, each tipping included."""
    now = 0.0
    for number, trip in enumerate(trips, start=1):
        load = 0
        for before, place in pairwise((0, *trip, 0)):
            drive = float(task.minutes[before, place])
            load += task.loads[place - 1] if place else 0
            yield Call(place, number, now + drive, drive, load)
            now += drive + (task.loading if place else task.tipping)


def _trips(task: Task) -> tuple[list[Trip], list[int]]:
    """Find the trips that drive least in all, and the stops that no trip reaches within a shift."""
    asked = _input(task)
    for number in range(len(task.loads)):
        asked.add_vehicle(_truck(task, number, task.shift - task.tipping))
    for stop, load in enumerate(task.loads, start=1):
        asked.add_job(vroom.Job(stop, stop, default_service=_seconds(task.loading), pickup=vroom.Amount([load])))
    routes = _solved(asked, task).routes
    steps = routes[routes["type"] == "job"]
    trips = [tuple(int(stop) for stop in own) for _, own in steps.groupby("vehicle_id", sort=True)["location_index"]]
    return trips, _missing(task, trips)


def _shared(task: Task, trips: list[Trip]) -> tuple[tuple[tuple[Trip, ...], ...], list[Trip]]:
    """Share trips among trucks, the longest first, each to the truck that is done earliest; gives those left over."""
    days: list[list[Trip]] = [[] for _ in range(task.trucks)]
    ends = [0.0] * task.trucks
    spare = []
    for trip in sorted(trips, key=lambda one: (-task.lasts(one), one)):
        first = min(range(task.trucks), key=lambda truck: ends[truck])
        if ends[first] + task.lasts(trip) > task.shift:
            spare.append(trip)
            continue
        days[first].append(trip)
        ends[first] += task.lasts(trip)
    return tuple(map(tuple, days)), spare


def _days(task: Task) -> Plan:
    """Ask for the whole day of each truck: every stop's load is brought to the dump within the shift."""
    asked = _input(task)
    for number in range(task.trucks):
        asked.add_vehicle(_truck(task, number, task.shift))
    for stop, load in enumerate(task.loads, start=1):
        taken = vroom.ShipmentStep(stop, stop, default_service=_seconds(task.loading))
        tipped = vroom.ShipmentStep(stop, 0, default_setup=_seconds(task.tipping))
        weight = round(MOST_WANTED * load / max(task.loads))
        asked.add_shipment(taken, tipped, vroom.Amount([load]), priority=weight)
    days: list[list[list[int]]] = [[[]] for _ in range(task.trucks)]
    for step in _solved(asked, task).routes.itertuples():
        day = days[int(step.vehicle_id) - 1]
        if step.type == "pickup":
            day[-1].append(int(step.location_index))
        elif day[-1] and step.type == "delivery":
            day.append([])
    trucks = tuple(tuple(tuple(trip) for trip in day if trip) for day in days)
    return Plan(trucks, tuple(_missing(task, [trip for day in trucks for trip in day])))


def _missing(task: Task, trips: list[Trip]) -> list[int]:
    """List the stops that no trip empties."""
    emptied = {stop for trip in trips for stop in trip}
    return [stop for stop in range(1, len(task.loads) + 1) if stop not in emptied]


def _input(task: Task) -> "vroom.Input":
    asked = vroom.Input()
    asked.set_durations_matrix("car", np.ceil(task.minutes * SECONDS).astype(np.uint32))
    return asked


def _truck(task: Task, number: int, shift: float) -> "vroom.Vehicle":
    window = vroom.TimeWindow(0, max(0, int(min(shift * SECONDS, EVER_S))))
    return vroom.Vehicle(number + 1, start=0, end=0, capacity=[task.capacity], time_window=window)


def _solved(asked: "vroom.Input", task: Task) -> "vroom.Solution":
    stops = len(task.loads)
    level = 5 if stops <= FEW else 3 if stops <= MANY else 1
    return asked.solve(exploration_level=level, nb_threads=1, timeout=SEARCH)


def _seconds(minutes: float) -> int:
    return int(np.ceil(minutes * SECONDS))
