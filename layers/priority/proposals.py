"""What could be built, each thing with what it alone would bring: links, offices, TPS and towers. Worker only."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Connection, delete

from geo.crs import to_degrees
from geo.openings import Openings, open_each
from geo.scenario import Numbers
from layers.access.existing import under_signal
from layers.access.land import box_around
from layers.areas.naming import Named, named
from layers.areas.queries import Regency, village_at
from layers.db import sql
from layers.offices.kinds import KINDS
from layers.priority.candidates import Candidate, links
from layers.priority.criteria import CAP, SIGNAL_M, WALK_MIN, WITHIN_MIN
from layers.priority.network import MODE, Ground
from layers.priority.table import Proposal
from layers.priority.units import COLLECTION, LINK, OFFICE, TOWER
from layers.priority.values import ON_THE_ROAD, Facts, facilities_beside, minutes_saved, people_connected
from layers.roads.speeds import SEASONS

TITLES = {kind.id: kind.title.id for kind in KINDS}
UNKNOWN_NAME = "jalan tanpa nama"
Row = dict[str, Any]


@dataclass(frozen=True)
class Building:
    """What proposals are told from: the facts, the names of villages, and the complaints of each by category."""

    facts: Facts
    villages: Mapping[str, Named]
    voices: Mapping[tuple[str, str], float]

    @property
    def ground(self) -> Ground:
        """Give the network."""
        return self.facts.ground

    @cached_property
    def sites(self) -> list[str]:
        """List the villages in the order of the places where something may be built."""
        return [str(code) for code in self.ground.homes.villages[self.ground.homes.sites]]

    @cached_property
    def site_at(self) -> Numbers:
        """Give these places in metres of the network."""
        return np.asarray(self.ground.homes.at[self.ground.homes.sites])

    def poverty(self, code: str | None) -> float | None:
        """Look up the poverty of a village."""
        return self.facts.figures.get(("poverty", code or ""))

    def row(self, unit: str, key: str, name: str, code: str | None, shape: shapely.Geometry, **criteria: Any) -> Row:
        """Make a row; what is not known of it is left out."""
        epsg = self.ground.edges.network.epsg
        degrees = shapely.transform(shape, lambda metres: to_degrees(metres, epsg))
        told = criteria | {"poverty": self.poverty(code)}
        return {
            "unit": unit,
            "key": key,
            "name": name,
            "village_code": code,
            "length_m": float(shapely.length(shape)),
            "criteria": {name: float(v) for name, v in told.items() if v is not None and np.isfinite(v)},
            "wkt": degrees.wkt,
        }


def keep_proposals(connection: Connection, home: Regency, facts: Facts, names: Mapping[int, str | None]) -> None:
    """Work out everything that could be built in the regency, and keep it."""
    building = Building(facts, named(connection, map(str, facts.ground.homes.villages)), _voices(connection))
    rows = [*_links(connection, home, building, names), *_sites(building), *_towers(connection, home, building)]
    connection.execute(delete(Proposal).where(Proposal.key.not_in([row["key"] for row in rows])))
    connection.execute(sql("priority/keep_proposals.sql"), {"rows": json.dumps(rows)})


def _voices(connection: Connection) -> dict[tuple[str, str], float]:
    rows = connection.execute(sql("priority/complaints_of_villages.sql"), {"cap": CAP})
    return {(row.category, row.village_code): float(row.voices) for row in rows}


def _links(connection: Connection, home: Regency, building: Building, names: Mapping[int, str | None]) -> Iterator[Row]:
    """Tell of the links that lie in the regency."""
    ground, found = building.ground, links(building.ground.linked, names)
    judged = replace(building.facts, candidates=found)
    saved, connected, beside = (value(judged) for value in (minutes_saved, people_connected, facilities_beside))
    for i, one in enumerate(found):
        code = _village(connection, home, judged, one)
        if code is not None:
            told = {"saved": saved[i], "connected": connected[i], "facilities": beside[i]}
            name = f"Sambungan {one.road.name or UNKNOWN_NAME}"
            shape, round_m = ground.links.lines[i], ground.links.round_m[i]
            yield building.row(LINK, one.key, name, code, shape, way_round=round_m / 1000, **told)


def _village(connection: Connection, home: Regency, judged: Facts, link: Candidate) -> str | None:
    """Tell in which village of the regency the middle of a link lies; None beyond its border."""
    network = judged.ground.edges.network
    middle = shapely.line_interpolate_point(network.lines[link.edges[0]], 0.5, normalized=True)
    [(lon, lat)] = to_degrees(shapely.get_coordinates(middle), network.epsg).tolist()
    village = village_at(connection, lon, lat)
    return village.code if village and home.holds(village.code) else None


def _sites(building: Building) -> Iterator[Row]:
    """Tell of a new office of each kind, and of a new TPS, at every place where one may be built."""
    for ground in building.ground.everybody:
        for trip, brought in zip(ground.offered, _opened(ground), strict=True):
            unit = OFFICE if ground.mode == MODE else COLLECTION
            for i, code in enumerate(building.sites):
                told = {name: float(v[i]) for name, v in brought.items()} if ground.homes.known else {}
                if unit == COLLECTION:
                    told["complaints"] = building.voices.get(("sampah", code), 0.0)
                name = f"{TITLES.get(trip.kind, 'TPS')} baru di {_called(building, code)}"
                spot = shapely.Point(building.site_at[i])
                yield building.row(unit, f"{unit}:{trip.kind}:{code}", name, code, spot, **told)


def _opened(ground: Ground) -> Iterator[dict[str, Numbers]]:
    """Value each kind of office at every place, in both seasons; who is served is told of the dry one."""
    within = WITHIN_MIN if ground.mode == MODE else WALK_MIN
    services = ground.services()
    by_season: list[list[Openings]] = [
        open_each(ground.roads(season), services, ground.sites, within) for season in SEASONS
    ]
    for service, *seasons in zip(services, *by_season, strict=True):
        yield {
            "saved": service.weight * np.sum([one.person_minutes for one in seasons], axis=0),
            "connected": np.max([one.connected for one in seasons], axis=0),
            "served": seasons[0].served,
        }


def _towers(connection: Connection, home: Regency, building: Building) -> Iterator[Row]:
    """Tell of a new tower at every place; whom it serves is not known where no tower is on record at all."""
    box = box_around(home)
    rows = connection.execute(sql("access/signal_there.sql"), box).all()
    ground, epsg = building.ground, building.ground.edges.network.epsg
    schools = ground.office_at[np.isin(ground.kinds, ON_THE_ROAD)]
    counted = []
    for points, each in ((ground.homes.at, ground.homes.people), (schools, np.ones(len(schools)))):
        without = ~under_signal(rows, points, epsg, SIGNAL_M).any(axis=1)
        near = shapely.STRtree(shapely.points(points[without])).query(
            shapely.points(building.site_at), "dwithin", SIGNAL_M
        )
        counted.append(np.bincount(near[0], each[without][near[1]], len(building.sites)))
    for i, code in enumerate(building.sites):
        signal, facilities = (float(column[i]) if rows else None for column in counted)
        signal = signal if ground.homes.known else None
        told = {"signal": signal, "facilities": facilities, "complaints": building.voices.get(("internet", code), 0.0)}
        name = f"Menara baru di {_called(building, code)}"
        yield building.row(TOWER, f"{TOWER}::{code}", name, code, shapely.Point(building.site_at[i]), **told)


def _called(building: Building, code: str) -> str:
    known = building.villages.get(code)
    return known.name if known else code
