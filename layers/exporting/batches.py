"""Rows of a layer in batches, so that memory does not grow with their number."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy
import shapely

BATCH = 1_000
FILE_BATCH = 20_000  # where each batch opens a file anew
Rows = Iterable[dict[str, Any]]


def batches(rows: Rows, size: int = BATCH) -> Iterator[list[dict[str, Any]]]:
    """Cut rows into lists of at most `size`; no rows at all make one empty list, for a file with columns alone."""
    remaining = iter(rows)
    yield list(islice(remaining, size))
    while batch := list(islice(remaining, size)):
        yield batch


def shapes(rows: list[dict[str, Any]]) -> Any:
    """Read the geometries of rows, which come as WKB, into an array of shapes."""
    return shapely.from_wkb(numpy.array([bytes(row["geometry"]) for row in rows], dtype=object))
