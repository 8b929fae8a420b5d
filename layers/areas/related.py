"""What belongs to an area, for its page."""

from typing import Any

from sqlalchemy import Connection

from layers import features
from layers.layer import Layer
from layers.query import Query
from layers.registry import layers, menu

MOST_PARTS = 60


def related(connection: Connection, area: dict[str, Any]) -> dict[str, Any]:
    """Find the areas that an area consists of, and what lies in it."""
    parts = Query(layers()["areas"], filters={"parent_code": area["code"]}, sort="name", limit=MOST_PARTS)
    return {"parts": features.page(connection, parts), "contents": _contents(connection, area)}


def _contents(connection: Connection, area: dict[str, Any]) -> list[tuple[Layer, int]]:
    """Count what lies in a village, by layer."""
    located = [layer for layer in menu() if "village_code" in layer.by_name]
    counted = [
        (each, features.count(connection, Query(each, filters={"village_code": area["code"]}))) for each in located
    ]
    return [(each, number) for each, number in counted if number]
