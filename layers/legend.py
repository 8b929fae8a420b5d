"""The counts beside the legend: how many features of each choice a layer holds."""

from sqlalchemy import Connection, func, select

from layers.db import sql
from layers.layer import Layer
from layers.query import shown


def counts(connection: Connection, layer: Layer) -> dict[str, int]:
    """Count a layer's features by the values of its classifying field; points come from counts kept ready."""
    if layer.geometry == "Point":
        rows = connection.execute(sql("legend.sql"), {"layer": layer.id})
    else:
        column = layer.table.__table__.c[layer.classify]
        rows = connection.execute(select(column, func.count()).where(*shown(layer)).group_by(column))
    return {str(kind): int(n) for kind, n in rows if kind is not None and n > 0}
