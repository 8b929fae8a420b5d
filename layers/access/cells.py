"""Minutes of every cell in which people live, as rasters: one for each kind of office, mode and season."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from geo.grids import Cells
from layers.access.land import Land
from layers.access.queries import Way, raster_of
from layers.layer import Text
from layers.offices.kinds import KINDS
from layers.rasters.made import Making, keep_made
from layers.roads.speeds import MODE_CHOICES, SEASON_CHOICES

SOURCE = "Dihitung dari jalan, kantor, dan penduduk"


def keep_cells(connection: Connection, found: Land, minutes: Mapping[Way, NDArray[np.float32]]) -> None:
    """Keep the minutes of the cells (k,) for each way in the place of all that were kept; infinite without a way."""
    keep_made(connection, "minutes", _makings(found, minutes), found.home.bounds)


def _makings(found: Land, minutes: Mapping[Way, NDArray[np.float32]]) -> Iterator[Making]:
    if found.living is None or not len(found.settled.cells):
        return
    places = Cells(found.living.raster, found.settled.cells)
    source = f"{SOURCE}. {found.living.source}"
    for way, numbers in minutes.items():
        tags = dict(zip(("service", "mode", "season"), way, strict=True))
        yield Making(raster_of(way), "minutes", _title(way), source, places.grid(numbers), tags)


def _title(way: Way) -> Text:
    kind, mode, season = (
        next(choice.title for choice in choices if choice.id == name)
        for choices, name in zip((KINDS, MODE_CHOICES, SEASON_CHOICES), way, strict=True)
    )
    return Text(
        f"Menit ke {kind.id}, {mode.id.lower()}, {season.id.lower()}",
        f"Minutes to: {kind.en}, {mode.en.lower()}, {season.en.lower()}",
    )
