"""The kinds of raster, and how each is drawn."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.ramps import Resampler, head_tail_breaks, quantiles
from layers.layer import Text

CLASSES = 5
MINUTES = (15.0, 30.0, 60.0)  # up to which each class reaches, the limit itself included


def _of_minutes(_values: NDArray[np.float64], _classes: int) -> tuple[float, ...]:
    """Give the limits of travel times, the same for all; the last class is that of no way, which takes for ever."""
    return (0.0, *(float(np.nextafter(limit, np.inf)) for limit in MINUTES), np.inf, np.inf)


@dataclass(frozen=True)
class Kind:
    """What a raster is about; `resampling` tells whether its values are measures or names of classes.

    `classed` finds the limits of classes: quantiles, or head/tail breaks where few cells hold most of all there is.
    `colours` run from the lowest class to the highest, in one hue from light to dark. `named` says what the classes
    are called where that is more than from one number to another. What is `internal` is made here and shown by the
    pages of the layer that makes it, never brought and never listed.
    """

    id: str
    title: Text
    unit: Text
    colours: tuple[str, ...]
    resampling: Resampler = "average"
    classed: Callable[[NDArray[np.float64], int], tuple[float, ...]] = quantiles
    named: tuple[Text, ...] = ()
    internal: bool = False


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
        Kind(
            "minutes",
            Text("Waktu tempuh", "Travel time"),
            Text("menit", "minutes"),
            ("#cfe8e4", "#86c2bb", "#3a8a84", "#07403e", "#b2182b"),
            resampling="nearest",
            classed=_of_minutes,
            named=(
                Text("Sampai 15 menit", "Up to 15 minutes"),
                Text("15 sampai 30 menit", "15 to 30 minutes"),
                Text("30 sampai 60 menit", "30 to 60 minutes"),
                Text("Lebih dari 60 menit", "More than 60 minutes"),
                Text("Tidak ada jalan ke sana", "No way there"),
            ),
            internal=True,
        ),
    )
}
BROUGHT = {kind.id: kind for kind in KINDS.values() if not kind.internal}
