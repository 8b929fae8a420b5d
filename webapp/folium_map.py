"""A layer as one HTML file that shows its map without a network; what features say stays text, whatever they say."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import folium
import geopandas
import shapely
from flask_babel import gettext
from markupsafe import escape

from layers.areas.naming import Named
from layers.exporting.frames import frame
from layers.layer import Choice, Field, Layer, Text
from layers.provenance import SAMPLE
from webapp import values

DECIMALS = 6  # 0.1 m
PLACE_TOLERANCE = 0.0005  # degrees, 55 m: the ground is there to know where one is
LAND = {"stroke": False, "fillColor": "#ffffff", "fillOpacity": 1}
BORDER = {"color": "#8d7f60", "weight": 1, "fill": False}
UNKNOWN = Choice("", Text("", ""), "#9aa5a3", dashed=True)

Rows = list[dict[str, Any]]
Naming = Callable[[Iterable[str | None]], dict[str, Named]]  # names areas by their codes


@dataclass(frozen=True)
class Drawn:
    """A map as folium draws it: the element, the script that fills it, the choices on it, is any of it sample data."""

    body: str
    script: str
    choices: tuple[Choice, ...]
    sampled: bool


@dataclass(frozen=True)
class Label:
    """A few letters that always stand on the map, at a position in EPSG:4326."""

    lon: float
    lat: float
    words: str


def draw(
    layer: Layer,
    rows: Iterable[dict[str, Any]],
    districts: Iterable[dict[str, Any]],
    naming: Naming,
    labels: Sequence[Label] = (),
) -> Drawn:
    """Draw a layer over the outlines of its districts; `naming` gives the areas behind codes their names."""
    features = list(rows)
    places = list(districts)
    canvas = folium.Map(tiles=None, prefer_canvas=True, attributionControl=False, max_zoom=18, zoom_snap=0.25)
    _add_places(canvas, places)
    _add_features(canvas, layer, features, naming(row.get(name) for row in features for name in values.CODES))
    _write(canvas, labels, "number")
    canvas.fit_bounds(_corners(features or places), max_zoom=15)
    body, script = rendered(canvas)
    present = {row[layer.classify] for row in features}
    sampled = any(row.get("source") == SAMPLE for row in features)
    return Drawn(body, script, tuple(c for c in layer.choices if c.id in present), sampled)


def shown(field: Field, value: Any, areas: values.Areas) -> str:
    """Write a value in the words of the pages, and inert."""
    return inert(values.told(field, value, areas).words or str(gettext("belum diketahui")))


def inert(text: str) -> str:
    """Make a text mean nothing to HTML, nor to Jinja: folium compiles what it has written once more as a template."""
    return str(escape(text)).replace("{", "&#123;").replace("}", "&#125;")


def _add_features(canvas: folium.Map, layer: Layer, rows: Rows, areas: values.Areas) -> None:
    if not rows:
        return
    table = frame(layer, rows)
    told = {f.name: [shown(f, row[f.name], areas) for row in rows] for f in layer.public_fields}
    drawn = geopandas.GeoDataFrame(told, geometry=shapely.transform(table.geometry.array, _rounded), crs=4326)
    drawn["_choice"] = [row[layer.classify] if layer.choice(row[layer.classify]) else "" for row in rows]
    names = [f.name for f in layer.public_fields]
    titles = [inert(values.heading(f)) for f in layer.public_fields]
    folium.GeoJson(
        drawn,
        style_function=lambda feature: style(layer, feature["properties"]["_choice"]),
        marker=folium.CircleMarker(radius=5),
        tooltip=folium.GeoJsonTooltip(names[:1], labels=False),
        popup=folium.GeoJsonPopup(names, titles),
    ).add_to(canvas)


def style(layer: Layer, choice_id: str) -> dict[str, Any]:
    """Give the stroke and fill of a feature as Leaflet names them."""
    choice = layer.choice(choice_id) or UNKNOWN
    point = layer.geometry == "Point"
    return {
        "color": "#ffffff" if point else choice.colour,
        "weight": 1.5 if point else choice.width,
        "fill": layer.geometry != "MultiLineString",
        "fillColor": choice.colour,
        "fillOpacity": 0.9 if point else 0.15,
        "dashArray": "6 4" if choice.dashed else None,
    }


def _add_places(canvas: folium.Map, districts: Rows) -> None:
    if not districts:
        return
    outlines = geopandas.GeoSeries.from_wkb([bytes(row["geometry"]) for row in districts], crs=4326)
    outlines = outlines.simplify_coverage(PLACE_TOLERANCE)
    folium.GeoJson(outlines.union_all(), style_function=lambda _: LAND, interactive=False).add_to(canvas)
    folium.GeoJson(outlines, style_function=lambda _: BORDER, interactive=False).add_to(canvas)
    spots = shapely.get_coordinates(outlines.representative_point()).tolist()
    names = [Label(lon, lat, row["name"] or "") for (lon, lat), row in zip(spots, districts, strict=True)]
    _write(canvas, names, "place")


def _write(canvas: folium.Map, labels: Sequence[Label], look: str) -> None:
    """Write labels one by one, since Leaflet gives a group of shapes but one lasting label."""
    for label in labels:
        one = geopandas.GeoDataFrame(
            {"name": [inert(label.words)]}, geometry=[shapely.Point(label.lon, label.lat)], crs=4326
        )
        told = folium.GeoJsonTooltip(
            ["name"], labels=False, sticky=False, permanent=True, direction="center", class_name=look
        )
        spot = folium.CircleMarker(radius=0, stroke=False)
        folium.GeoJson(one, marker=spot, interactive=False, tooltip=told).add_to(canvas)


def _corners(rows: Rows) -> list[tuple[float, float]]:
    if not rows:
        return [(-11.0, 95.0), (6.0, 141.0)]  # Indonesia
    west, south, east, north = shapely.total_bounds(shapely.from_wkb([bytes(row["geometry"]) for row in rows]))
    return [(south, west), (north, east)]


def _rounded(coordinates: Any) -> Any:
    return coordinates.round(DECIMALS)


def rendered(canvas: folium.Map) -> tuple[str, str]:
    """Take folium's element and script alone: its header is what asks other hosts for libraries."""
    figure: Any = canvas.get_root()  # branca's types know only what all elements have
    figure.render()
    return figure.html.render(), figure.script.render().replace("</", "<\\/")


def policy(scripts: list[str]) -> str:
    """Allow the given scripts by their hashes, and nothing that a value could bring: no handler, no other host."""
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{each}'" for each in hashes)
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
