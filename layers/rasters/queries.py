"""Questions about rasters: which there are, brought or made here, and where their files lie."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, literal, select

from geo.ramps import Bounds, Ramp
from layers.layer import Text
from layers.rasters.kinds import BROUGHT, KINDS, Kind
from layers.rasters.table import MadeRaster
from layers.rasters.table import Raster as BroughtRaster
from layers.settings import Settings

MOST_DIGITS = 4


@dataclass(frozen=True)
class Raster:
    """A raster as people meet it; `version` is another one whenever its cells are; `made` says that we made it."""

    id: str
    kind: Kind
    title: Text
    source: str
    licence: str
    estimate: bool
    file: str
    width: int
    height: int
    bounds: Bounds
    ramp: Ramp
    at: datetime
    made: bool

    @property
    def version(self) -> str:
        """Name the state of the cells, for addresses that browsers keep for good."""
        return Path(self.file).stem.rpartition("-")[2]

    @property
    def classes(self) -> Sequence[tuple[float, float, str]]:
        """List the classes of the legend from low to high: from, to, colour."""
        limits = self.ramp.limits
        return list(zip(limits, limits[1:], self.ramp.colours, strict=False))

    @property
    def digits(self) -> int:
        """Say how many decimals tell the classes apart."""
        limits = self.ramp.limits
        return next((d for d in range(MOST_DIGITS) if len({round(x, d) for x in limits}) == len(limits)), MOST_DIGITS)


def rasters(connection: Connection) -> list[Raster]:
    """List the rasters that stand for themselves by their titles."""
    listed = [
        _raster(row._mapping)
        for asked in _asked()
        for row in connection.execute(asked.where(asked.selected_columns.kind.in_(BROUGHT)))
    ]
    return sorted(listed, key=lambda raster: (raster.title.id, raster.id))


def raster(connection: Connection, raster_id: str) -> Raster | None:
    """Find one raster, also one that only a page of its layer shows."""
    found = (connection.execute(asked.where(asked.selected_columns.id == raster_id)).first() for asked in _asked())
    return next((_raster(row._mapping) for row in found if row), None)


def home(data_dir: Path) -> Path:
    """Name the folder of the rasters' files, which backups keep."""
    return data_dir / "files" / "rasters"


def file_of(raster: Raster) -> Path:
    """Name the file of a raster's cells in the data folder of this installation."""
    return home(Settings.from_environment(default_database="").data_dir) / raster.file


def _asked() -> Iterator[Select[Any]]:
    """Ask for the rasters that were brought, then for those made here; an imported id never is one of ours."""
    yield select(BroughtRaster.__table__, literal(value=False).label("made"), literal(None).label("title_en"))
    yield select(MadeRaster.__table__, literal(value=True).label("made"))


def _raster(row: RowMapping) -> Raster:
    kept = {
        name: row[name] for name in ("id", "source", "licence", "estimate", "file", "width", "height", "at", "made")
    }
    kind = KINDS[row["kind"]]
    west, south, east, north = row["bounds"]
    title = Text(row["title"], row["title_en"] or row["title"])
    ramp = Ramp(tuple(row["limits"]), kind.colours)
    return Raster(**kept, kind=kind, title=title, bounds=(west, south, east, north), ramp=ramp)
