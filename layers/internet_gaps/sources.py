"""What is known of internet around the regency: towers, coverage, rasters, measurements and words of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row

from geo.rasters import cell_m, grid
from geo.relief import Relief
from layers.db import sql
from layers.internet_gaps.ground import SIZE_M, Ground
from layers.internet_gaps.rules import COARSEST_TERRAIN_M, LASTING
from layers.rasters import queries as rasters
from layers.rasters.queries import Raster
from layers.rasters.reading import readable
from layers.records.preferences import TIME_ZONE, preference

AROUND_M = 12_000.0
TERRAIN_M = 100.0
LOUDEST_DBM = 0.0  # what is louder is no signal strength: another unit, or a mark for "no value"


@dataclass(frozen=True)
class Sources:
    """All that is known; `terrain` is the raster of heights, `coarse` whether it is too coarse to be used.

    `zone` is that of the regency, by which a measurement is of a day.
    """

    sites: Sequence[Row[Any]]
    phones: Sequence[Row[Any]]
    reports: Sequence[Row[Any]]
    terrain: Raster | None
    coarse: bool
    relief: Relief | None
    signals: Sequence[NDArray[np.float64]]
    zone: ZoneInfo


def sources(connection: Connection, land: Ground) -> Sources:
    """Read all that is known of the internet of a regency; raises NothingToComputeError for a raster that is lost."""
    lately = land.box | {"lasting": LASTING}
    terrain = _newest(connection, "terrain")
    coarse = terrain is not None and _cell_m(terrain) > COARSEST_TERRAIN_M
    return Sources(
        sites=connection.execute(sql("internet_gaps/sites.sql"), land.box).all(),
        phones=connection.execute(sql("internet_gaps/phones.sql"), lately).all(),
        reports=connection.execute(sql("internet_gaps/silent_reports.sql"), lately).all(),
        terrain=terrain,
        coarse=coarse,
        relief=_relief(terrain, land) if terrain and not coarse else None,
        signals=[_signal(raster, land) for raster in rasters.rasters(connection) if raster.kind.id == "signal"],
        zone=ZoneInfo(preference(connection, TIME_ZONE)),
    )


def _newest(connection: Connection, kind: str) -> Raster | None:
    known = [raster for raster in rasters.rasters(connection) if raster.kind.id == kind]
    return max(known, key=lambda raster: raster.at, default=None)


def _cell_m(raster: Raster) -> float:
    with readable(raster):
        return cell_m(rasters.file_of(raster))


def _relief(terrain: Raster, land: Ground) -> Relief:
    """Bring heights onto a grid of 100 m that reaches beyond the border as far as towers do."""
    west, south = land.middles.min(axis=0) - AROUND_M
    east, north = land.middles.max(axis=0) + AROUND_M
    across, up = (np.ceil(span / TERRAIN_M) * TERRAIN_M for span in (east - west, north - south))
    box = (float(west), float(north - up), float(west + across), float(north))
    with readable(terrain):
        heights = grid(rasters.file_of(terrain), land.home.utm, box, TERRAIN_M, "average")
    return Relief(heights, box[0], box[3], TERRAIN_M)


def _signal(raster: Raster, land: Ground) -> NDArray[np.float64]:
    """Read the signal (dBm) of a raster in each cell; NaN where it tells none."""
    west, south = land.cells.min(axis=0) * SIZE_M
    east, north = (land.cells.max(axis=0) + 1) * SIZE_M
    box = (float(west), float(south), float(east), float(north))
    column, row = (land.cells - land.cells.min(axis=0)).T
    with readable(raster):
        values = grid(rasters.file_of(raster), land.home.utm, box, SIZE_M, "average")[::-1][row, column]
    return np.where(values <= LOUDEST_DBM, values, np.nan)
