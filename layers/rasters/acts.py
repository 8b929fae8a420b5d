"""Changes of rasters: one comes home, one goes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, case, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from geo import rasters
from geo.ramps import Bounds
from layers.rasters.kinds import CLASSES, KINDS
from layers.rasters.queries import Raster, home, raster
from layers.rasters.table import MadeRaster
from layers.rasters.table import Raster as Row
from layers.records.actors import Actor
from layers.records.events import record

ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('rasters'))")  # a file is there before its row


@dataclass(frozen=True)
class Arrival:
    """A raster on its way in: what it shows, under which id and title, who says so, what its file was called."""

    path: Path
    id: str
    kind: str
    title: str
    source: str
    licence: str = ""
    estimate: bool = False
    called: str = ""


def import_raster(connection: Connection, actor: Actor, arrival: Arrival, area: Bounds, data_dir: Path) -> Raster:
    """Bring a raster home in the place of any of the same id; the same file again changes no cell.

    Files of earlier states stay until the next `sweep`: the change may be rolled back, a page just be drawn. Raises
    RasterError for a file that cannot be used over the area (EPSG:4326), KeyError for an unknown kind.
    """
    kind = KINDS[arrival.kind]
    connection.execute(ONE_AT_A_TIME)
    found = rasters.examine(arrival.path, area)
    name = f"{arrival.id}-{_digest(arrival.path)}.tif"
    target = home(data_dir) / name
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(".unfinished")
        rasters.bring_home(arrival.path, unfinished, kind.resampling)
        unfinished.rename(target)
    values = {name: getattr(arrival, name) for name in ("id", "kind", "title", "source", "licence", "estimate")} | {
        "file": name,
        "width": found.width,
        "height": found.height,
        "crs": found.crs,
        "bounds": list(found.bounds),
        "limits": list(kind.classed(rasters.sample(target, area), CLASSES)),
    }
    statement = insert(Row).values(values)
    arrived = case((Row.file == statement.excluded.file, Row.at), else_=func.now())
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values | {"at": arrived}))
    record(connection, actor.name, "import", "rasters", arrival.id, file=arrival.called or arrival.path.name, kept=name)
    kept = raster(connection, arrival.id)
    assert kept is not None  # noqa: S101  # it has just been written
    return kept


def remove_raster(connection: Connection, actor: Actor, raster_id: str) -> bool:
    """Forget a raster, and say whether it was there; its file goes with the next `sweep`."""
    gone = connection.execute(delete(Row).where(Row.id == raster_id)).rowcount == 1
    if gone:
        record(connection, actor.name, "remove", "rasters", raster_id)
    return gone


def sweep(connection: Connection, data_dir: Path) -> int:
    """Delete the files that no raster needs any more, after their change was committed; give their number."""
    connection.execute(ONE_AT_A_TIME)
    known = {file for table in (Row, MadeRaster) for file in connection.scalars(select(table.file))}
    stale = [file for file in home(data_dir).glob("*") if file.name not in known]
    for file in stale:
        file.unlink()
    return len(stale)


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:16]
