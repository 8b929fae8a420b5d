"""The refused rows of an import, kept in a file that can be mended and sent again."""

import csv
import json
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import numpy as np
import shapely

from layers.reading.guards import guarded
from layers.reading.refusal import Kind
from layers.reading.rows import Rows
from layers.reading.source import REASON, ROW_NUMBER


class Refused:
    """A CSV of refused rows, or a GeoJSON file where rows have geometry; made only when the first row is refused."""

    def __init__(self, path: Path, has_geometry: bool) -> None:
        self.path = path.with_suffix(".geojson" if has_geometry else ".csv")
        self.counts: Counter[Kind] = Counter()
        self._has_geometry = has_geometry
        self._file: TextIO | None = None

    def __enter__(self) -> "Refused":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            if self._has_geometry:
                self._file.write("\n]}\n")
            self._file.close()

    def add(self, rows: Rows) -> None:
        """Keep the refused rows of a chunk, each with its number and its reason."""
        where = np.flatnonzero(~rows.good)
        if not len(where):
            return
        self.counts.update(rows.kinds[where])
        records = rows.chunk.rows.take(where).to_pylist()
        shapes = rows.geometry[where]
        for i, record, shape in zip(where, records, shapes, strict=True):
            self._write(int(rows.chunk.numbers[i]), str(rows.reasons[i]), record, shape)

    def add_broken(self, broken: list[tuple[int, str]], columns: tuple[str, ...]) -> None:
        """Keep the lines that could not be cut into columns, whole, in the first column."""
        for number, line in broken:
            self.counts[Kind.BROKEN_ROW] += 1
            reason = (
                f"Jumlah isian baris ini tidak sama dengan jumlah kolom ({len(columns)}). Periksa tanda pemisahnya."
            )
            self._write(number, reason, {**dict.fromkeys(columns), columns[0]: line}, None)

    def _write(self, number: int, reason: str, record: dict[str, Any], shape: shapely.Geometry | None) -> None:
        first = self._file is None
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8" if self._has_geometry else "utf-8-sig", newline="")
        said = {ROW_NUMBER: number, REASON: reason, **record}
        if self._has_geometry:
            self._file.write('{"type":"FeatureCollection","features":[\n' if first else ",\n")
            self._file.write(_feature(said, shape))
        else:
            writer = csv.writer(self._file)
            if first:
                writer.writerow(guarded(name) for name in said)
            writer.writerow(guarded(value) for value in said.values())


def _feature(said: dict[str, Any], shape: shapely.Geometry | None) -> str:
    drawable = shape is not None and not shape.is_empty and np.isfinite(shape.bounds).all()
    geometry = json.loads(shapely.to_geojson(shape)) if drawable else None
    return json.dumps({"type": "Feature", "geometry": geometry, "properties": said}, ensure_ascii=False, default=str)
