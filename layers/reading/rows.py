"""Rows on their way in: their values by field of the layer, their place, and why some of them are refused."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from layers.reading.refusal import Kind
from layers.reading.source import Chunk


@dataclass
class Rows:
    """A chunk being read: `values` as Arrow arrays by field, `geometry` in EPSG:4326, `kinds` and `reasons` of refusal.

    A row keeps the first reason that is found; the mask `good` names the rows without one.
    """

    chunk: Chunk
    values: dict[str, pa.Array] = field(default_factory=dict)
    geometry: np.ndarray = field(init=False)
    ids: np.ndarray = field(init=False)
    kinds: np.ndarray = field(init=False)
    reasons: np.ndarray = field(init=False)
    good: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.geometry = np.full(len(self.chunk), None, dtype=object)
        self.kinds = np.full(len(self.chunk), None, dtype=object)
        self.reasons = np.full(len(self.chunk), "", dtype=object)
        self.ids = np.full(len(self.chunk), "", dtype=object)
        self.good = np.ones(len(self.chunk), dtype=bool)

    def refuse(self, where: np.ndarray, kind: Kind, reason: str | Callable[[int], str]) -> None:
        """Refuse the rows of a mask that are still good; the reason may depend on the row's position."""
        for i in np.flatnonzero(where & self.good):
            self.good[i] = False
            self.kinds[i] = kind
            self.reasons[i] = reason if isinstance(reason, str) else reason(int(i))

    def text(self, name: str, i: int) -> str:
        """Give one cell of the file as people read it."""
        value = self.chunk.rows.column(name)[i].as_py()
        return "" if value is None else str(value)
