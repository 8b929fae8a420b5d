"""Answers which truck empties which TPS on a day, in which order and when; what no truck reaches is named."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import numpy as np
from sqlalchemy import Connection

from geo.rounds import Plan, Task, Trip, calls, plan
from layers.computing import NothingToComputeError
from layers.layer import Text
from layers.questions import Taken
from layers.roads import networks
from layers.roads.queries import rules
from layers.roads.speeds import Season
from layers.waste_service.driving import Drive, Trucks
from layers.waste_service.round_questions import QUEUE, Wish
from layers.waste_service.stops import LITRES, Stop, Stops, stops_of

MOST_STOPS = 500  # VROOM takes a minute for as many
NO_NETWORK = Text(
    "jaringan jalan belum siap; masukkan lapisan Jalan, atau coba lagi beberapa menit lagi.",
    "the road network is not ready; import the layer Roads, or try again in some minutes.",
)
CUT_OFF = Text(
    "tidak ada jalan untuk truk seberat itu antara TPA dan satu TPS pun.",
    "no road for a truck of that weight joins the landfill and any TPS.",
)
TOO_MANY = Text(
    f"lebih dari {MOST_STOPS} TPS pada satu hari; bagi hari angkutnya.",
    f"more than {MOST_STOPS} TPS on one day; spread their pick-up days.",
)


def answer(connection: Connection, data_dir: Path, taken: Taken) -> None:
    """Answer a question, or note why it cannot be."""
    QUEUE.answer(connection, taken, lambda asked: solve(connection, data_dir, Wish(**asked)))


def solve(connection: Connection, data_dir: Path, wish: Wish) -> dict[str, Any]:
    """Plan the rounds of a day; raises NothingToComputeError where what it takes is missing."""
    found = stops_of(connection, wish)
    if len(found.stops) > MOST_STOPS:
        raise NothingToComputeError(TOO_MANY)
    network = networks.current(data_dir)
    if network is None:
        raise NothingToComputeError(NO_NETWORK)
    places = [found.landfill, *found.stops]
    trucks = Trucks(network, rules(connection), cast(Season, wish.season), wish.weight_t, places)
    every = trucks.minutes()
    reached = np.isfinite(every[0]) & np.isfinite(every[:, 0])
    numbers = np.flatnonzero(reached)  # of the places that can be driven to and back from, the TPA first
    if len(numbers) < 2:
        raise NothingToComputeError(CUT_OFF)
    task = Task(
        every[np.ix_(numbers, numbers)],
        tuple(places[i].litres for i in numbers[1:]),
        wish.trucks,
        round(wish.capacity_m3 * LITRES),
        wish.shift_h * 60,
        wish.loading_min,
        wish.tipping_min,
    )
    chosen = plan(task)
    drives = {leg: trucks.drive(int(numbers[leg[0]]), int(numbers[leg[1]])) for leg in sorted(set(_legs(chosen.trips)))}
    beyond = [places[i].name for i in range(1, len(places)) if not reached[i]]
    told = {"unreachable": beyond, "left": [places[numbers[i]].name for i in chosen.left], "roads": network.version}
    return told | _told(found, task, chosen, [places[i] for i in numbers], drives)


def _legs(trips: Sequence[Trip]) -> Iterator[tuple[int, int]]:
    for trip in trips:
        yield from zip((0, *trip), (*trip, 0), strict=True)


def _told(
    found: Stops, task: Task, chosen: Plan, places: list[Stop], drives: dict[tuple[int, int], Drive]
) -> dict[str, Any]:
    driven = [_day(task, trips, places, drives) for trips in chosen.trucks]
    return {
        "landfill": asdict(found.landfill),
        "trucks": driven,
        "without_days": found.without_days,
        "unknown": found.unknown,
        "empty": found.empty,
        "unknown_residue": found.unknown_residue,
        "surplus": [{"name": stop.name, "litres": stop.surplus} for stop in found.stops if stop.surplus],
        "litres": sum(day["litres"] for day in driven),
        "metres": round(sum(day["metres"] for day in driven)),
        "stops": sum(len(trip) for trip in chosen.trips),
    }


def _day(task: Task, trips: Sequence[Trip], places: list[Stop], drives: dict[tuple[int, int], Drive]) -> dict[str, Any]:
    """Tell the day of one truck: each call with its arrival in minutes after the start, and what it comes to."""
    told, before, line = [], 0, []
    for call in calls(task, trips):
        drive, place = drives[before, call.place], places[call.place]
        told.append(
            {
                "id": place.id,
                "name": place.name,
                "village": place.village,
                "lon": round(place.lon, 6),
                "lat": round(place.lat, 6),
                "trip": call.trip,
                "tips": call.place == 0,
                "sorts": place.sorts,
                "arrival": round(call.arrival, 3),
                "drive": round(call.drive, 3),
                "metres": round(drive.metres),
                "litres": call.load,
            }
        )
        line.append(drive.line)
        before = call.place
    return {
        "calls": told,
        "trips": len(trips),
        "lines": line,
        "minutes": round(sum(map(task.lasts, trips)), 3),
        "driving": round(sum(map(task.travel, trips)), 3),
        "metres": sum(call["metres"] for call in told),
        "litres": sum(map(task.load, trips)),
    }
