"""The sample land's places: the heart of each village and its hamlets, with their lanes and built-up land."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from geo import streets
from geo.crs import Points
from layers.areas import sample_names
from layers.areas.sample_land import Land, Village, dice
from layers.areas.sample_ways import Network

TOWN_SHARE, VILLAGE_SHARE = 0.6, 0.45
PEOPLE_A_HAMLET = 800
MOST_HAMLETS = 8
MOST_QUARTERS = 20
ON_ROAD_SHARE = 0.5
TRIES = 80
APART_M, APART_IN_TOWN_M = 650.0, 330.0
FROM_BORDER_M = 130.0
SPUR_M = (150.0, 2600.0)
LANE_M = (70.0, 230.0)
HOUSE_DEPTH_M = 45.0
SPUR_STEP_M = 50.0


@dataclass(frozen=True)
class Place:
    """A built-up place of a village; `hosts` are the roads it grew along, `lanes` its own streets, in metres."""

    village: int
    name: str
    is_heart: bool
    centre: Points
    people: int
    spur: Points | None
    hosts: tuple[Points, ...]
    lanes: tuple[Points, ...]
    shape: Any


@dataclass(frozen=True)
class _Site:
    """A place before it has streets; `reach` in metres."""

    village: int
    name: str
    is_heart: bool
    centre: Points
    people: int
    spur: Points | None = None

    @property
    def reach(self) -> float:
        """How far from its centre it has grown along its roads."""
        return float(150 + 10.5 * np.sqrt(self.people))


def places(land: Land, network: Network) -> tuple[Place, ...]:
    """Settle every village: hearts first, then hamlets, each in the order of the villages."""
    sites = _hearts(land) + _hamlets(land, network)
    hosts = [_hosts(site, network) for site in sites]
    spurs = [site.spur for site in sites if site.spur is not None]
    lanes = _lanes(sites, hosts, [*network.lines, *spurs])
    settled = []
    for site, roads, own in zip(sites, hosts, lanes, strict=True):
        shape = streets.built_up([*roads, *own], HOUSE_DEPTH_M, land.villages[site.village].shape)
        values = (site.village, site.name, site.is_heart, site.centre, site.people, site.spur)
        settled.append(Place(*values, tuple(roads), tuple(own), shape))
    return tuple(settled)


def _hearts(land: Land) -> list[_Site]:
    return [_Site(i, v.fact.name, True, v.centre, _heart_people(v)) for i, v in enumerate(land.villages)]


def _heart_people(village: Village) -> int:
    share = TOWN_SHARE if village.fact.level == "kelurahan" or village.is_seat else VILLAGE_SHARE
    return round(village.fact.population * share)


def _hamlets(land: Land, network: Network) -> list[_Site]:
    """Find hamlets whose spurs cross neither a road nor each other."""
    found = [site for i, village in enumerate(land.villages) for site in _hamlets_of(i, village, network)]
    drawn = [site for site in found if site.spur is not None]
    clear = streets.uncrossed([site.spur for site in drawn if site.spur is not None], network.lines)
    crossing = {id(site) for site, free in zip(drawn, clear, strict=True) if not free}
    return [site for site in found if id(site) not in crossing]


def _hamlets_of(number: int, village: Village, network: Network) -> list[_Site]:
    random = dice(f"dusun {village.fact.code}")
    is_town = village.fact.level == "kelurahan"
    most, apart = (MOST_QUARTERS, APART_IN_TOWN_M) if is_town else (MOST_HAMLETS, APART_M)
    wanted = int(np.clip(round(village.fact.population / PEOPLE_A_HAMLET), 1, most))
    people = round((village.fact.population - _heart_people(village)) / wanted)
    names = sample_names.quarters(wanted) if is_town else sample_names.hamlets(random, wanted)
    sites: list[_Site] = []
    taken = [village.centre]
    for point in _candidates(village, network, random):
        if len(sites) == wanted:
            break
        if min(np.hypot(*(np.array(taken) - point).T)) < apart:
            continue
        spur = _spur(point, network, random)
        if spur is None or SPUR_M[0] < np.hypot(*(spur[-1] - spur[0])) < SPUR_M[1]:
            sites.append(_Site(number, names[len(sites)], False, point, people, spur))
            taken.append(point)
    return sites


def _candidates(village: Village, network: Network, random: np.random.Generator) -> Points:
    """Draw points of a village, some of them vertices of its roads."""
    low, high = np.array(village.shape.bounds).reshape(2, 2)
    drawn = random.uniform(low, high, (TRIES, 2))
    tree, _ = network.vertices
    on_road = tree.data[tree.query(drawn)[1]]
    points = np.where(random.random((TRIES, 1)) < ON_ROAD_SHARE, on_road, drawn)
    inside = shapely.contains_xy(village.shape.buffer(-FROM_BORDER_M), points)
    return np.asarray(points[inside])


def _spur(point: Points, network: Network, random: np.random.Generator) -> Points | None:
    """Lead from the nearest road to a hamlet; None where the hamlet lies on the road."""
    tree, _ = network.vertices
    distance, nearest = tree.query(point)
    return None if distance < 1 else streets.spur(np.asarray(tree.data[nearest]), point, random, SPUR_STEP_M)


def _hosts(site: _Site, network: Network) -> list[Points]:
    """Cut the roads near a place out of the network, vertex by vertex."""
    tree, numbers = network.vertices
    near = numbers[sorted(tree.query_ball_point(site.centre, site.reach))]
    roads = [network.lines[edge][near[near[:, 0] == edge, 1]] for edge in np.unique(near[:, 0])]
    if site.spur is not None:
        roads.append(site.spur[np.hypot(*(site.spur - site.centre).T) < site.reach])
    return [road for road in roads if len(road) > 1]


def _lanes(sites: list[_Site], hosts: list[list[Points]], roads: list[Points]) -> list[list[Points]]:
    """Lay out each place's lanes and the streets behind them, none crossing another or a road."""
    drawn = [
        (i, *lane) for i, site in enumerate(sites) for n, road in enumerate(hosts[i]) for lane in _along(site, n, road)
    ]
    free = streets.uncrossed([lane for _, _, lane in drawn], roads)
    kept = [entry for entry, clear in zip(drawn, free, strict=True) if clear]
    joined = [(a[0], streets.back_street(a[2], b[2])) for a, b in pairwise(kept) if a[:2] == b[:2]]
    backs = [(i, line) for i, line in joined if line is not None]
    clear = streets.uncrossed([line for _, line in backs], [*roads, *(lane for _, _, lane in kept)])
    own: list[list[Points]] = [[] for _ in sites]
    for i, _, lane in kept:
        own[i].append(lane)
    for (i, line), is_clear in zip(backs, clear, strict=True):
        if is_clear:
            own[i].append(line)
    return own


def _along(site: _Site, number: int, road: Points) -> list[tuple[int, Points]]:
    """Draw lanes to both sides of a road, longer near the heart; each with its side."""
    random = dice(f"lorong {site.village} {site.name} {number}")
    lanes = []
    for side in (-1, 1):
        for base in range(int(random.integers(1, 3)), len(road) - 1, int(random.integers(2, 4))):
            nearness = 1 - np.hypot(*(road[base] - site.centre)) / site.reach
            if random.random() < 0.55 + 0.45 * nearness:
                length = random.uniform(*LANE_M) * (0.6 + 0.8 * max(nearness, 0))
                lanes.append((side, streets.lanes(road, base, side, length, random.uniform(-0.25, 0.25))))
    return lanes
