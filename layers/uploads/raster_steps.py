"""The steps of a raster: what it says of itself, a trial with its classes and a picture, and the way home."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, Row, text

from geo import rasters as cells
from geo.ramps import Bounds, RasterError
from geo.view import View
from layers.areas.queries import regency
from layers.rasters.acts import Arrival, import_raster, sweep
from layers.rasters.queries import Raster, raster
from layers.rasters.words import NO_REGENCY, REFUSALS
from layers.reading.refusal import FileRefusedError
from layers.records.actors import Actor
from layers.uploads import keeping
from layers.uploads.settling import settle


def look(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Tell what a raster says of itself: its size and its reference system."""
    with engine.connect() as connection:
        area = _area(connection)
    with _in_words():
        found = cells.examine(keeping.path(data_dir, row.stored), area)
    about = {"format": "geotiff", "parts": [], "width": found.width, "height": found.height, "crs": found.crs}
    with engine.begin() as connection:
        settle(connection, row.id, row.state, state="open", about=about)


def try_out(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Bring it into a folder that goes afterwards, draw it, and take back what was noted."""
    keeping.clear_refused(data_dir, row.stored)
    beside = keeping.refused_folder(data_dir, row.stored)
    beside.mkdir(parents=True)
    with _in_words(), TemporaryDirectory(dir=beside) as trial, engine.connect() as connection:
        with connection.begin() as act:
            before, kept = raster(connection, row.wishes["id"]), _brought(connection, data_dir, row, Path(trial))
            act.rollback()
        told = {"drawn": _picture(data_dir, row, kept), "replaces": _former(before)}
    with engine.begin() as connection:
        settle(connection, row.id, row.state, state="tried", outcome={**_told(kept), **told})


def take(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Bring it home, and note it in the same transaction; the file that it replaces goes with the next import."""
    with engine.begin() as connection:
        _wait(connection)
        sweep(connection, data_dir)
    with _in_words(), engine.begin() as connection:
        kept = _brought(connection, data_dir, row, data_dir)
        settle(connection, row.id, row.state, state="taken", outcome={**row.outcome, **_told(kept)})
    keeping.path(data_dir, row.stored).unlink(missing_ok=True)


def _brought(connection: Connection, data_dir: Path, row: Row[Any], to: Path) -> Raster:
    wished = row.wishes
    named = {name: wished[name] for name in ("id", "title", "source", "licence", "estimate")}
    arrival = Arrival(keeping.path(data_dir, row.stored), kind=row.layer, called=row.name, **named)
    _wait(connection)
    return import_raster(connection, Actor(row.actor), arrival, _area(connection), to)


def _wait(connection: Connection) -> None:
    """Let a transaction wait for others that write rasters: the clock of the step ends what takes too long."""
    connection.execute(text("set local statement_timeout = 0"))


@contextmanager
def _in_words() -> Iterator[None]:
    """Refuse a raster in words."""
    try:
        yield
    except RasterError as refusal:
        raise FileRefusedError(REFUSALS[refusal.fault]) from refusal


def _area(connection: Connection) -> Bounds:
    home = regency(connection)
    if home is None:
        raise FileRefusedError(f"{NO_REGENCY}.")
    west, south, east, north = home.bounds
    return west, south, east, north


def _picture(data_dir: Path, row: Row[Any], kept: Raster) -> bool:
    """Draw the cells in the view of the page of the trial: web workers never open the file."""
    lon, lat, zoom = map(float, row.wishes["view"].split(","))
    view, path = View(lon, lat, zoom), keeping.path(data_dir, row.stored)
    drawn = cells.draw(path, view.box(), (view.width, view.height), kept.ramp, kept.kind.resampling)
    if drawn:
        (keeping.refused_folder(data_dir, row.stored) / keeping.PICTURE).write_bytes(drawn)
    return drawn is not None


def _told(kept: Raster) -> dict[str, Any]:
    classes = [[low, high, colour] for low, high, colour in kept.classes]
    size = {"width": kept.width, "height": kept.height}
    return {**size, "classes": classes, "digits": kept.digits, "title": kept.title.id, "source": kept.source}


def _former(before: Raster | None) -> dict[str, str] | None:
    return None if before is None else {"title": before.title.id, "source": before.source, "at": before.at.isoformat()}
