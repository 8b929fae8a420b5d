"""What if: roads repaired, built or closed, offices and TPS opened, moved or closed, the wet season. Worker only.

Before and after are told for everybody: by kind of office, by village, and by the Rural Access Index.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from cachetools import LRUCache, cached
from sqlalchemy import Connection

from geo.scenario import (
    Change,
    ClashingEditsError,
    Closed,
    Edit,
    Indices,
    Opened,
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
from layers.priority.places import OFFICES, SITES
from layers.priority.refusals import NO_ROADS, NOBODY, NOWHERE, WhatIfError
from layers.priority.treatments import Treatments, treatments
from layers.priority.trips import Trips
from layers.records.preferences import REGENCY, preference
from layers.records.versions import states
from layers.roads.speeds import Season as Weather

GONE = "Jalan yang dipilih tidak ada lagi; pilih lagi dari daftar."
CLASH = "Ada jalan yang sekaligus diperbaiki dan ditutup; pilih salah satu untuk setiap jalan."
NO_PLACE = "Desa untuk kantor baru tidak dikenal; pilih dari daftar."
NO_OFFICE = "Kantor atau TPS yang dipilih tidak ada lagi; pilih lagi dari daftar."


@dataclass(frozen=True)
class Asked:
    """A scenario: keys of candidates to repair or build, and to close, whether it rains, a kind of office in a village.

    `shut` are keys of offices and TPS that close (o:12, w:7); of those that `move` each opens anew in the village.
    """

    repair: tuple[str, ...]
    close: tuple[str, ...]
    wet: bool
    kind: str = ""
    village: str = ""
    shut: tuple[str, ...] = ()
    move: tuple[str, ...] = ()


def read(kept: Mapping[str, Any]) -> Asked:
    """Read a question that was kept."""
    named = {name: tuple(kept.get(name, ())) for name in ("repair", "close", "shut", "move")}
    return Asked(**named, wet=kept["wet"], kind=kept["kind"], village=kept["village"])


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
            for trip, change in _changes(each, list(_edits(each, table, asked.wet, repaired, closed)), asked)
        ]
    except ClashingEditsError:
        raise WhatIfError(CLASH) from None
    return {
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
            each.nearest  # noqa: B018 - measured once and kept


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
    """Refuse a village in which nothing can be built, offices that are not there, and what nobody could know."""
    if not known.homes.known:
        raise WhatIfError(NOBODY)
    if not asked.kind and not any(each.offered for each in known.everybody):
        raise WhatIfError(NOWHERE)
    if (asked.kind or asked.move) and asked.village not in known.homes.villages:
        raise WhatIfError(NO_PLACE)
    there = {key for each in known.everybody for key in _keys(each)}
    if not {*asked.shut, *asked.move} <= there:
        raise WhatIfError(NO_OFFICE)


def _keys(known: Ground) -> list[str]:
    """Name the facilities of a ground by their keys."""
    prefix = OFFICES if known.mode == MODE else SITES
    return [f"{prefix}:{number}" for number in known.office.tolist()]


def _edits(known: Ground, table: Treatments, wet: bool, repaired: Indices, closed: Indices) -> Iterator[Edit]:
    weather: Weather = "hujan" if wet else "kering"
    if wet:
        yield Season(known.roads(weather).minutes)
    if len(repaired):
        done, now = known.repaired(table, weather), known.minutes[weather]
        quicker = (np.minimum(*each)[repaired] for each in zip(done, now, strict=True))
        yield known.spread.retimed(repaired, *quicker)
    if len(closed):
        never = np.full(len(closed), np.inf)
        made = known.spread.retimed(closed, never, never)
        yield Retimed(made.arcs, np.full(len(made.arcs), np.inf))


def _moves(known: Ground, asked: Asked, kind: str) -> Iterator[Edit]:
    """Close and open what is asked for of one kind; what opens stands at the village's most populous place."""
    keys = [key for key, of in zip(_keys(known), known.kinds, strict=True) if of == kind]
    nodes = dict(zip(keys, known.facilities(kind).tolist(), strict=True))
    for key in (*asked.shut, *asked.move):
        if key in nodes:
            yield Closed(nodes[key])
    if kind == asked.kind or not nodes.keys().isdisjoint(asked.move):
        yield Opened(known.site_of[asked.village])


def _changes(known: Ground, edits: list[Edit], asked: Asked) -> Iterator[tuple[Trips, Change]]:
    before = known.roads("kering")
    for trip in known.trips:
        facilities = known.facilities(trip.kind)
        if len(facilities) or trip.kind == asked.kind:
            roads, there = apply([*edits, *_moves(known, asked, trip.kind)], before, facilities)
            after = minutes_to_nearest(roads, there)
            yield trip, Change(known.nearest[trip.kind], after, known.at_nodes, trip.longest_min)


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
