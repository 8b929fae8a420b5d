"""The kinds of raster, and how each is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.ramps import Resampler, head_tail_breaks, quantiles
from layers.layer import Text

CLASSES = 5


@dataclass(frozen=True)
class Kind:
    """What a raster is about; `resampling` tells whether its values are measures or names of classes.

    `classed` finds the limits of classes: quantiles, or head/tail breaks where few cells hold most of all there is.
    `colours` run from the lowest class to the highest, in one hue from light to dark.
    """

    id: str
    title: Text
    unit: Text
    colours: tuple[str, ...]
    resampling: Resampler = "average"
    classed: Callable[[NDArray[np.float64], int], tuple[float, ...]] = quantiles


KINDS = {
    kind.id: kind
    for kind in (
        Kind(
            "population",
            Text("Sebaran penduduk", "Population"),
            Text("orang per sel", "people per cell"),
            ("#fde8c8", "#fbc382", "#f1934a", "#cf5f1b", "#8a3207"),
            classed=head_tail_breaks,
        ),
        Kind(
            "terrain",
            Text("Ketinggian tanah", "Terrain height"),
            Text("m di atas permukaan laut", "m above sea level"),
            ("#e3ecd3", "#bfd3a1", "#a3a76a", "#8a7143", "#5b4126"),
        ),
        Kind(
            "signal",
            Text("Kekuatan sinyal", "Signal strength"),
            Text("dBm", "dBm"),
            ("#ece4f5", "#cdb8e6", "#a687d0", "#7c56b3", "#4a2a82"),
        ),
        Kind(
            "other",
            Text("Raster lain", "Another raster"),
            Text("", ""),
            ("#e0eeee", "#b2d6d4", "#7cb8b4", "#3f918c", "#075350"),
        ),
    )
}
