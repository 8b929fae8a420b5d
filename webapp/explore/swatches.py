"""How a choice looks in the legends of pages."""

from typing import Literal

from layers.layer import Choice, Layer

Form = Literal["line", "badge", "area"]


def form(layer: Layer, choice: Choice) -> Form:
    """Choose what stands for a choice as on the map: a stroke, an icon on a disc, or a patch."""
    if layer.geometry == "MultiLineString":
        return "line"
    return "badge" if layer.geometry == "Point" or choice.icon != "marker" else "area"
