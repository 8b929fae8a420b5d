"""People of zones by how long their ways are: how many are there in time, and how long half of them need."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
ROUNDING = 2e-9  # of half of the people, which sums may miss


def within(people: csr_array, minutes: Numbers, limit: float) -> Numbers:
    """Count the people of zones (zones, cells) whose minutes (cells,) are at most a limit; who is on it is in time."""
    return np.asarray(people @ (minutes <= limit).astype(float), np.float64)


def middle(people: csr_array, minutes: Numbers) -> Whole:
    """Find in each zone the cell by whose minutes half of its people are there; -1 where nobody lives.

    The weighted median: whoever cannot get there stands last, so that its minutes are infinite where half cannot.
    """
    found = np.full(people.shape[0], -1)
    for zone, (start, end) in enumerate(pairwise(people.indptr.tolist())):
        cells, weight = people.indices[start:end], people.data[start:end]
        order = np.argsort(minutes[cells])
        passed = np.cumsum(weight[order])
        if len(passed) and passed[-1] > 0:
            found[zone] = cells[order[np.searchsorted(passed, passed[-1] / 2 * (1 - ROUNDING))]]
    return found.astype(np.int64)
