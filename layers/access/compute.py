"""Computes access: minutes to the nearest office of each kind, by mode and season, and the people behind them."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete

from geo.access import minutes_of_places, minutes_to_each, to_nearest
from geo.catchments import floating_catchments, near_all_season
from geo.graph import Graph
from geo.zones import middle, within
from layers.access import LIMITS, SHOWN_KIND, SHOWN_MODE, classified
from layers.access.all_season import all_season
from layers.access.cells import keep_cells
from layers.access.ground import Ground, Meeting, Snapped, ground
from layers.access.queries import Way
from layers.access.table import AccessSettlement, AccessVillage
from layers.computing import keep, source
from layers.db import sql
from layers.layer import Layer
from layers.roads.speeds import MODES, SEASONS, Mode, Season

CATCHMENT_MIN = 60.0  # as far as people are thought to go for a service that is shared out
SUMS = ("quarter", "half", "hour")  # people within 15, 30 and 60 minutes
DIGITS = 3  # of minutes: 0.06 s

Numbers = NDArray[np.float64]
Row = dict[str, Any]
Minutes = dict[tuple[str, str], list[float | None]]  # of the villages, by kind and season


def compute(connection: Connection, layer: Layer) -> None:
    """Write the minutes of every village and settlement, and the villages with what stands for them on the map."""
    found = ground(connection)
    meeting = Meeting(found)
    connection.execute(delete(AccessVillage))
    connection.execute(delete(AccessSettlement))
    shown: Minutes = {}
    cells: dict[Way, NDArray[np.float32]] = {}
    for mode, season in product(MODES, SEASONS):
        times = Times(meeting, mode, season)
        for kind in found.kinds():
            rows = times.of(kind)
            cells[kind, mode, season] = rows.pop("cells").astype(np.float32)
            _write(connection, rows, found, {"mode": mode, "season": season}, kind)
            if mode == SHOWN_MODE:
                shown[kind, season] = rows["minutes"]
    keep_cells(connection, found, cells)
    told = {"source": source(connection, layer)}
    keep(connection, layer, [told | row for row in _villages(found, shown)])


class Times:
    """The minutes of all places of a ground for one mode and season."""

    def __init__(self, meeting: Meeting, mode: Mode, season: Season) -> None:
        self.ground = meeting.ground
        self.graph: Graph = meeting.graph(mode, season)
        self.snapped: Snapped = meeting.snapped(self.graph)

    def of(self, kind: str) -> dict[str, Any]:
        """Compute what is kept of a kind of office, by the names of the columns."""
        network, which = self.ground.edges.network, self.ground.which(kind)
        offices = self.snapped.offices.take(which)
        known = to_nearest(network, self.graph, offices)
        nearest = minutes_of_places(network, self.graph, self.snapped.places, offices, known)
        ids = np.array([self.ground.offices[i].id for i in which])
        office = np.where(nearest.facility >= 0, ids[nearest.facility], -1)
        return self._rows(nearest.minutes, office) | {"supply": self._supply(which)}

    def _rows(self, minutes: Numbers, office: NDArray[np.int64]) -> dict[str, Any]:
        villages, spots = len(self.ground.villages), len(self.ground.spots)
        people, cells = self.ground.settled.people, minutes[spots:]
        lived = middle(people, cells)
        stands_for = np.where(lived >= 0, lived + spots, np.arange(villages))
        sums = {name: within(people, cells, limit) for name, limit in zip(SUMS, LIMITS, strict=True)}
        sums["reached"] = within(people, cells, np.finfo(float).max)
        return {
            "cells": cells,
            "minutes": told(minutes[stands_for]),
            "offices": _ids(office[stands_for]),
            "settlement_minutes": told(minutes[villages:spots]),
            "settlement_offices": _ids(office[villages:spots]),
            **{name: told(counted) if self.ground.living else [None] * villages for name, counted in sums.items()},
        }

    def _supply(self, which: NDArray[np.int64]) -> list[float | None]:
        """Share the capacity of offices among the people who reach them (2SFCA), and average it over each village."""
        held = np.array([self.ground.offices[i].capacity or 0 for i in which], float)
        if not held.any() or not self.ground.living:
            return [None] * len(self.ground.villages)
        settled, spots = self.ground.living.settled, len(self.ground.spots)
        places = self.snapped.places.take(np.arange(spots, len(self.snapped.places)))
        giving = which[held > 0]
        offices = self.snapped.offices.take(giving)
        share = np.zeros(len(places))
        for some, minutes in minutes_to_each(self.ground.edges.network, self.graph, places, offices, CATCHMENT_MIN):
            share += floating_catchments(minutes, held[held > 0][some], settled.by_cell, CATCHMENT_MIN)
        everybody = settled.by_zone
        mean = np.divide(settled.people @ share, everybody, out=np.full(len(everybody), np.inf), where=everybody > 0)
        return told(mean, digits=9)


def told(numbers: Numbers, digits: int = DIGITS) -> list[float | None]:
    """Round numbers for the database; what is infinite is not there."""
    return [round(number, digits) if np.isfinite(number) else None for number in numbers.tolist()]


def _ids(office: NDArray[np.int64]) -> list[int | None]:
    return [number if number >= 0 else None for number in office.tolist()]


def _write(connection: Connection, rows: dict[str, Any], found: Ground, which: dict[str, str], kind: str) -> None:
    of_settlements = {
        "kinds": [kind] * len(found.settlements),
        "settlements": [settlement.id for settlement in found.settlements],
        "minutes": rows.pop("settlement_minutes"),
        "offices": rows.pop("settlement_offices"),
    }
    of_villages = {"kinds": [kind] * len(found.villages), "codes": [village.code for village in found.villages]}
    connection.execute(sql("access/keep_village_times.sql"), which | of_villages | rows)
    connection.execute(sql("access/keep_settlement_times.sql"), which | of_settlements)


def _villages(found: Ground, shown: Minutes) -> Iterator[Row]:
    """Give the rows of the layer: each village with its people, its time to a puskesmas, its all-season roads."""
    everybody = found.settled.by_zone
    roads = found.edges.network.lines[all_season(found.edges, found.rules)]
    near = within(found.settled.people, np.where(near_all_season(found.settled.points, roads), 0.0, np.inf), 0)
    known = (SHOWN_KIND, "hujan") in shown
    nothing: list[float | None] = [None] * len(found.villages)
    wet, dry = (shown.get((SHOWN_KIND, season), nothing) for season in ("hujan", "kering"))
    shapes = found.written(found.village_shapes)
    for i, village in enumerate(found.villages):
        lived_in = bool(found.living and everybody[i] > 0)
        yield {
            "source_id": village.code,
            "name": village.name,
            "village_code": village.code,
            "kind": classified(wet[i], known=known),
            "minutes_wet": wet[i],
            "minutes_dry": dry[i],
            "people": float(round(everybody[i], 1)) if found.living else None,
            "people_source": found.living.source if found.living else None,
            "near_all_season": float(round(near[i], 1)) if found.living else None,
            "all_season_share": float(round(100 * near[i] / everybody[i], 2)) if lived_in else None,
            "geom": shapes[i],
        }
