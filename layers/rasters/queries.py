"""Questions about rasters: which there are, and where their files lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, RowMapping, select

from geo.ramps import Bounds, Ramp
from layers.rasters import table
from layers.rasters.kinds import KINDS, Kind

MOST_DIGITS = 4


@dataclass(frozen=True)
class Raster:
    """A raster as people meet it; `version` is another one whenever its cells are."""

    id: str
    kind: Kind
    title: str
    source: str
    licence: str
    estimate: bool
    file: str
    width: int
    height: int
    bounds: Bounds
    ramp: Ramp
    at: datetime

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
    """List all rasters by their titles."""
    found = connection.execute(select(table.Raster.__table__).order_by(table.Raster.title))
    return [_raster(row._mapping) for row in found]


def raster(connection: Connection, raster_id: str) -> Raster | None:
    """Find one raster."""
    found = connection.execute(select(table.Raster.__table__).where(table.Raster.id == raster_id)).first()
    return _raster(found._mapping) if found else None


def home(data_dir: Path) -> Path:
    """Name the folder of the rasters' files, which backups keep."""
    return data_dir / "files" / "rasters"


def _raster(row: RowMapping) -> Raster:
    kept = {
        name: row[name] for name in ("id", "title", "source", "licence", "estimate", "file", "width", "height", "at")
    }
    kind = KINDS[row["kind"]]
    west, south, east, north = row["bounds"]
    return Raster(**kept, kind=kind, bounds=(west, south, east, north), ramp=Ramp(tuple(row["limits"]), kind.colours))
