"""What if: roads repaired, built or closed, offices and TPS opened, moved or closed, the wet season. Worker only.

Before and after are told for everybody: by kind of office, by village, and by the Rural Access Index.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any

import numpy as np
from cachetools import LRUCache, cached
from sqlalchemy import Connection

from geo.scenario import (
    Change,
    ClashingEditsError,
    Edit,
    Indices,
    Retimed,
    Season,
    apply,
    minutes_to_nearest,
    people_within,
)
from layers.access.all_season import Rural, all_season, rural
from layers.computing import NothingToComputeError
from layers.db import sql
from layers.priority.candidates import Candidate, candidates, links
from layers.priority.criteria import WALK_MIN, WITHIN_MIN
from layers.priority.network import MODE, Ground, ground
from layers.priority.openings import NO_OFFICE, Sited, keys_of, sited
from layers.priority.refusals import NO_ROADS, NOBODY, NOWHERE, WhatIfError
from layers.priority.scenario_questions import Asked
from layers.priority.treatments import Treatments, treatments
from layers.priority.trips import Trips
from layers.records.preferences import REGENCY, preference
from layers.records.versions import states
from layers.roads.speeds import Season as Weather

GONE = "Jalan yang dipilih tidak ada lagi; pilih lagi dari daftar."
CLASH = "Ada jalan yang sekaligus diperbaiki dan ditutup; pilih salah satu untuk setiap jalan."
WEATHER: Mapping[bool, Weather] = {True: "hujan", False: "kering"}  # by whether it rains


def worked_out(connection: Connection, asked: Asked) -> dict[str, Any]:
    """Tell before and after by kind of office, by village and by the Rural Access Index.

    Raises WhatIfError, and NothingToComputeError as `ground` does.
    """
    known = ground(connection)
    by_key = _candidates(connection, known)
    if not by_key:
        raise WhatIfError(NO_ROADS)
    if not set(asked.repair) | set(asked.close) <= set(by_key):
        raise WhatIfError(GONE)
    table = treatments(connection)
    repaired, closed = (_edges(by_key, keys) for keys in (asked.repair, asked.close))
    _check(known, asked)
    try:
        changes = [
            (each, trip, change)
            for each in known.everybody
            for trip, change in _changes(sited(each, asked), table, repaired, closed, asked)
        ]
    except ClashingEditsError:
        raise WhatIfError(CLASH) from None
    told = {"rain": _rain(known)} if asked.wet_before else {}
    return told | {
        "kinds": [_told(*one) for one in changes],
        "villages": _villages(known, changes),
        "rural": _rural_access(connection, known, table, repaired, closed),
    }


def prepare(connection: Connection) -> None:
    """Have at hand whatever every scenario needs, so that nobody waits for it; what is at hand is not read again."""
    with suppress(NothingToComputeError):
        known = ground(connection)
        _candidates(connection, known)
        _rural(connection, known)
        for each in known.everybody:
            each.nearest, each.nearest_wet  # noqa: B018 - measured once and kept


@cached(LRUCache(1), key=lambda _connection, known: known.state, lock=Lock())
def _candidates(connection: Connection, known: Ground) -> dict[str, Candidate]:
    """Find every candidate by its key, anew only once the network is another."""
    asked = {"regency": preference(connection, REGENCY)}
    roads = connection.execute(sql("priority/candidates.sql"), asked).all()
    found = [*candidates(known.edges, roads), *links(known.linked, {})] if roads else []
    return {one.key: one for one in found}


def _edges(by_key: Mapping[str, Candidate], keys: tuple[str, ...]) -> Indices:
    return np.unique(np.concatenate([np.empty(0, np.int64), *(by_key[key].edges for key in keys)]))


def _check(known: Ground, asked: Asked) -> None:
    """Refuse offices that are not there, and what nobody could know."""
    if not known.homes.known:
        raise WhatIfError(NOBODY)
    if not asked.opens and not any(each.offered for each in known.everybody):
        raise WhatIfError(NOWHERE)
    there = {key for each in known.everybody for key in keys_of(each)}
    if not {*asked.shut, *(one.key for one in asked.moves)} <= there:
        raise WhatIfError(NO_OFFICE)


def _changes(
    here: Sited, table: Treatments, repaired: Indices, closed: Indices, asked: Asked
) -> Iterator[tuple[Trips, Change]]:
    known, before = here.known, here.roads(WEATHER[asked.wet_before])
    nearest = known.nearest_wet if asked.wet_before else known.nearest
    edits = list(_edits(here, table, asked, repaired, closed))
    for trip in known.trips:
        facilities = known.facilities(trip.kind)
        if len(facilities) or any(one.kind == trip.kind for one in asked.opens):
            roads, there = apply([*edits, *here.changes(asked, trip.kind)], before, facilities)
            after = minutes_to_nearest(roads, there)[: len(known.at_nodes)]  # what opens at a point comes behind
            yield trip, Change(nearest[trip.kind], after, known.at_nodes, trip.longest_min)


def _edits(here: Sited, table: Treatments, asked: Asked, repaired: Indices, closed: Indices) -> Iterator[Edit]:
    known, weather = here.known, WEATHER[asked.wet]
    if asked.wet != asked.wet_before:
        yield Season(here.roads(weather).minutes)
    if len(repaired):
        done, now = known.repaired(table, weather), known.minutes[weather]
        quicker = (np.minimum(*each)[repaired] for each in zip(done, now, strict=True))
        yield here.spread.retimed(repaired, *quicker)
    if len(closed):
        never = np.full(len(closed), np.inf)
        made = here.spread.retimed(closed, never, never)
        yield Retimed(made.arcs, np.full(len(made.arcs), np.inf))


def _rain(known: Ground) -> dict[str, float]:
    """Tell what the rain alone costs, the roads as they are: person-minutes a month, and the most cut off of a kind."""
    told = [
        _told(each, trip, Change(each.nearest[trip.kind], each.nearest_wet[trip.kind], each.at_nodes, trip.longest_min))
        for each in known.everybody
        for trip in each.offered
    ]
    return {"lost": sum(one["lost"] for one in told), "cut_off": max((one["cut_off"] for one in told), default=0.0)}


def _told(known: Ground, trip: Trips, change: Change) -> dict[str, Any]:
    """Tell of one kind of office: people as people, minutes as person-minutes a month."""
    limit = WITHIN_MIN if known.mode == MODE else WALK_MIN
    within = [float(people_within(minutes, change.people, [limit])[0]) for minutes in (change.before, change.after)]
    minutes = {"saved": trip.trips * change.saved, "lost": trip.trips * change.lost}
    people = {"connected": change.connected, "cut_off": change.cut_off}
    return {"kind": trip.kind, "limit": limit, "within": within, **minutes, **people}


def _villages(known: Ground, changes: Sequence[tuple[Ground, Trips, Change]]) -> list[dict[str, Any]]:
    """Sum the person-minutes a month that each village gains or, below zero, loses; those that change most first."""
    codes, at = np.unique(known.homes.villages.astype(str), return_inverse=True)
    sums = np.zeros(len(codes))
    for each, trip, change in changes:
        sums += trip.trips * np.bincount(at, change.person_minutes[each.spread.places], len(codes))
    order = np.argsort(-np.abs(sums), kind="stable")
    return [{"code": str(codes[i]), "minutes": float(sums[i])} for i in order if abs(sums[i]) >= 1]


def _rural_access(
    connection: Connection, known: Ground, table: Treatments, repaired: Indices, closed: Indices
) -> dict[str, float] | None:
    """Count the people of desa near an all-season road, before and after; None where nobody knows how many they are."""
    found = _rural(connection, known)
    if found is None:
        return None
    before = all_season(known.edges, known.rules)
    after = before.copy()
    after[repaired] |= all_season(known.done(table), known.rules)[repaired]
    after[closed] = False
    now = found.once(known.edges.network.lines, before, after)
    return {"people": float(found.people.sum()), "before": found.served, "after": now.served}


def _rural(connection: Connection, known: Ground) -> Rural | None:
    """Tell who is near an all-season road, anew only once the network or the people are others."""
    return _rural_of(connection, known, states(connection).of("rasters"))


@cached(LRUCache(1), key=lambda _connection, known, rasters: (*known.state, rasters), lock=Lock())
def _rural_of(connection: Connection, known: Ground, _rasters: str) -> Rural | None:
    return rural(connection, known.edges, known.rules)
