"""GeoJSON and CSV, written while they are read, in memory that does not grow with the number of rows."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

import shapely

from layers.exporting import notes
from layers.exporting.batches import Rows, batches, shapes
from layers.exporting.cells import written
from layers.layer import Layer
from layers.provenance import Origin

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else


def geojson(layer: Layer, rows: Rows, origins: Sequence[Origin]) -> Iterator[str]:
    """Write a FeatureCollection, its values just as they are kept."""
    head = {"type": "FeatureCollection", "name": layer.id, **notes.credit(origins)}
    yield json.dumps(head, ensure_ascii=False).removesuffix("}") + ', "features": ['
    separator = "\n"
    for batch in batches(rows):
        written_shapes = shapely.to_geojson(shapes(batch))
        yield separator + ",\n".join(map(_feature, batch, written_shapes))
        separator = ",\n"
    yield "\n]}\n"


def table(layer: Layer, rows: Rows, _origins: Sequence[Origin]) -> Iterator[str]:
    """Write CSV with a point on each feature, and for lines and areas their shape as WKT; rows name their source."""
    yield BYTE_ORDER_MARK + _lines([header(layer)])
    for batch in batches(rows):
        yield _lines(cells(layer, batch))


def header(layer: Layer) -> list[str]:
    """Name the columns of a CSV."""
    return ["id", *(f.name for f in layer.public_fields), "lon", "lat", *(["wkt"] if layer.geometry != "Point" else [])]


def cells(layer: Layer, batch: list[dict[str, Any]]) -> Iterator[list[Any]]:
    """Give the cells of each row, below `header`."""
    drawn = shapes(batch)
    spots = shapely.get_coordinates(shapely.point_on_surface(drawn)).round(6).tolist()
    for row, spot, shape in zip(batch, spots, drawn, strict=True):
        values = [written(row[f.name]) for f in layer.public_fields]
        yield [row["id"], *values, *spot, *([shape.wkt] if layer.geometry != "Point" else [])]


def _feature(row: dict[str, Any], shape: str) -> str:
    properties = {name: value for name, value in row.items() if name not in ("id", "geometry")}
    text = json.dumps(properties, ensure_ascii=False, default=lambda moment: moment.isoformat())
    return f'{{"type": "Feature", "id": {row["id"]}, "geometry": {shape}, "properties": {text}}}'


def _lines(rows: Any) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
