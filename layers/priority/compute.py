"""Computes the priorities: every road with its criteria, ranked by the usual weights, and what could be built."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Connection, delete, insert

from geo.crs import to_degrees, to_metres
from geo.scenario import Numbers
from layers.areas.queries import regency
from layers.computing import NothingToComputeError, keep, source
from layers.db import sql
from layers.layer import Layer, Text
from layers.priority.candidates import candidates, left_out
from layers.priority.criteria import CAP, USUAL
from layers.priority.linking import NO_ROAD
from layers.priority.network import ground
from layers.priority.proposals import keep_proposals
from layers.priority.ranking import Judged, judge, standing
from layers.priority.table import LeftOut
from layers.priority.treatments import treatments
from layers.priority.values import Facts, values
from layers.roads.edges import RoadEdges
from layers.roads.speeds import CONDITIONS

NOTHING = Text(
    "batas kabupaten atau jalannya belum ada; masukkan lapisan Wilayah dan Jalan.",
    "there is no border of the regency, or no road in it; import the layers Areas and Roads.",
)

Row = dict[str, Any]


def compute(connection: Connection, layer: Layer) -> None:
    """Write every candidate of the regency.

    Raises NothingToComputeError before its boundary and a road are known, and where hardly two roads meet.
    """
    home = regency(connection)
    roads = connection.execute(sql("priority/candidates.sql"), {"regency": home.code}).all() if home else []
    if not home or not roads:
        raise NothingToComputeError(NOTHING)
    known, shared = facts(connection, roads), {"source": source(connection, layer)}
    keep(connection, layer, [shared | row for row in _rows(known)])
    connection.execute(delete(LeftOut))
    keep_proposals(connection, home, known, {road.id: road.name for road in roads})
    keep_left_out(connection, known.ground.edges, roads)


def keep_left_out(connection: Connection, edges: RoadEdges, roads: Sequence[Any]) -> None:
    """Keep which roads are judged nowhere, each with the road on top of which its middle was drawn."""
    gone = [road.id for road in left_out(edges, roads)]
    middles = connection.execute(sql("priority/middles.sql"), {"roads": gone}).all() if gone else []
    if not middles:
        return
    drawn = np.flatnonzero(edges.road != NO_ROAD)
    at = to_metres(np.array([(one.lon, one.lat) for one in middles]), edges.network.epsg)
    nearest = edges.road[drawn[shapely.STRtree(edges.network.lines[drawn]).nearest(shapely.points(at))]]
    rows = [{"road_id": one.id, "beneath": int(road)} for one, road in zip(middles, nearest, strict=True)]
    connection.execute(insert(LeftOut), rows)


def facts(connection: Connection, roads: Sequence[Any]) -> Facts:
    """Gather what the criteria are told from, for some roads of the regency (rows of candidates.sql)."""
    known = ground(connection)
    asked = {"roads": [road.id for road in roads], "cap": CAP}
    complaints = connection.execute(sql("priority/complaints_on_roads.sql"), asked).all()
    figures = {(row.criterion, row.key): row.value for row in connection.execute(sql("priority/figures.sql"))}
    return Facts(known, treatments(connection), candidates(known.edges, roads), complaints, figures)


def _rows(facts: Facts) -> Iterator[Row]:
    found = values(facts)
    places = _places(facts, found)
    shapes = shapely.transform(facts.lines, lambda metres: to_degrees(metres, facts.ground.edges.network.epsg))
    for i, one in enumerate(facts.candidates):
        judged = places.get(i)
        yield {
            "source_id": one.key,
            "name": one.road.name,
            "village_code": one.road.village_code,
            "checked_on": one.road.condition_on,
            "road_id": one.road.id,
            "unit": one.unit,
            "owner": one.road.status,
            "standing": standing(judged.rank if judged else None) if one.own else "usulan",
            "rank": judged.rank if judged else None,
            "score": judged.score if judged else None,
            "rests_on": judged.rests_on if judged else 0.0,
            "length_m": float(facts.ground.edges.network.length_m[one.edges].sum()),
            "from_m": one.from_m,
            "to_m": one.to_m,
            "treatment": _treatment(facts, one.edges),
            "cost_rp": _known(facts.price[i]),
            "cost_made_up": facts.treatments.made_up,
            **{key: _known(value[i]) for key, value in found.items()},
            "geom": f"SRID=4326;{shapes[i].wkt}",
        }


def _places(facts: Facts, found: Mapping[str, Numbers]) -> dict[int, Judged]:
    """Rank whole roads, and parts, of the regency; each by themselves."""
    places: dict[int, Judged] = {}
    for unit in ("ruas", "bagian"):
        mine = [i for i, one in enumerate(facts.candidates) if one.own and one.unit == unit]
        rows = [{key: _known(value[i]) for key, value in found.items()} for i in mine]
        places |= dict(zip(mine, judge(rows, USUAL), strict=True)) if mine else {}
    return places


def _treatment(facts: Facts, edges: Any) -> str | None:
    codes = np.unique(facts.ground.edges.condition[edges])
    names = [row.name for name, row in facts.treatments.by_condition.items() if CONDITIONS.index(name) in codes]
    return ", ".join(dict.fromkeys(names)) or None


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
