"""The roads on the map as a network: each edge knows its road, and its own function, surface and condition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.ops import substring
from sqlalchemy import Connection

from geo.crs import to_metres, utm
from geo.graph import Graph, both_ways, connect, minutes_of_edges
from geo.network import BACKWARD, BOTH, FORWARD, TOLERANCE_M, Network, build
from geo.noding import Lines
from layers.db import sql
from layers.roads.rules import FUNCTIONS, UNSURVEYED, Rules
from layers.roads.speeds import CONDITIONS, SURFACES_OR_UNKNOWN, UNKNOWN, Mode, Season, codes, speeds

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]
DIRECTIONS = {None: BOTH, "searah": FORWARD, "lawan_arah": BACKWARD}
WEIGHT_T: dict[Mode, float] = {"mobil": 2.0, "motor": 0.3, "jalan_kaki": 0.1}
ON_FOOT: Mode = "jalan_kaki"
AT_VERTICES = "simpul"
Piece = tuple[float, float, str]


@dataclass(frozen=True)
class RoadEdges:
    """A network of roads: for each edge the number of its road, and the codes of function, surface and condition.

    `behind_m` are the metres of its road that lie behind the line which it is a part of, as `network.start_m` and
    `end_m` count along that line.
    """

    network: Network
    road: Whole
    function: Whole
    surface: Whole
    condition: Whole
    behind_m: Numbers

    def along_m(self, edges: Whole) -> tuple[float, float]:
        """Give the first and the last metre on their road of some edges, in metres of the network."""
        ends = np.stack([self.network.start_m[edges], self.network.end_m[edges]]) + self.behind_m[edges]
        return float(ends.min()), float(ends.max())

    def graph(self, rules: Rules, mode: Mode, season: Season) -> Graph:
        """Compute the minutes between nodes for a mode and season; who walks may go against a one-way road."""
        return connect(self.network, self._minutes(rules, mode, season), WEIGHT_T[mode], one_way=mode != ON_FOOT)

    def both_ways(self, rules: Rules, mode: Mode, season: Season) -> tuple[Numbers, Numbers]:
        """Compute the minutes of every edge alone, there and back: a graph without its order, many times as fast."""
        return both_ways(self.network, self._minutes(rules, mode, season), WEIGHT_T[mode], one_way=mode != ON_FOOT)

    def _minutes(self, rules: Rules, mode: Mode, season: Season) -> Numbers:
        table = speeds(rules, mode, season)
        return minutes_of_edges(self.network, table, self.function, self.surface, self.condition)


def road_edges(
    connection: Connection,
    box: tuple[float, float, float, float],
    tolerance_m: float = TOLERANCE_M,
) -> RoadEdges:
    """Build the network of the roads that touch a box (west, south, east, north in degrees).

    Roads are cut where their condition changes, so that each edge has one. Those of OpenStreetMap meet each other at
    shared vertices alone, so that a flyover is no crossroads; all others wherever their lines cross. Raises ValueError
    where there is no road.
    """
    west, south, east, north = box
    asked = {"west": west, "south": south, "east": east, "north": north}
    epsg = utm((west + east) / 2, (south + north) / 2)
    rows = connection.execute(sql("roads/roads_of_network.sql"), asked).all()
    parts = [(i, *part) for i, row in enumerate(rows) for part in _parts(row, epsg)]
    at = np.array([i for i, _, _ in parts], np.int64)
    lines = np.array([line for _, line, _ in parts], dtype=object)
    network = build(
        lines,
        epsg,
        direction=np.array([DIRECTIONS[rows[i].direction] for i in at]),
        limit_t=np.array([rows[i].load_limit_t or np.inf for i in at]),
        bridged=np.array([rows[i].meets == AT_VERTICES for i in at], bool),
        tolerance_m=tolerance_m,
    )
    of = at[network.owner]
    condition = np.array([name for _, _, name in parts], dtype=object)[network.owner]
    return RoadEdges(
        network,
        np.array([row.id for row in rows], np.int64)[of],
        codes(np.array([row.function for row in rows], dtype=object)[of], FUNCTIONS, UNKNOWN),
        codes(np.array([row.surface for row in rows], dtype=object)[of], SURFACES_OR_UNKNOWN, UNKNOWN),
        codes(condition, CONDITIONS, UNSURVEYED),
        _behind(lines, at)[network.owner],
    )


def _behind(lines: Lines, at: Whole) -> Numbers:
    """Add up the metres of the lines of the same road (at, sorted) that come before each."""
    run = np.cumsum(shapely.length(lines)) - shapely.length(lines)
    return np.asarray(run - run[np.searchsorted(at, at)], np.float64)


def _parts(row: Any, epsg: int) -> Iterator[tuple[shapely.LineString, str]]:
    """Give the parts of a road, cut where its condition changes; positions run on from part to part."""
    shape = shapely.transform(shapely.from_wkb(bytes(row.geom)), lambda degrees: to_metres(degrees, epsg))
    lines = [line for line in shapely.get_parts(shape) if line.length > 0]
    if not row.surveyed:
        yield from ((line, row.condition) for line in lines)
        return
    scale = shape.length / row.length_m  # from metres on the ellipsoid, as surveys count, to those of the plane
    start = 0.0
    for line in lines:
        pieces = [((a * scale - start), (b * scale - start), name) for a, b, name in row.surveyed]
        yield from _cut(line, pieces, row.condition if row.spread else UNSURVEYED)
        start += line.length


def _cut(line: shapely.LineString, surveyed: Sequence[Piece], between: str) -> Iterator[tuple[shapely.LineString, str]]:
    """Cut a line at the ends of its surveyed pieces, which come in order; a sliver goes with the piece beside it."""
    if line.length <= TOLERANCE_M:
        yield line, between
        return
    ends = [end for first, last, found in surveyed for end in ((first, between), (last, found))]
    cuts, names = [0.0], []
    for to, name in [*ends, (line.length, between)]:
        if min(to, line.length) - cuts[-1] > TOLERANCE_M / 2:
            cuts.append(min(to, line.length))
            names.append(name)
    cuts[-1] = line.length
    for start, end, name in zip(cuts, cuts[1:], names, strict=False):
        yield substring(line, start, end), name
