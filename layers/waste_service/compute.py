"""Computes the waste service: who is too far from a TPS, how full each gets, and what stands too near to what."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, insert

from geo.dropoff import Gathered, gathered, metres_to_nearest, on_foot
from geo.snapping import Snapper
from geo.zones import middle
from layers.access.ground import FARTHEST_M
from layers.computing import keep, source
from layers.layer import Layer
from layers.waste_service import classified
from layers.waste_service.filling import UNKNOWN, Filling, filling
from layers.waste_service.ground import DROP_OFF, Ground, ground
from layers.waste_service.standards import Standard, standards, value
from layers.waste_service.table import WasteSiteService

LITRES_A_M3 = 1000.0
RIVERS_KNOWN_WITHIN_M = 10_000.0  # a map without any river for 10 km around has not been drawn there
NOBODY = Filling(None, None, None, None, UNKNOWN)

Numbers = NDArray[np.float64]
Row = dict[str, Any]


def compute(connection: Connection, layer: Layer) -> None:
    """Write what stands for every village on the map, and for every TPS, TPS3R and TPA."""
    found, known = ground(connection), standards(connection)
    limit = np.array([_reach(known, village.level) for village in found.villages])
    metres, site = _ways(found)
    cells, nearest = metres[len(found.villages) :], site[len(found.villages) :]
    counted = gathered(found.settled.people, cells, nearest, limit, len(found.drop_offs))
    litres = value(known, "litres")
    connection.execute(delete(WasteSiteService))
    sites = list(_sites(found, known, counted, litres))
    if sites:
        connection.execute(insert(WasteSiteService), sites)
    told = {"source": source(connection, layer)}
    keep(connection, layer, [told | row for row in _villages(found, counted, metres, limit, litres)])


def _reach(known: Mapping[str, Standard], level: str) -> float:
    limit = value(known, "reach_kota" if level == "kelurahan" else "reach_desa")
    return np.nan if limit is None else limit


def _ways(found: Ground) -> tuple[Numbers, NDArray[np.int64]]:
    """Give the metres on foot from a point in each village and from each cell, and the site they lead to."""
    network = found.edges.network
    walk = on_foot(network)
    snapper = Snapper(network, walk)
    places = snapper.snap(np.vstack([found.village_points, found.settled.points]), FARTHEST_M)
    sites = snapper.snap(found.site_points[found.drop_offs], FARTHEST_M)
    return metres_to_nearest(network, walk, places, sites)


def _villages(found: Ground, counted: Gathered, metres: Numbers, limit: Numbers, litres: float | None) -> Iterator[Row]:
    """Give the rows of the layer; where nobody is known to live, the way is that of the village's middle."""
    villages, everybody = len(found.villages), found.settled.by_zone
    lived = middle(found.settled.people, metres[villages:])
    stands_for = np.where(lived >= 0, lived + villages, np.arange(villages))
    shapes = found.written(found.village_shapes)
    for i, village in enumerate(found.villages):
        people = float(everybody[i]) if found.living else None
        far = None if people is None or np.isnan(counted.far[i]) else float(counted.far[i])
        share = None if far is None or not people else 100 * far / people
        yield {
            "source_id": village.code,
            "name": village.name,
            "village_code": village.code,
            "kind": classified(share),
            "people": _told(people),
            "people_source": found.living.source if found.living else None,
            "far": _told(far),
            "far_share": _told(share, 2),
            "metres": _told(metres[stands_for[i]], 0),
            "limit_m": _told(limit[i], 0),
            "waste_m3": _told(people * litres / LITRES_A_M3, 3) if people is not None and litres else None,
            "geom": shapes[i],
        }


def _sites(found: Ground, known: Mapping[str, Standard], counted: Gathered, litres: float | None) -> Iterator[Row]:
    """Give what is known of each site of the regency; who goes to a TPA are trucks, not people.

    Of those beyond the border neither all who come nor the homes around are known.
    """
    rivers, homes = (_away(found, shapes) for shapes in (found.rivers, found.settlement_shapes))
    rivers = np.where(rivers <= RIVERS_KNOWN_WITHIN_M, rivers, np.inf)
    place = {int(at): n for n, at in enumerate(found.drop_offs)}
    for i, site in enumerate(found.sites):
        if not found.home.holds(site.village_code):
            continue
        n, gets = place.get(i), NOBODY
        near = _told(counted.near[n], 9) if n is not None and found.living else None
        waste = near * litres / LITRES_A_M3 if near is not None and litres else None
        if n is not None:
            gets = filling(site, waste, value(known, "density"))
        group = "tps" if site.kind in DROP_OFF else "tpa"
        yield {
            "site_id": site.id,
            "people": _told(near),
            "nearest_people": _told(float(counted.nearest[n])) if n is not None and found.living else None,
            "waste_m3": _told(waste, 3),
            **vars(gets),
            "river_m": _told(rivers[i], 0),
            "homes_m": _told(homes[i], 0),
            "near_river": _nearer(rivers[i], value(known, f"river_{group}")),
            "near_homes": _nearer(homes[i], value(known, f"homes_{group}")),
        }


def _away(found: Ground, shapes: NDArray[Any]) -> Numbers:
    """Measure the metres from each site to the nearest of some shapes; infinite where there is none."""
    metres = np.full(len(found.sites), np.inf)
    if len(shapes):
        (at, _), away = shapely.STRtree(shapes).query_nearest(shapely.points(found.site_points), return_distance=True)
        metres[at] = away
    return metres


def _nearer(metres: float, limit: float | None) -> bool | None:
    """Say whether something is nearer than it may be; None where the distance or the limit is not known."""
    return None if limit is None or not np.isfinite(metres) else bool(metres < limit)


def _told(number: float | None, digits: int = 1) -> float | None:
    return None if number is None or not np.isfinite(number) else round(float(number), digits)
