"""Reading the cells of a raster for what is computed from it: a file that is lost or broken is told in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from geo.ramps import RasterError
from layers.computing import NothingToComputeError
from layers.layer import Text
from layers.rasters.queries import Raster


@contextmanager
def readable(raster: Raster) -> Iterator[None]:
    """Raise NothingToComputeError, which names the raster, where its cells cannot be read."""
    try:
        yield
    except RasterError as refusal:
        told = f"berkas raster “{raster.title.id}” tidak dapat dibaca; masukkan lagi raster itu."
        in_english = f"the file of the raster “{raster.title.en}” cannot be read; bring that raster in again."
        raise NothingToComputeError(Text(told, in_english)) from refusal
