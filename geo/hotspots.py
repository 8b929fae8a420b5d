"""Where values are high or low together, and surely not by chance alone: Getis-Ord Gi* with a limit on false alarms."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array
from scipy.spatial import cKDTree
from scipy.stats import false_discovery_control, norm

Numbers = NDArray[np.float64]
Squares = NDArray[np.int64]

FALSE_ALARMS = 0.05  # share of the hot and cold spots named that may be chance


@dataclass(frozen=True)
class Spots:
    """What Gi* says of n places: the sum of the values `around` each, what is `usual` there, z, corrected p, kind."""

    around: Numbers
    usual: Numbers
    z: Numbers
    p: Numbers
    kind: NDArray[np.str_]


def neighbours(points: Numbers, reach_m: float) -> csr_array:
    """Give weights (n, n) of 1 for each place itself and for those within a reach (metres, inclusive), else 0."""
    pairs = cKDTree(points).query_pairs(reach_m, output_type="ndarray")
    ones = np.ones(len(pairs))
    half = csr_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(len(points), len(points)))
    return csr_array(half + half.T + eye_array(len(points)))


def gi_star(values: Numbers, weights: csr_array) -> Numbers:
    """Give Gi* of each place as a standard score, 0 where it is undefined: all values alike, or all places neighbours.

    (Σwx - x̄Σw) / (S·√[(nΣw² - (Σw)²) / (n - 1)]) with S² = Σx²/n - x̄²: Ord and Getis (1995), Geographical Analysis 27.
    """
    n = len(values)
    sums, squares = weights.sum(axis=1), weights.power(2).sum(axis=1)
    spread = np.sqrt(np.maximum(n * squares - sums**2, 0) / max(n - 1, 1)) * values.std()
    excess = weights @ values - values.mean() * sums
    scores: Numbers = np.divide(excess, spread, out=np.zeros(n), where=spread > 1e-12 * max(1.0, np.abs(values).max()))
    return scores


def find(values: Numbers, weights: csr_array, false_alarms: float = FALSE_ALARMS) -> Spots:
    """Name the places around which values are high ("hot") or low ("cold"), the others "none".

    p is two-sided and corrected after Benjamini and Hochberg (1995): of all spots named, at most the share
    `false_alarms` is expected to be chance.
    """
    z = gi_star(values, weights)
    p = false_discovery_control(2 * norm.sf(np.abs(z))) if len(z) else z
    kind = np.where(p > false_alarms, "none", np.where(z > 0, "hot", "cold"))
    return Spots(weights @ values, values.mean() * weights.sum(axis=1), z, p, kind)


def squares(shape: Any, size_m: float) -> Squares:
    """List the squares of a grid whose middle lies in a shape (metric), as columns and rows from 0, 0 (n, 2)."""
    west, south, east, north = np.floor(np.array(shape.bounds) / size_m).astype(int)
    columns, rows = np.meshgrid(np.arange(west, east + 1), np.arange(south, north + 1))
    every = np.column_stack([columns.ravel(), rows.ravel()])
    middles = (every + 0.5) * size_m
    shapely.prepare(shape)
    found: Squares = every[shapely.contains_xy(shape, middles[:, 0], middles[:, 1])]
    return found


def gather(counted: Squares, numbers: Numbers, cells: Squares) -> Numbers:
    """Add numbers counted in squares (m, 2) to the nearest of the cells (n, 2): what lies on the rim is not lost."""
    _, nearest = cKDTree(cells).query(counted)
    return np.bincount(nearest, weights=numbers, minlength=len(cells)).astype(float)
