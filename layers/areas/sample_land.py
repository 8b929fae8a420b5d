"""The sample land: villages about their centre points, with borders that are only approximate."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np
import shapely
from scipy.sparse.csgraph import minimum_spanning_tree

from geo import crs, territory
from geo.crs import Points
from geo.warp import Warp
from layers.areas import sample_facts
from layers.areas.sample_facts import DistrictFact, VillageFact

SEED = 1803
BORDER_WAVES = ((8000.0, 300.0), (2500.0, 88.0), (900.0, 28.0))
BORDER_STEP_M = 110.0
ROUNDING_M = 400.0
APART_M = 650.0
WIDE_KM2 = 8.0
BRIDGE_SHARES = (0.27, 0.45)
RING = 7
RING_SHARE = 0.62
STRANGERS_REACH_M = 2000.0
STRANGERS_SPACING_M = 2000.0


@dataclass(frozen=True)
class Village:
    """A village on the ground; `centre` (2,) and `shape` in metres."""

    fact: VillageFact
    centre: Points
    shape: Any
    is_seat: bool


@dataclass(frozen=True)
class Land:
    """The villages, and by code the seats of the kecamatan and the regency, in metres of the UTM zone `epsg`."""

    epsg: int
    villages: tuple[Village, ...]
    districts: tuple[DistrictFact, ...]
    seats: dict[str, int]

    @cached_property
    def outline(self) -> Any:
        """Unite all villages into the regency."""
        return shapely.coverage_union_all([v.shape for v in self.villages])

    def seat(self, code: str) -> Village:
        """Find the village in which a kecamatan, or the regency, has its office."""
        return self.villages[self.seats[code]]

    def degrees(self, shape: Any) -> Any:
        """Turn a shape from metres into longitude and latitude, rounded to about a centimetre."""
        return shapely.transform(shape, lambda xy: np.round(crs.to_degrees(xy, self.epsg), 7))

    def metres(self, point: Any) -> Points:
        """Turn a point in degrees into metres (2,)."""
        return np.asarray(crs.to_metres(shapely.get_coordinates(point), self.epsg)[0])


def dice(key: str) -> np.random.Generator:
    """Give chance that depends on the seed and the key alone, so that one change leaves all else as it was."""
    return np.random.default_rng([SEED, crc32(key.encode())])


def make() -> Land:
    """Make the land from the table of facts."""
    facts, districts = sample_facts.villages(), sample_facts.districts()
    epsg = crs.utm(facts[0].lon, facts[0].lat)
    points = _unrounded(facts, epsg)
    seated = {d.code: (d.lon, d.lat) for d in districts} | {sample_facts.REGENCY_CODE: sample_facts.REGENCY_SEAT}
    offices = crs.to_metres(np.array(list(seated.values())), epsg)
    seats = {code: _nearest_of(code, facts, points, place) for code, place in zip(seated, offices, strict=True)}
    shapes = _shapes(facts, points, offices, np.array(list(seats.values())))
    centres = points.copy()
    centres[list(seats.values())] = offices
    villages = [Village(f, centres[i], shapes[i], i in seats.values()) for i, f in enumerate(facts)]
    return Land(epsg, tuple(villages), tuple(districts), seats)


def _unrounded(facts: list[VillageFact], epsg: int) -> Points:
    """Undo the look of the rounding, which sets the points on a grid, and part those that fell together."""
    points = crs.to_metres(np.array([(f.lon, f.lat) for f in facts]), epsg)
    points += dice("rounding").uniform(-ROUNDING_M, ROUNDING_M, points.shape)
    return territory.spread(points, APART_M)


def _nearest_of(code: str, facts: list[VillageFact], points: Points, office: Points) -> int:
    own = [i for i, f in enumerate(facts) if f.code.startswith(code)]
    return own[int(np.argmin(np.hypot(*(points[own] - office).T)))]


def _shapes(facts: list[VillageFact], points: Points, offices: Points, seated: Any) -> list[Any]:
    """Share out the land: wide villages hold it with a ring of points, each seat and the way to it as well."""
    rings, ring_owners = _rings(facts, points, offices, seated)
    bridges, bridge_owners = _bridges(facts, points)
    held = np.vstack([points, offices, bridges, rings])
    owners = np.concatenate([np.arange(len(points)), seated, bridge_owners, ring_owners])
    strangers = territory.surround(held, STRANGERS_REACH_M, STRANGERS_SPACING_M, dice("strangers"))
    warp = Warp.make(dice("borders"), BORDER_WAVES)
    everyone = np.concatenate([owners, np.full(len(strangers), territory.NOBODY)])
    return territory.share_out(np.vstack([held, strangers]), everyone, warp, BORDER_STEP_M)


def _bridges(facts: list[VillageFact], points: Points) -> tuple[Points, Any]:
    """Keep the villages of a kecamatan together: points on the shortest lines that join them all."""
    district = np.array([f.district for f in facts])
    apart = np.hypot(*(points[:, None] - points).transpose(2, 0, 1)) * (district[:, None] == district)
    tree = minimum_spanning_tree(apart).tocoo()
    ends = np.column_stack([tree.row, tree.col])
    across = points[ends[:, ::-1]] - points[ends]
    bridges = np.concatenate([points[ends] + across * share for share in BRIDGE_SHARES]).reshape(-1, 2)
    owners = np.tile(ends.ravel(), len(BRIDGE_SHARES))
    room = territory.distance_to_others(points, bridges, owners) > APART_M / 2
    return bridges[room], owners[room]


def _rings(facts: list[VillageFact], points: Points, offices: Points, seated: Any) -> tuple[Points, Any]:
    angles = np.linspace(0, 2 * np.pi, RING, endpoint=False)
    wide = np.array([i for i, f in enumerate(facts) if f.area_km2 > WIDE_KM2])
    radius = RING_SHARE * np.sqrt(np.array([facts[i].area_km2 for i in wide]) * 1e6 / np.pi)
    turned = angles + wide[:, None]
    around = np.stack([np.cos(turned), np.sin(turned)], axis=2) * radius[:, None, None]
    rings = (points[wide][:, None] + around).reshape(-1, 2)
    owners = np.repeat(wide, RING)
    nearest = territory.nearest(np.vstack([points, offices]), rings)
    own = np.concatenate([np.arange(len(points)), seated])[nearest] == owners
    return rings[own], owners[own]
