"""Features of a layer as marks on the small map of a page: points as pins, lines and areas as they lie."""

from collections.abc import Iterator, Sequence
from typing import Any

import shapely
from sqlalchemy import Connection

from geo.svgmap import path
from geo.view import View
from layers.layer import Layer
from layers.overview.queries import shapes
from webapp.sheet import Pin, Shape, Sheet, sheet
from webapp.values import title

Row = dict[str, Any]


def features(
    connection: Connection,
    layer: Layer,
    rows: Sequence[Row],
    shown: View,
    *,
    numbered: bool = True,
    home: str = "",
    here: tuple[float, float] | None = None,
) -> Sheet:
    """Lay out the map of some features; points are numbered as in their list, and lead to pages below `home`."""
    base = home or f"/layers/{layer.id}"
    if layer.geometry == "Point":
        return sheet(
            connection,
            shown,
            [_pin(layer, row, str(i) if numbered else "", base) for i, row in enumerate(rows, 1)],
            here=here,
        )
    marks = list(_drawn(connection, layer, rows, shown, base))
    pins = [mark for mark in marks if isinstance(mark, Pin)]
    return sheet(connection, shown, pins, [mark for mark in marks if isinstance(mark, Shape)], here)


def _drawn(connection: Connection, layer: Layer, rows: Sequence[Row], shown: View, base: str) -> Iterator[Shape | Pin]:
    """Draw lines and areas as they lie in a view; points among them become pins."""
    by_id = {row["id"]: row for row in rows}
    for feature_id, shape in shapes(connection, layer, list(by_id), shown).items():
        row = by_id[feature_id]
        choice = layer.choice(row[layer.classify])
        if shape.geom_type == "Point":
            yield _pin(layer, row, "", base)
        elif choice:
            filled = shapely.get_dimensions(shape) == 2 and not choice.dashed  # what is merely declared is an outline
            look = choice.colour, choice.width + 0.5
            yield Shape(path(shape, 0.6), title(layer, row), *look, filled=filled, dashed=choice.dashed)


def _pin(layer: Layer, row: Row, label: str, base: str) -> Pin:
    choice = layer.choice(row[layer.classify])
    icon, colour = (choice.icon, choice.colour) if choice else ("marker", "#5b7f7c")
    return Pin(row["lon"], row["lat"], title(layer, row), label, icon, colour, f"{base}/{row['id']}")
