"""How a layer is drawn: its choices become MapLibre style layers, from the ground up.

Opacities are plain numbers and stand in the metadata too, so that the map's slider can scale them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from layers.layer import Choice, Layer

GROUND = "areas"  # the layer that is drawn as land, under all others
WATER = "#e4ebec"
LAND = "#fbfaf6"
CASING = "#4f4a3e"
HALO = "#fffefb"
INK = "#1d2b2a"
FONT = ["system-ui", "Noto Sans", "sans-serif"]

Drawing = dict[str, Any]
Expression = Any


def background() -> Drawing:
    """Draw what lies beyond the known land."""
    return {"id": "background", "type": "background", "paint": {"background-color": WATER}}


def basemap() -> Drawing:
    """Draw the configured base map, paled so that the layers stay strongest."""
    return {"id": "basemap", "type": "raster", "source": "basemap", "paint": {"raster-opacity": 0.6}}


def land(layer: Layer) -> Drawing:
    """Draw the ground that everything else stands on."""
    paint = {"fill-color": LAND, "fill-antialias": False}
    return _drawing(layer, "land", "fill", paint, 1.0)


def regency(layer: Layer, has_basemap: bool) -> list[Drawing]:
    """Draw the regency's land and outline, of no layer's switch: they say where one is when the areas are off."""
    widest = layer.choices[0]
    look = {"line-color": widest.colour, "line-width": _zoomed([(7, widest.width * 0.35), (14, widest.width * 2)])}
    whole = ["==", ["get", layer.classify], widest.id]
    outline = _drawing(layer, "regency", "line", look, 0.55, whole, {"line-join": "round"})
    parts = [outline] if has_basemap else [_drawing(layer, "ground", "fill", {"fill-color": LAND}, 1.0, whole), outline]
    return [{name: value for name, value in part.items() if name != "metadata"} for part in parts]


def polygons(layer: Layer) -> list[Drawing]:
    """Draw areas: a light fill and an outline; an unknown or merely declared one is a dashed outline alone."""
    colour = _by_choice(layer, lambda c: c.colour)
    filled = ["all", _is("Polygon"), _dashed(layer, False)]
    fill = _drawing(layer, "fill", "fill", {"fill-color": colour, "fill-antialias": False}, 0.5, filled)
    outline = _drawing(layer, "outline", "line", {"line-color": colour, "line-width": 0.8}, 0.8, filled)
    declared = ["all", _is("Polygon"), _dashed(layer, True)]
    dashes = {"line-color": colour, "line-width": 1.4, "line-dasharray": [3, 2]}
    return [fill, outline, *_if_dashed(layer, _drawing(layer, "dashed", "line", dashes, 0.9, declared))]


def borders(layer: Layer) -> list[Drawing]:
    """Draw the ground's borders: hair lines between villages, heavier ones the higher the level."""
    paint = {
        "line-color": _by_choice(layer, lambda c: c.colour),
        "line-width": _growing(layer, [(7, 0.35), (10, 0.9), (14, 2)]),
    }
    order = {"line-sort-key": _by_choice(layer, lambda c: c.width), "line-join": "round"}
    return [_drawing(layer, "border", "line", paint, 0.55, layout=order)]


def lines(layer: Layer) -> list[Drawing]:
    """Draw lines by colour and width on a dark casing, so that light ones reach 3:1 on paper; unknown is dashed."""
    colour = _by_choice(layer, lambda c: c.colour)
    widths = [(7, 0.3), (10, 0.6), (13, 1), (16, 2.8)]
    layout = {"line-join": "round", "line-cap": "round", "line-sort-key": _by_choice(layer, lambda c: c.width)}
    known, unknown = _dashed(layer, False), _dashed(layer, True)
    casing = {"line-color": CASING, "line-width": _growing(layer, widths, extra=1)}
    body = {"line-color": colour, "line-width": _growing(layer, widths)}
    dashes = {**body, "line-dasharray": [2.5, 2]}
    name = {**_words(["get", "name"], 11), "symbol-placement": "line", "symbol-spacing": 400}
    return [
        _drawing(layer, "casing", "line", casing, 0.55, known, layout, first=10),
        _drawing(layer, "line", "line", body, 1.0, known, layout),
        *_if_dashed(layer, _drawing(layer, "dashed", "line", dashes, 1.0, unknown, {"line-join": "round"})),
        _drawing(layer, "name", "symbol", _halo(), 1.0, layout=name, first=12.5),
    ]


def points(layer: Layer) -> list[Drawing]:
    """Draw points: dots from afar, icons near by, and their names nearer still."""
    colour = _by_choice(layer, lambda c: c.colour)
    dot = {
        "circle-color": colour,
        "circle-radius": _zoomed([(7, 1.1), (9, 2.3), (10.5, 4)]),
        "circle-stroke-color": HALO,
        "circle-stroke-width": _zoomed([(8, 0.3), (10.5, 1)]),
    }
    badge = {
        "icon-image": _by_choice(layer, image),
        "icon-size": _zoomed([(11, 0.62), (14, 1)]),
        "icon-allow-overlap": True,
        "symbol-sort-key": _rank(layer),
    }
    name = {**_words(["get", "name"], 11.5, (0, 1.25)), "text-anchor": "top", "text-max-width": 9}
    at = _is("Point")
    return [
        _drawing(layer, "dot", "circle", dot, 1.0, at, {"circle-sort-key": _rank(layer)}, last=11),
        _drawing(layer, "icon", "symbol", {}, 1.0, at, badge, first=11),
        _drawing(layer, "name", "symbol", _halo(), 1.0, at, name, first=13.5),
    ]


