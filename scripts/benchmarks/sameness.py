"""Whether both servers really answer the same: a race between unequal tiles would prove nothing."""

import urllib.request
from typing import Any

import mapbox_vector_tile

from layers.layer import Layer
from scripts.benchmarks.questions import our_tile, places, tipg_tile
from scripts.setup.progress import Trouble

COMPARED = 60
INSIDE = 8  # units: what only touches the edge may fall on either side by rounding
EXTENT = 4096


def compare(layer: Layer, ours: str, tipg: str) -> int:
    """Compare tiles feature by feature, and count the features compared; raises Trouble at the first difference."""
    compared = 0
    for place in places()[:COMPARED]:
        here = _features(ours + our_tile(layer, place), layer, layer.id)
        there = _features(tipg + tipg_tile(layer, place), layer, "default")
        missing = there.keys() - here.keys()
        inner = {known for known, (drawn, _) in here.items() if _is_inside(drawn["geometry"])}
        differing = {known for known in here.keys() & there.keys() if here[known][1] != there[known][1]}
        if missing or inner - there.keys() or differing:
            raise Trouble(
                f"{layer.id} {place}: the tiles differ in {sorted(missing or inner - there.keys() or differing)[:5]}"
            )
        compared += len(there)
    return compared


def _features(address: str, layer: Layer, name: str) -> dict[int, tuple[Any, dict[str, Any]]]:
    """Read a tile: by id the feature as drawn, and its attributes."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310  # a server of this bench
        decoded = mapbox_vector_tile.decode(answer.read())
    names = [field.name for field in layer.tile_fields]
    drawn = decoded.get(name, {"features": []})["features"]
    return {f.get("id") or f["properties"]["id"]: (f, {n: f["properties"].get(n) for n in names}) for f in drawn}


def _is_inside(geometry: dict[str, Any]) -> bool:
    """Say whether a part of a feature lies well within the tile, not in its margin alone."""
    return any(
        INSIDE < x < EXTENT - INSIDE and INSIDE < y < EXTENT - INSIDE for x, y in _vertices(geometry["coordinates"])
    )


def _vertices(nested: Any) -> list[tuple[float, float]]:
    if not isinstance(nested[0], list | tuple):
        return [(nested[0], nested[1])]
    return [vertex for part in nested for vertex in _vertices(part)]
