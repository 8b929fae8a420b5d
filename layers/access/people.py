"""Where the people of a regency live: by a raster of population, else their official number spread over settlements."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection, Row

from geo.settled import Settled, counted, estimated
from layers.areas.queries import Regency
from layers.db import sql
from layers.rasters import queries as rasters
from layers.rasters.queries import Raster
from layers.settings import Settings

OWN_RASTER = "penduduk-perkiraan"
ESTIMATE = "Perkiraan: total resmi disebar menurut luas permukiman"


@dataclass(frozen=True)
class Living:
    """Where people live by village, who says so, and whether that was computed rather than counted."""

    settled: Settled
    source: str
    estimate: bool


def living(
    connection: Connection,
    home: Regency,
    villages: Sequence[Row[Any]],
    shapes: NDArray[Any],
    settlements: Sequence[Row[Any]],
    built_up: NDArray[Any],
    epsg: int,
) -> Living | None:
    """Tell where people live, all shapes in metres of `epsg`; None where nobody knows how many they are."""
    raster = given(connection)
    if raster:
        settled = counted(_file(raster), shapes, epsg)
        return Living(settled, f"{raster.title}: {raster.source}", raster.estimate)
    totals = official(connection, home, villages, settlements, built_up)
    if totals is None:
        return None
    at = {village.code: i for i, village in enumerate(villages)}
    zone = np.array([at[settlement.village_code] for settlement in settlements], np.int64)
    middles = shapely.get_coordinates(shapely.point_on_surface(shapes))
    said = sorted({village.population_source for village in villages if village.population_source})
    source = f"{ESTIMATE} ({'; '.join(said)})" if said else ESTIMATE
    return Living(estimated(totals, middles, zone, built_up), source, estimate=True)


def given(connection: Connection) -> Raster | None:
    """Find the newest raster of people that somebody brought, not the one made here."""
    known = [r for r in rasters.rasters(connection) if r.kind.id == "population" and r.id != OWN_RASTER]
    return max(known, key=lambda raster: raster.at, default=None)


def official(
    connection: Connection,
    home: Regency,
    villages: Sequence[Row[Any]],
    settlements: Sequence[Row[Any]],
    built_up: NDArray[Any],
) -> NDArray[np.float64] | None:
    """Give the people of each village: their official number, else the regency's by what is built up in each."""
    known = [village.population for village in villages]
    if all(people is not None for people in known):
        return np.array(known, float)
    total = connection.scalar(sql("access/official_people.sql"), {"code": home.code})
    if total is None or not len(built_up):
        return None
    at = {village.code: i for i, village in enumerate(villages)}
    built = np.zeros(len(villages))
    np.add.at(built, [at[settlement.village_code] for settlement in settlements], shapely.area(built_up))
    return np.asarray(total * built / built.sum(), np.float64)


def _file(raster: Raster) -> Path:
    return rasters.home(Settings.from_environment(default_database="").data_dir) / raster.file
