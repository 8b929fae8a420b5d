"""The map's style, made from the registry: sources, drawings, and what the legend says."""

from collections.abc import Mapping, Sequence
from typing import Any

from layers.areas.queries import Regency
from layers.layer import Choice, Layer
from layers.rasters.queries import Raster
from layers.records.versions import States
from layers.settings import Settings
from webapp.assets import icon_path
from webapp.language import in_language
from webapp.map import cells, drawing
from webapp.map.texts import texts

SHOWN_FIRST = ("offices", "roads", "settlements", "areas")
BASEMAP_ATTRIBUTION = "Peta dasar"

Document = dict[str, Any]


def document(
    layers: list[Layer],
    settings: Settings,
    states: States,
    counts: Mapping[str, Mapping[str, int]],
    sampled: set[str],
    home: Regency | None,
    rasters: Sequence[Raster] = (),
) -> Document:
    """Write the MapLibre style; `layers` in the order of the legend, `counts` by layer and choice."""
    return {
        "version": 8,
        "name": "Peta Layanan",
        "metadata": {
            "regency": home.name if home else "",
            "bounds": home.bounds if home else None,
            "layers": [_legend(layer, counts.get(layer.id, {}), layer.id in sampled) for layer in layers]
            + [cells.legend(raster) for raster in rasters],
            "icons": _icons(layers),
            "texts": texts(),
        },
        "sources": {
            **_basemap_source(settings),
            **{layer.id: _source(layer, states.of(layer.id)) for layer in layers},
            **{cells.name(raster): cells.source(raster) for raster in rasters},
            "labels": {"type": "geojson", "data": f"/map/labels.json?v={states.of(drawing.GROUND)}"},
        },
        "layers": _drawings(layers, rasters, has_basemap=bool(_basemap_source(settings))),
    }


def _drawings(layers: list[Layer], rasters: Sequence[Raster], has_basemap: bool) -> list[drawing.Drawing]:
    """Stack the drawings: land, areas, borders, lines, points, counts, names; the legend's first layer on top.

    Rasters lie under the areas, but those that a page asks for over them: settlements would hide where people live.
    """
    upwards = layers[::-1]
    ground = [layer for layer in upwards if layer.id == drawing.GROUND]
    areal = [
        layer for layer in upwards if layer.id != drawing.GROUND and layer.geometry in ("MultiPolygon", "Geometry")
    ]
    linear = [layer for layer in upwards if layer.geometry == "MultiLineString"]
    spots = [layer for layer in upwards if layer.geometry in ("Point", "Geometry")]
    stack = [drawing.background()]
    stack += [drawing.basemap()] if has_basemap else []
    stack += [part for layer in ground for part in drawing.regency(layer, has_basemap)]
    stack += [] if has_basemap else [drawing.land(layer) for layer in ground]
    stack += [cells.drawing(raster) for raster in rasters if not raster.kind.internal]
    stack += [part for layer in areal for part in drawing.polygons(layer)]
    stack += [cells.drawing(raster) for raster in rasters if raster.kind.internal]
    stack += [part for layer in ground for part in drawing.borders(layer)]
    stack += [part for layer in linear for part in drawing.lines(layer)]
    stack += [drawing.names(("desa", "kelurahan"), 11, 11.5, 22, bold=False)]
    stack += [part for layer in spots for part in drawing.points(layer)]
    stack += [drawing.names(("kecamatan",), 13, 8, 13, bold=True)]
    return stack + [part for layer in spots for part in drawing.cells(layer)]


def _source(layer: Layer, version: str) -> Document:
    return {
        "type": "vector",
        "tiles": [f"/tiles/{layer.id}/{{z}}/{{x}}/{{y}}.mvt?v={version}"],
        "minzoom": layer.zooms.first,
        "maxzoom": layer.zooms.last,
        "attribution": in_language(layer.source),
    }


def _basemap_source(settings: Settings) -> Document:
    if settings.basemap_tiles:
        tiles = {"tiles": [settings.basemap_tiles], "tileSize": 256}
        return {"basemap": {"type": "raster", "attribution": BASEMAP_ATTRIBUTION, **tiles}}
    if settings.basemap_pmtiles:
        remote = "://" in settings.basemap_pmtiles
        address = f"pmtiles://{settings.basemap_pmtiles if remote else '/map/basemap.pmtiles'}"
        return {"basemap": {"type": "raster", "attribution": BASEMAP_ATTRIBUTION, "url": address, "tileSize": 256}}
    return {}


def _legend(layer: Layer, counts: Mapping[str, int], sampled: bool) -> Document:
    return {
        "id": layer.id,
        "title": in_language(layer.title),
        "about": in_language(layer.about),
        "source": in_language(layer.source),
        "licence": layer.licence.name,
        "geometry": layer.geometry,
        "classify": layer.classify,
        "on": layer.id in SHOWN_FIRST,
        "sample": sampled,
        "total": sum(counts.values()),
        "choices": [_choice(choice, counts.get(choice.id, 0)) for choice in layer.choices],
    }


def _choice(choice: Choice, count: int) -> Document:
    return {
        "id": choice.id,
        "title": in_language(choice.title),
        "colour": choice.colour,
        "icon": choice.icon,
        "width": choice.width,
        "dashed": choice.dashed,
        "count": count,
    }


def _icons(layers: list[Layer]) -> dict[str, str]:
    names = {choice.icon for layer in layers if layer.geometry in ("Point", "Geometry") for choice in layer.choices}
    return {name: icon_path(name) for name in sorted(names | {"marker"})}
