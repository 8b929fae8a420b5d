"""Rasters that computed layers make here: kept like those that were brought, written anew only where they differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from geo import grids, rasters
from geo.grids import Grid
from geo.ramps import Bounds
from layers.layer import Text
from layers.rasters.acts import ONE_AT_A_TIME, sweep
from layers.rasters.kinds import CLASSES, KINDS
from layers.rasters.queries import home
from layers.rasters.table import MadeRaster
from layers.settings import Settings


@dataclass(frozen=True)
class Making:
    """A raster to be kept: its id (with an underscore, so that none that is brought has it), and who says so.

    `tags` go into the file beside title, source and unit.
    """

    id: str
    kind: str
    title: Text
    source: str
    grid: Grid
    tags: Mapping[str, str]


def keep_made(connection: Connection, kind: str, makings: Iterable[Making], area: Bounds) -> None:
    """Make the rasters of a kind that are made here be these and no others, over an area (EPSG:4326).

    What is the same as it was is not written. Files of earlier states stay until the next change.
    """
    data_dir = Settings.from_environment(default_database="").data_dir
    asked = select(MadeRaster.id, MadeRaster.file).where(MadeRaster.kind == kind)
    known = {row.id: row.file for row in connection.execute(asked)}
    kept, changing = set(), False
    for making in makings:
        path = home(data_dir) / _name(making)
        kept.add(making.id)
        if known.get(making.id) != path.name or not path.exists():
            if not changing:
                _begin(connection, data_dir)
                changing = True
            _write(making, path)
            _note(connection, making, path, area)
    if known.keys() - kept:
        connection.execute(delete(MadeRaster).where(MadeRaster.kind == kind, MadeRaster.id.not_in(kept)))


def _begin(connection: Connection, data_dir: Path) -> None:
    """Wait until nobody else writes or sweeps, until the end of the transaction, and sweep what nobody needs."""
    connection.execute(ONE_AT_A_TIME)
    sweep(connection, data_dir)
    home(data_dir).mkdir(parents=True, exist_ok=True)


def _name(making: Making) -> str:
    """Name the file by all that it will hold."""
    state = sha256((making.grid.digest + repr(_tags(making))).encode()).hexdigest()[:16]
    return f"{making.id}-{state}.tif"


def _tags(making: Making) -> dict[str, str]:
    return {"title": making.title.id, "source": making.source, "unit": KINDS[making.kind].unit.id, **making.tags}


def _write(making: Making, path: Path) -> None:
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        grids.write(making.grid, unfinished, KINDS[making.kind].unit.id, _tags(making))
        unfinished.rename(path)


def _note(connection: Connection, making: Making, path: Path, area: Bounds) -> None:
    found, kind = rasters.examine(path, area), KINDS[making.kind]
    values_there = np.empty(0) if kind.named else rasters.sample(path, area)  # named classes are the same for all
    values = {
        "kind": making.kind,
        "title": making.title.id,
        "title_en": making.title.en,
        "source": making.source,
        "licence": "",
        "estimate": True,
        "file": path.name,
        "width": found.width,
        "height": found.height,
        "crs": found.crs,
        "bounds": list(found.bounds),
        "limits": list(kind.classed(values_there, CLASSES)),
        "at": func.now(),
    }
    statement = insert(MadeRaster).values(id=making.id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
