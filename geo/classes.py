"""Classes of numbers for maps: as many in each (quantiles), as alike as can be within each (Jenks), or by given limits.

mapclassify brings pandas, networkx and numba along, some 150 MB in every web worker and seconds at its first use. What
maps need of it is a page of numpy; the tests hold it against mapclassify.

Limits are the upper ends of the classes, the last one the largest value: class i holds what is above limits[i - 1] and
at most limits[i].
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def quantiles(values: Sequence[float], classes: int) -> tuple[float, ...]:
    """Put about as many values into each class; equal limits are joined, () where there are no values."""
    if not values:
        return ()
    shares = np.arange(1, classes + 1) / classes
    return tuple(np.unique(np.quantile(np.asarray(values, float), shares)).tolist())


def jenks(values: Sequence[float], classes: int) -> tuple[float, ...]:
    """Keep the squares of what values differ from the mean of their class as small as possible, () without values.

    Fisher (1958) by dynamic programming over the sorted values; equal ones are never parted. Takes the time of
    classes x n² simple steps.
    """
    if not values:
        return ()
    each, number = np.unique(np.asarray(values, float), return_counts=True)
    classes = min(classes, len(each))
    sums = _Sums(each, number)
    best, begins = sums.spread(np.zeros(len(each), int), np.arange(len(each))), []
    for _ in range(1, classes):
        best, begin = _one_more(best, sums)
        begins.append(begin)
    last, limits = len(each) - 1, []
    for begin in reversed(begins):
        limits.append(float(each[last]))
        last = int(begin[last]) - 1
    return (*[float(each[last])], *reversed(limits))


def given(values: Sequence[float], limits: Sequence[float]) -> tuple[float, ...]:
    """Close rising limits with the largest value, where that lies beyond them."""
    most = max(values, default=limits[-1])
    return (*limits, most) if most > limits[-1] else tuple(limits)


def place(value: float, limits: Sequence[float]) -> int:
    """Tell the class of a value; one beyond the last limit belongs to the last class."""
    return min(int(np.searchsorted(limits, value, side="left")), len(limits) - 1)


class _Sums:
    """Sums over sorted values up to each, from which the spread of any run of them follows."""

    def __init__(self, each: Numbers, number: NDArray[np.int64]) -> None:
        centred = each - np.average(each, weights=number)  # large numbers would drown the differences
        self.number = np.concatenate([[0], np.cumsum(number)])
        self.total = np.concatenate([[0.0], np.cumsum(centred * number)])
        self.squares = np.concatenate([[0.0], np.cumsum(centred**2 * number)])

    def spread(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> Numbers:
        """Sum the squares of differences from the mean, over the values first to last of each run."""
        number, total, squares = (kept[last + 1] - kept[first] for kept in (self.number, self.total, self.squares))
        return np.asarray(squares - total**2 / number, np.float64)


def _one_more(best: Numbers, sums: _Sums) -> tuple[Numbers, NDArray[np.int64]]:
    """Add a class: the least spread of the values up to each, and where the new class then begins."""
    found, begins = np.full(len(best), np.inf), np.zeros(len(best), int)
    for last in range(1, len(best)):
        first = np.arange(1, last + 1)
        spread = best[:last] + sums.spread(first, np.full(last, last))
        begins[last] = first[np.argmin(spread)]
        found[last] = spread.min()
    return found, begins