def cells(layer: Layer) -> list[Drawing]:
    """Draw the counts that stand for points where there are too many: larger the more, in the colour of most."""
    radius = ["interpolate", ["linear"], ["log10", ["get", "n"]], 0, 4, 1, 7.5, 2, 10.5, 3, 13, 5, 18]
    colour = _by_choice(layer, lambda c: c.colour, "kind")
    circle = {"circle-color": colour, "circle-radius": radius, "circle-stroke-color": HALO, "circle-stroke-width": 1}
    words = {**_words(_shortened(["get", "n"]), 10.5), "text-allow-overlap": True}
    number = {"text-color": "#ffffff"}
    order = {"circle-sort-key": ["get", "n"]}
    big = [">=", ["get", "n"], 10]
    return [
        _drawing(layer, "cells", "circle", circle, 0.82, layout=order, source_layer=f"{layer.id}_cells"),
        _drawing(layer, "counts", "symbol", number, 1.0, big, words, source_layer=f"{layer.id}_cells"),
    ]


def names(level: tuple[str, ...], size: float, first: float, last: float, bold: bool) -> Drawing:
    """Write the names of areas of some levels, with a halo, from zoom `first` to `last`."""
    layout = {
        **_words(["get", "name"], size),
        "text-letter-spacing": 0.06 if bold else 0.02,
        "text-max-width": 7,
        "text-padding": 4,
        "symbol-sort-key": ["-", ["get", "area_km2"]],
    }
    return {
        "id": f"names-{level[0]}",
        "type": "symbol",
        "source": "labels",
        "minzoom": first,
        "maxzoom": last,
        "filter": ["in", ["get", "level"], ["literal", list(level)]],
        "layout": layout,
        "paint": {**_halo(), "text-color": "#3f3a2c" if bold else "#6b6350"},
        "metadata": {"layer": GROUND, "opacity": {"text-opacity": 1.0}},
    }


def image(choice: Choice) -> str:
    """Name the image of a choice's icon: what it shows and in which colour; the map's module draws it."""
    return f"{choice.icon}|{choice.colour}"


def _drawing(
    layer: Layer,
    part: str,
    kind: str,
    paint: Drawing,
    opacity: float,
    where: Expression = None,
    layout: Drawing | None = None,
    *,
    first: float | None = None,
    last: float | None = None,
    source_layer: str = "",
) -> Drawing:
    opacities = dict.fromkeys(OPACITIES[kind], opacity)
    drawing = {
        "id": f"{layer.id}-{part}",
        "type": kind,
        "source": layer.id,
        "source-layer": source_layer or layer.id,
        "minzoom": first,
        "maxzoom": last,
        "filter": where,
        "layout": layout,
        "paint": {**paint, **opacities},
        "metadata": {"layer": layer.id, "opacity": opacities},
    }
    return {name: value for name, value in drawing.items() if value is not None}


OPACITIES = {
    "fill": ("fill-opacity",),
    "line": ("line-opacity",),
    "circle": ("circle-opacity", "circle-stroke-opacity"),
    "symbol": ("icon-opacity", "text-opacity"),
}


def _by_choice(layer: Layer, value: Callable[[Choice], Any], field: str = "") -> Expression:
    pairs = [part for choice in layer.choices for part in (choice.id, value(choice))]
    return ["match", ["get", field or layer.classify], *pairs, value(Choice("", layer.title))]


def _shortened(n: Expression) -> Expression:
    """Write a number so that it fits a circle: 12k from ten thousand on."""
    return ["case", [">=", n, 10_000], ["concat", ["round", ["/", n, 1000]], "k"], ["to-string", n]]


def _rank(layer: Layer) -> Expression:
    """Rank the choices so that the first of the legend is drawn on top."""
    pairs = [part for i, choice in enumerate(layer.choices) for part in (choice.id, -i)]
    return ["match", ["get", layer.classify], *pairs, -len(layer.choices)]


def _growing(layer: Layer, stops: Sequence[tuple[float, float]], extra: float = 0) -> Expression:
    parts = [p for z, factor in stops for p in (z, _by_choice(layer, lambda c, f=factor: c.width * f + extra))]  # type: ignore[misc]
    return ["interpolate", ["exponential", 1.4], ["zoom"], *parts]


def _zoomed(stops: Sequence[tuple[float, float]]) -> Expression:
    return ["interpolate", ["linear"], ["zoom"], *(part for stop in stops for part in stop)]


def _is(geometry: str) -> Expression:
    return ["==", ["geometry-type"], geometry]


def _dashed(layer: Layer, wanted: bool) -> Expression:
    dashed = ["in", ["get", layer.classify], ["literal", [c.id for c in layer.choices if c.dashed]]]
    return dashed if wanted else ["!", dashed]


def _if_dashed(layer: Layer, drawing: Drawing) -> list[Drawing]:
    return [drawing] if any(c.dashed for c in layer.choices) else []


def _words(field: Expression, size: float, offset: tuple[float, float] | None = None) -> Drawing:
    words: Drawing = {"text-field": field, "text-size": size, "text-font": FONT}
    return words if offset is None else {**words, "text-offset": list(offset)}


def _halo() -> Drawing:
    return {"text-color": INK, "text-halo-color": HALO, "text-halo-width": 1.6, "text-halo-blur": 0.4}
