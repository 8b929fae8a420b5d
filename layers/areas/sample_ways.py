"""The sample land's ways: main roads between villages, spurs to hamlets, lanes about both."""

import csv
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo import crs, roadnet
from geo.crs import Points
from geo.roadnet import Edges
from geo.warp import Warp
from layers.areas.sample_facts import FACTS
from layers.areas.sample_land import Land, dice

ROAD_WAVES = ((7000.0, 215.0), (2200.0, 68.0), (800.0, 18.0))
STATUSES = ("nasional", "provinsi", "kabupaten", "desa")
STEP_M = 55.0
DETOUR = 2.3
UNBUILT = len(STATUSES)
COST_BY_STATUS = (0.6, 0.6, 0.7, 1.0, 1.12)  # those built are used again; a new link costs a little more
BEYOND_PEOPLE = 4000.0
BUSY_SHARE = 0.38


@dataclass(frozen=True)
class Gateway:
    """Where a main road leaves the regency, and towards what."""

    id: str
    towards: str
    place: Points


@dataclass(frozen=True)
class Network:
    """Roads between villages and gateways: `edges` (m, 2) number `nodes` (n, 2), villages first, then gateways.

    `lines` are the drawn edges from first to second node in metres, `status` numbers STATUSES.
    """

    gateways: tuple[Gateway, ...]
    nodes: Points
    edges: Edges
    status: NDArray[np.int_]
    lines: tuple[Points, ...]
    roads: tuple[tuple[int, ...], ...]

    @cached_property
    def vertices(self) -> tuple[cKDTree, NDArray[np.int_]]:
        """Index all vertices of the lines, with the number of their edge and their place in its line."""
        places = [np.column_stack([np.full(len(line), i), np.arange(len(line))]) for i, line in enumerate(self.lines)]
        return cKDTree(np.concatenate(self.lines)), np.concatenate(places)


def network(land: Land) -> Network:
    """Join the villages by a relative-neighbourhood graph, bent a little, and rank the links."""
    gateways = _gateways(land)
    nodes = np.vstack([[v.centre for v in land.villages], [g.place for g in gateways]])
    warp = Warp.make(dice("roads"), ROAD_WAVES)
    straight = warp.straighten(nodes)
    edges, status = _ranked(land, gateways, straight)
    onward = roadnet.continuations(straight, edges, status)
    lines = [warp.bend(line) for line in roadnet.curves(straight, edges, onward, STEP_M)]
    for line, ends in zip(lines, edges, strict=True):
        line[[0, -1]] = nodes[ends]
    roads = roadnet.chains(edges, onward, status, land.seats.values())
    return Network(gateways, nodes, edges, status, tuple(lines), tuple(map(tuple, roads)))


def _gateways(land: Land) -> tuple[Gateway, ...]:
    border = shapely.get_exterior_ring(land.outline)
    with (FACTS / "gateways.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wished = crs.to_metres(np.array([(float(r["lon"]), float(r["lat"])) for r in rows]), land.epsg)
    found = [border.interpolate(border.project(shapely.Point(xy))) for xy in wished]
    return tuple(Gateway(r["id"], r["towards"], np.array(p.coords[0])) for r, p in zip(rows, found, strict=True))


def _ranked(land: Land, gateways: tuple[Gateway, ...], points: Points) -> tuple[Edges, NDArray[np.int_]]:
    """Choose the links: the routes of the table first, then those between seats and the busiest, the rest is desa."""
    links = roadnet.triangulation(points)
    links = links[(links < len(land.villages)).any(axis=1)]  # what joins two gateways lies beyond the border
    grown = roadnet.add_shortcuts(points, roadnet.relative_neighbours(points), DETOUR)
    status = np.where(_among(links, grown), STATUSES.index("desa"), UNBUILT)
    stops = dict(land.seats) | {g.id: len(land.villages) + i for i, g in enumerate(gateways)}
    lengths = roadnet.lengths(points, links)
    for rank, wanted in _routes(land, points, stops):
        costs = lengths * np.array(COST_BY_STATUS)[status]
        for a, b in pairwise(wanted):
            way = roadnet.route(points, links, a, b, costs)
            status[way] = np.minimum(status[way], rank)
    links, status = links[status != UNBUILT], status[status != UNBUILT]
    return links, _with_busy(land, points, links, status)


def _among(links: Edges, chosen: Edges) -> NDArray[np.bool_]:
    known = set(map(tuple, chosen))
    return np.array([tuple(link) in known for link in links])


def _with_busy(land: Land, points: Points, links: Edges, status: NDArray[np.int_]) -> NDArray[np.int_]:
    """Raise the busiest of the desa roads to kabupaten roads, and those of a kelurahan, which owns none."""
    people = np.full(len(points), BEYOND_PEOPLE)
    people[: len(land.villages)] = [v.fact.population for v in land.villages]
    load = roadnet.traffic(points, links, people)
    rest = status == STATUSES.index("desa")
    busy = load > np.quantile(load[rest], 1 - BUSY_SHARE)
    town = np.array([v.fact.level == "kelurahan" for v in land.villages] + [False] * (len(points) - len(land.villages)))
    return np.where(rest & (busy | town[links].any(axis=1)), STATUSES.index("kabupaten"), status)


def _routes(land: Land, points: Points, stops: dict[str, int]) -> list[tuple[int, list[int]]]:
    with (FACTS / "routes.csv").open(encoding="utf-8", newline="") as file:
        listed = [(STATUSES.index(r["status"]), [stops[s] for s in r["stops"].split()]) for r in csv.DictReader(file)]
    seats = np.array(list(land.seats.values()))
    between = roadnet.add_shortcuts(points[seats], roadnet.relative_neighbours(points[seats]), DETOUR)
    return listed + [(STATUSES.index("kabupaten"), [int(s) for s in seats[pair]]) for pair in between]
