"""Where the people of a regency live: by a raster of population, else by one made of their official number."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection, Row

from geo.grids import Grid
from geo.settled import Settled, counted, spread
from layers.areas.queries import Regency
from layers.db import sql
from layers.layer import Text
from layers.rasters import queries as rasters
from layers.rasters.made import Making, keep_made
from layers.rasters.queries import Raster

OWN_RASTER = "penduduk_perkiraan"
TITLE = Text("Sebaran penduduk, perkiraan", "Population, an estimate")
ESTIMATE = "Perkiraan: total resmi disebar menurut luas permukiman"


@dataclass(frozen=True)
class Living:
    """Where people live by village, who says so, whether that was computed rather than counted, and in which raster."""

    settled: Settled
    source: str
    estimate: bool
    raster: Path


def living(
    connection: Connection,
    home: Regency,
    villages: Sequence[Row[Any]],
    shapes: NDArray[Any],
    settlements: Sequence[Row[Any]],
    built_up: NDArray[Any],
) -> Living | None:
    """Tell where people live, all shapes in metres of the regency's zone; None where nobody knows how many they are.

    Where nobody has brought a raster of people, one is made and kept; it goes as soon as somebody brings one.
    """
    raster = given(connection)
    made: list[Making] = []
    if raster is None:
        totals = official(connection, home, villages, settlements, built_up)
        at = {village.code: i for i, village in enumerate(villages)}
        zone = np.array([at[settlement.village_code] for settlement in settlements], np.int64)
        if totals is not None:
            made = [_making(spread(totals, shapes, home.utm, zone, built_up), villages)]
    keep_made(connection, "population", made, home.bounds)
    raster = raster or rasters.raster(connection, OWN_RASTER)
    if raster is None:
        return None
    source = raster.source if raster.made else f"{raster.title.id}: {raster.source}"
    return Living(counted(rasters.file_of(raster), shapes, home.utm), source, raster.estimate, rasters.file_of(raster))


def _making(people: Grid, villages: Sequence[Row[Any]]) -> Making:
    said = sorted({village.population_source for village in villages if village.population_source})
    source = f"{ESTIMATE} ({'; '.join(said)})" if said else ESTIMATE
    return Making(OWN_RASTER, "population", TITLE, source, people, {})


def given(connection: Connection) -> Raster | None:
    """Find the newest raster of people that somebody brought, not the one made here."""
    known = [r for r in rasters.rasters(connection) if r.kind.id == "population" and not r.made]
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
