"""What a trial shows of a file: the first rows, the first refused ones with their reasons, and where rows lie."""

from typing import Any

import numpy as np
import shapely

from layers.reading.rows import Rows
from layers.uploads.looking import clean

MOST_GOOD, MOST_REFUSED = 4_000, 1_000  # places that are drawn
FIRST_ROWS, FIRST_REFUSED = 8, 40
LONGEST_REASON = 300
GRID_DEGREES = 1e-5
COARSE_DEGREES = 4e-4  # about 45 m: the map of a page shows a regency
MOST_CORNERS = 60_000


class Sketch:
    """Watches the rows of a trial, and keeps what its page shows of them."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.refused: list[dict[str, Any]] = []
        self._good: list[shapely.Geometry] = []
        self._bad: list[shapely.Geometry] = []
        self._corners = 0

    def watch(self, rows: Rows) -> None:
        """Keep something of a chunk that has been checked."""
        good, bad = np.flatnonzero(rows.good), np.flatnonzero(~rows.good)
        self._keep_rows(rows, good[: FIRST_ROWS - len(self.rows)])
        self._keep_refused(rows, bad[: FIRST_REFUSED - len(self.refused)])
        self._keep_places(self._good, rows.geometry[good], MOST_GOOD)
        self._keep_places(self._bad, rows.geometry[bad], MOST_REFUSED)

    def told(self) -> dict[str, Any]:
        """Give what was kept as JSON."""
        return {"rows": self.rows, "refused": self.refused, "good": _written(self._good), "bad": _written(self._bad)}

    def _keep_rows(self, rows: Rows, chosen: np.ndarray) -> None:
        for i in chosen:
            values = {name: values[int(i)].as_py() for name, values in rows.values.items()}
            said = {name: clean(v) if isinstance(v, str) else v for name, v in values.items() if v is not None}
            self.rows.append({"number": int(rows.chunk.numbers[i]), "values": said})

    def _keep_refused(self, rows: Rows, chosen: np.ndarray) -> None:
        names = rows.chunk.rows.column_names[:3]
        for i in chosen:
            said = [clean(rows.text(name, int(i))) for name in names]
            reason = str(rows.reasons[i]).replace("\x00", "")[:LONGEST_REASON]
            self.refused.append(
                {"number": int(rows.chunk.numbers[i]), "reason": reason, "said": [text for text in said if text]}
            )

    def _keep_places(self, kept: list[shapely.Geometry], shapes: np.ndarray, most: int) -> None:
        """Keep places that lie on the globe, evenly chosen where a chunk holds more than fit, and coarse."""
        shapes = shapes[_on_globe(shapes)]
        room = most - len(kept)
        if not len(shapes) or room <= 0 or self._corners >= MOST_CORNERS:
            return
        chosen = shapes[np.unique(np.linspace(0, len(shapes) - 1, min(room // 2 + 1, len(shapes))).astype(int))]
        coarse = shapely.simplify(chosen, COARSE_DEGREES, preserve_topology=False)
        for shape in coarse[~shapely.is_empty(coarse)]:
            self._corners += int(shapely.get_num_coordinates(shape))
            if self._corners > MOST_CORNERS:
                return
            kept.append(shape)


def _on_globe(shapes: np.ndarray) -> np.ndarray:
    west, south, east, north = shapely.bounds(shapes).T
    with np.errstate(invalid="ignore"):
        return np.asarray((west >= -180) & (east <= 180) & (south >= -90) & (north <= 90))


def _written(shapes: list[shapely.Geometry]) -> str:
    """Write shapes as one collection in hexadecimal WKB."""
    held = shapely.set_precision(np.asarray(shapes, dtype=object), GRID_DEGREES, mode="pointwise")
    return str(shapely.to_wkb(shapely.geometrycollections(held), hex=True))
