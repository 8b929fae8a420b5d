"""What if: roads repaired or closed, an office opened, the wet season; before and after for everybody. Worker only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection

from geo.crs import to_metres
from geo.scenario import (
    Change,
    ClashingEditsError,
    Edit,
    Indices,
    Opened,
    Retimed,
    Season,
    apply,
    minutes_to_nearest,
    people_within,
)
from layers.areas.queries import centre, regency
from layers.db import sql
from layers.priority.candidates import Candidate, candidates
from layers.priority.network import Ground, Trips, ground
from layers.priority.refusals import NO_ROADS, WhatIfError
from layers.priority.treatments import Treatments, treatments
from layers.roads.speeds import Season as Weather

WITHIN_MIN = 30.0
GONE = "Jalan yang dipilih tidak ada lagi; pilih lagi dari daftar."
CLASH = "Ada jalan yang sekaligus diperbaiki dan ditutup; pilih salah satu untuk setiap jalan."
NO_PLACE = "Desa untuk kantor baru tidak dikenal; pilih dari daftar."


@dataclass(frozen=True)
class Asked:
    """A scenario: keys of candidates to repair and to close, whether it rains, and a kind of office in a village."""

    repair: tuple[str, ...]
    close: tuple[str, ...]
    wet: bool
    kind: str = ""
    village: str = ""


def read(kept: Mapping[str, Any]) -> Asked:
    """Read a question that was kept."""
    return Asked(tuple(kept["repair"]), tuple(kept["close"]), kept["wet"], kept["kind"], kept["village"])


def worked_out(connection: Connection, asked: Asked) -> dict[str, Any]:
    """Tell before and after by kind of office, and by village; raises WhatIfError."""
    home = regency(connection)
    roads = connection.execute(sql("priority/candidates.sql"), {"regency": home.code}).all() if home else []
    if not home or not roads:
        raise WhatIfError(NO_ROADS)
    known = ground(connection, home)
    by_key = {one.key: one for one in candidates(known.edges, roads)}
    if not set(asked.repair) | set(asked.close) <= set(by_key):
        raise WhatIfError(GONE)
    weather: Weather = "hujan" if asked.wet else "kering"
    repaired, closed = (_edges(by_key, keys) for keys in (asked.repair, asked.close))
    edits = list(_edits(known, treatments(connection), weather, repaired, closed))
    opened = _opened(connection, known, asked)
    try:
        changes = list(_changes(known, edits, opened, asked.kind))
    except ClashingEditsError:
        raise WhatIfError(CLASH) from None
    return {"kinds": [_told(trip, change) for trip, change in changes], "villages": _villages(known, changes)}


def _edges(by_key: Mapping[str, Candidate], keys: tuple[str, ...]) -> Indices:
    return np.unique(np.concatenate([np.empty(0, np.int64), *(by_key[key].edges for key in keys)]))


def _edits(known: Ground, table: Treatments, weather: Weather, repaired: Indices, closed: Indices) -> Iterator[Edit]:
    if weather == "hujan":
        yield Season(known.roads(weather).minutes)
    if len(repaired):
        done, now = known.repaired(table, weather), known.graphs[weather]
        quicker = (np.minimum(getattr(done, way), getattr(now, way))[repaired] for way in ("forward", "backward"))
        yield known.spread.retimed(repaired, *quicker)
    if len(closed):
        never = np.full(len(closed), np.inf)
        made = known.spread.retimed(closed, never, never)
        yield Retimed(made.arcs, np.full(len(made.arcs), np.inf))


def _opened(connection: Connection, known: Ground, asked: Asked) -> list[Edit]:
    """Open an office at the crossing nearest to the middle of a village."""
    if not asked.kind:
        return []
    place = centre(connection, asked.village)
    if place is None:
        raise WhatIfError(NO_PLACE)
    network = known.edges.network
    away = np.hypot(*(network.nodes - to_metres(np.array([place]), network.epsg)).T)
    return [Opened(int(away.argmin()))]


def _changes(known: Ground, edits: list[Edit], opened: list[Edit], kind: str) -> Iterator[tuple[Trips, Change]]:
    before = known.roads("kering")
    for trip in known.trips:
        facilities = known.facilities(trip.kind)
        if len(facilities) or trip.kind == kind:
            roads, there = apply([*edits, *(opened if trip.kind == kind else [])], before, facilities)
            minutes = minutes_to_nearest(before, facilities), minutes_to_nearest(roads, there)
            yield trip, Change(*minutes, known.at_nodes, trip.longest_min)


def _told(trip: Trips, change: Change) -> dict[str, Any]:
    """Tell of one kind of office: people as people, minutes as person-minutes a month."""
    within = [
        float(people_within(minutes, change.people, [WITHIN_MIN])[0]) for minutes in (change.before, change.after)
    ]
    minutes = {"saved": trip.trips * change.saved, "lost": trip.trips * change.lost}
    people = {"connected": change.connected, "cut_off": change.cut_off}
    return {"kind": trip.kind, "within": within, **minutes, **people}


def _villages(known: Ground, changes: Sequence[tuple[Trips, Change]]) -> list[dict[str, Any]]:
    """Sum the person-minutes a month that each village gains or, below zero, loses; those that change most first."""
    gained = sum((trip.trips * change.person_minutes for trip, change in changes), np.zeros(len(known.at_nodes)))
    codes, at = np.unique(known.villages.astype(str), return_inverse=True)
    sums = np.bincount(at, gained[known.spread.places], len(codes))
    order = np.argsort(-np.abs(sums), kind="stable")
    return [{"code": str(codes[i]), "minutes": float(sums[i])} for i in order if abs(sums[i]) >= 1]
