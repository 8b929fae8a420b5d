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
from layers.areas.estimates import GUESSED, SPREAD, WITHOUT
from layers.areas.queries import Regency
from layers.db import sql
from layers.layer import Text
from layers.rasters import queries as rasters
from layers.rasters.made import Making, keep_made
from layers.rasters.queries import Raster
from layers.rasters.reading import readable

Numbers = NDArray[np.float64]

MOST_NAMED = 5  # villages without a number, in the name of a source
OWN_RASTER = "penduduk_perkiraan"
TITLE = Text("Sebaran penduduk, perkiraan", "Population, an estimate")


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

    Where nobody has brought a raster of people, one is made and kept; it goes as soon as somebody brings one. Raises
    NothingToComputeError where the file of one that was brought cannot be read.
    """
    raster = given(connection)
    made: list[Making] = []
    if raster is None:
        at = {village.code: i for i, village in enumerate(villages)}
        zone = np.array([at[settlement.village_code] for settlement in settlements], np.int64)
        built = np.asarray(np.bincount(zone, shapely.area(built_up), len(villages)), np.float64)
        totals = official(connection, home, villages, shapes, built)
        if totals is not None:
            made = [_making(spread(totals, shapes, home.utm, zone, built_up), villages)]
    keep_made(connection, "population", made, home.bounds)
    raster = raster or rasters.raster(connection, OWN_RASTER)
    if raster is None:
        return None
    source = raster.source if raster.made else f"{raster.title.id}: {raster.source}{GUESSED if raster.estimate else ''}"
    with readable(raster):
        settled = counted(rasters.file_of(raster), shapes, home.utm)
    return Living(settled, source, raster.estimate, rasters.file_of(raster))


def _making(people: Grid, villages: Sequence[Row[Any]]) -> Making:
    said = sorted({village.population_source for village in villages if village.population_source})
    source = f"{SPREAD} ({'; '.join(said)})" if said else SPREAD
    lacking = [str(village.name) for village in villages if village.population is None]
    if lacking and len(lacking) < len(villages):
        more = f", dan {len(lacking) - MOST_NAMED} lainnya" if len(lacking) > MOST_NAMED else ""
        source += f"{WITHOUT}{', '.join(lacking[:MOST_NAMED])}{more}"
    return Making(OWN_RASTER, "population", TITLE, source, people, {})


def given(connection: Connection) -> Raster | None:
    """Find the newest raster of people that somebody brought, not the one made here."""
    known = [r for r in rasters.rasters(connection) if r.kind.id == "population" and not r.made]
    return max(known, key=lambda raster: raster.at, default=None)


def official(
    connection: Connection, home: Regency, villages: Sequence[Row[Any]], shapes: NDArray[Any], built: Numbers
) -> Numbers | None:
    """Give the people of each village: the official number, or, where a village lacks one, its share of the rest.

    The rest is what the regency's official number leaves over, else what the villages lack if they are as full as the
    others; it is shared by what is built up in each (m²), or by its land where nothing is mapped. None where nobody
    knows any number.
    """
    known = np.array([np.nan if village.population is None else village.population for village in villages])
    lacking = np.isnan(known)
    if not lacking.any():
        return known
    total = connection.scalar(sql("access/official_people.sql"), {"code": home.code})
    if lacking.all() and (total is None or not built.any()):
        return None
    mapped = built[lacking].any() and (lacking.all() or built[~lacking].any())
    wide = built if mapped else shapely.area(shapes)
    rest = (total or 0) - np.nansum(known)
    if rest <= 0 and wide[~lacking].any():
        rest = np.nansum(known) * wide[lacking].sum() / wide[~lacking].sum()
    known[lacking] = max(rest, 0.0) * wide[lacking] / wide[lacking].sum()
    return known
