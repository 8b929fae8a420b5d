"""Rows of a layer as typed tables with geometry."""

from typing import Any

import geopandas
import pandas
import pyarrow

from layers.exporting.batches import shapes
from layers.layer import Field, Layer

TYPES = {
    "integer": pandas.Int64Dtype(),
    "number": pandas.Float64Dtype(),
    "date": pandas.ArrowDtype(pyarrow.date32()),
    "datetime": pandas.ArrowDtype(pyarrow.timestamp("ms", "UTC")),
}
TEXT = pandas.StringDtype()


def frame(layer: Layer, rows: list[dict[str, Any]]) -> geopandas.GeoDataFrame:
    """Make a table in EPSG:4326 of rows: `id` and the public fields, each of the type that its kind asks for."""
    columns = {"id": pandas.array([row["id"] for row in rows], dtype="int64")}
    columns |= {f.name: column(f, rows) for f in layer.public_fields}
    return geopandas.GeoDataFrame(columns, geometry=shapes(rows), crs=4326)


def column(field: Field, rows: list[dict[str, Any]]) -> Any:
    """Make the typed column of a field, so that a batch of nothing but gaps has the same type as the next."""
    return pandas.array([row[field.name] for row in rows], dtype=TYPES.get(field.kind, TEXT))
