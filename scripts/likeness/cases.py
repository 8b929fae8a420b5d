"""Reports whose fate is known, in the order in which they came, and which earlier ones lie near each."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import Transformer
from scipy.spatial import cKDTree

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

SOURCE = "baltimore311"  # the one city of the file that says which reports were duplicates
SEARCHED_M = 500.0  # nothing farther away is looked at
SECONDS_A_DAY = 86_400.0
GEOCENTRIC = 4978  # metres from the centre of the earth: straight lines this short are distances on the ground


@dataclass(frozen=True)
class Cases:
    """Reports in time order: category, place (n, 3) in metres, days of coming and closing (inf: never), the label."""

    category: NDArray[np.object_]
    place: Numbers
    came: Numbers
    closed: Numbers
    duplicate: Flags

    def since(self, day: date) -> Flags:
        """Say which reports came on or after a day: the ones to be tested."""
        came: Flags = self.came >= _day(day)
        return came

    def settled_before(self, day: date) -> Flags:
        """Say of which reports it was known by a day whether they are duplicates: later labels tell the future."""
        settled: Flags = self.closed < _day(day)
        return settled


@dataclass(frozen=True)
class Pairs:
    """Each report with each earlier one near it: indices into the cases, and what was known when the later came."""

    earlier: Indices
    later: Indices
    distance_m: Numbers
    days: Numbers
    still_open: Flags

    def where(self, wanted: Flags) -> "Pairs":
        """Keep some of the pairs."""
        return Pairs(*(getattr(self, name)[wanted] for name in self.__dataclass_fields__))


def read(file: Path) -> Cases:
    """Read the city's labelled reports from a Parquet file."""
    return arrange(pd.read_parquet(file, filters=[("source", "==", SOURCE)]))


def arrange(rows: Any) -> Cases:
    """Put a data frame of reports (in any order) into the order in which they came."""
    rows = rows.sort_values(["created", "id"])
    to_metres = Transformer.from_crs(4979, GEOCENTRIC, always_xy=True)
    place = to_metres.transform(rows.lon.to_numpy(), rows.lat.to_numpy(), np.zeros(len(rows)))
    closed = _days(rows.closed)
    return Cases(
        rows.category.astype(object).to_numpy(),
        np.column_stack(place),
        _days(rows.created),
        np.where(np.isnan(closed), np.inf, closed),
        rows.is_duplicate_closed.to_numpy(bool),
    )


def same_category(cases: Cases) -> Pairs:
    """Pair each report with all earlier ones of its category within 500 m."""
    groups = [np.flatnonzero(cases.category == kind) for kind in np.unique(cases.category)]
    near = [group[cKDTree(cases.place[group]).query_pairs(SEARCHED_M, output_type="ndarray")] for group in groups]
    return _pairs(cases, np.vstack(near))


def any_category(cases: Cases, wanted: Flags) -> Pairs:
    """Pair each wanted report with all earlier ones within 500 m, whatever they are about."""
    which = np.flatnonzero(wanted)
    near = cKDTree(cases.place).query_ball_point(cases.place[which], SEARCHED_M)
    ends = [np.column_stack([np.full(len(found), report), found]) for report, found in zip(which, near, strict=True)]
    both = np.vstack(ends)
    return _pairs(cases, both[cases.came[both[:, 1]] < cases.came[both[:, 0]]])


def _pairs(cases: Cases, ends: Indices) -> Pairs:
    """Tell of pairs in either order; those that came in the same second know nothing of each other."""
    earlier, later = ends.min(axis=1), ends.max(axis=1)
    known = cases.came[earlier] < cases.came[later]
    earlier, later = earlier[known], later[known]
    order = np.lexsort((earlier, later))
    earlier, later = earlier[order], later[order]
    distance = np.linalg.norm(cases.place[earlier] - cases.place[later], axis=1)
    days = cases.came[later] - cases.came[earlier]
    still_open = cases.closed[earlier] > cases.came[later]
    return Pairs(earlier, later, distance, days, still_open)


def _day(day: date) -> float:
    return float((pd.Timestamp(day) - pd.Timestamp(0)).total_seconds() / SECONDS_A_DAY)


def _days(moments: Any) -> Numbers:
    """Turn moments into days since 1970, NaN where there is none."""
    days: Numbers = (moments - pd.Timestamp(0)).dt.total_seconds().to_numpy(float) / SECONDS_A_DAY
    return days
