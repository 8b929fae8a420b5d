"""People of zones by how long their ways are: how many are there in time, and how long half of them need."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


def within(people: csr_array, minutes: Numbers, limit: float) -> Numbers:
    """Count the people of zones (zones, cells) whose minutes (cells,) are at most a limit; who is on it is in time."""
    return np.asarray(people @ (minutes <= limit).astype(float), np.float64)


def middle(people: csr_array, minutes: Numbers) -> Whole:
    """Find in each zone the cell by whose minutes half of its people are there; -1 where nobody lives.

    The weighted median: whoever cannot get there stands last, so that its minutes are infinite where half cannot.
    """
    zone = np.repeat(np.arange(people.shape[0]), np.diff(people.indptr))
    order = np.lexsort((minutes[people.indices], zone))
    zone, cell, weight = zone[order], people.indices[order], people.data[order]
    passed = np.cumsum(weight)
    total = np.bincount(zone, weight, people.shape[0])
    before = np.concatenate([[0.0], np.cumsum(total)])[zone]
    half = passed - before >= total[zone] / 2 - 1e-9 * total[zone]
    found = np.full(people.shape[0], -1)
    first = np.flatnonzero(half & (weight > 0))[::-1]
    found[zone[first]] = cell[first]  # the last one written is the first of its zone
    return found.astype(np.int64)
