"""How values of a raster become classes and colours; apart from `geo.rasters`, so that pages need no GDAL."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Fault = Literal["unreadable", "no_crs", "too_large", "many_bands", "no_numbers", "elsewhere", "empty"]
Resampler = Literal["average", "nearest"]  # for measures, for names of classes
Bounds = tuple[float, float, float, float]


class RasterError(ValueError):
    """A raster that cannot be used; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Ramp:
    """How values become colours: class i holds values from limits[i] up to limits[i + 1], the last one included."""

    limits: tuple[float, ...]
    colours: tuple[str, ...]


def quantiles(values: NDArray[np.float64], classes: int) -> tuple[float, ...]:
    """Find limits that put about as many values into each class; equal limits are joined.

    Raises RasterError where there are no values.
    """
    if not values.size:
        raise RasterError("empty")
    limits = np.unique(np.quantile(values, np.linspace(0, 1, classes + 1)))
    return tuple(float(limit) for limit in (limits if limits.size > 1 else np.repeat(limits, 2)))


def head_tail_breaks(values: NDArray[np.float64], classes: int) -> tuple[float, ...]:
    """Find limits for values of which most are small and a few very large: each at the mean of those above the last.

    Head/tail breaks after Jiang (2013), doi 10.1080/00330124.2012.700499. Raises RasterError without values.
    """
    if not values.size:
        raise RasterError("empty")
    limits, head = [float(values.min())], values
    while len(limits) < classes and head.min() < head.max():
        limits.append(float(head.mean()))
        head = head[head > limits[-1]]
    return (*limits, float(values.max()))
