"""OpenStreetMap extracts: the objects that carry a wanted tag, as points, lines or areas."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import osmium
import pyarrow as pa
import shapely
from osmium.geom import WKBFactory

from layers.reading.refusal import FileRefusedError
from layers.reading.source import CHUNK_ROWS, Chunk, Source, chunk

ID, TAG = "osm_id", "osm_tag"


def tag_columns(used: set[str]) -> tuple[str, ...]:
    """Say which of the columns that a mapping reads are tags."""
    return tuple(sorted(used - {ID, TAG}))


def open_pbf(path: Path, wanted: tuple[str, ...], keys: tuple[str, ...], geometry: str) -> Source:
    """Open an extract; `wanted` holds "key=value" or "key=*", `keys` the tags that become columns.

    The column osm_id says n, w or r and the number, osm_tag the first wanted tag; areas become points for point layers.
    """
    columns = (ID, TAG, *keys)
    found = _objects(path, wanted, geometry)
    return Source(columns, 0, _chunks(found, columns), "EPSG:4326", True)


def _chunks(found: Iterator[tuple[str, str, dict[str, str], Any]], columns: tuple[str, ...]) -> Iterator[Chunk]:
    held: list[tuple[str, str, dict[str, str], Any]] = []
    first = 1
    for item in found:
        held.append(item)
        if len(held) == CHUNK_ROWS:
            yield _chunk(held, columns, first)
            first += len(held)
            held = []
    yield _chunk(held, columns, first)


def _chunk(held: list[tuple[str, str, dict[str, str], Any]], columns: tuple[str, ...], first: int) -> Chunk:
    values = [{**tags, ID: number, TAG: tag} for number, tag, tags, _ in held]
    arrays = [pa.array([row.get(name) for row in values], pa.string()) for name in columns]
    geometry = shapely.from_wkb([wkb for *_, wkb in held])
    return chunk(pa.Table.from_arrays(arrays, names=list(columns)), range(first, first + len(held)), geometry)


def _objects(path: Path, wanted: tuple[str, ...], geometry: str) -> Iterator[tuple[str, str, dict[str, str], Any]]:
    shapes = WKBFactory()
    processor = osmium.FileProcessor(osmium.io.File(str(path), "pbf")).with_locations()
    if geometry != "MultiLineString":
        processor = processor.with_areas()
    processor = processor.with_filter(osmium.filter.KeyFilter(*sorted({tag.partition("=")[0] for tag in wanted})))
    try:
        for item in processor:
            tag = _wanted(item.tags, wanted)
            if tag and _serves(item, geometry):
                yield _number(item), tag, {t.k: t.v for t in item.tags}, _shape(item, shapes, geometry)
    except RuntimeError as problem:
        raise FileRefusedError(f"Berkas OSM {path.name} rusak. Unduh sekali lagi, lalu ulangi.") from problem


def _wanted(tags: Any, wanted: tuple[str, ...]) -> str:
    for tag in wanted:
        key, _, value = tag.partition("=")
        if key in tags and value in ("*", tags[key]):
            return f"{key}={tags[key]}"
    return ""


def _number(item: Any) -> str:
    if item.is_area():
        return f"{'w' if item.from_way() else 'r'}{item.orig_id()}"
    return f"{'n' if item.is_node() else 'w'}{item.id}"


def _serves(item: Any, geometry: str) -> bool:
    if geometry == "MultiLineString":
        return bool(item.is_way())
    return bool(item.is_area() or (item.is_node() and geometry != "MultiPolygon"))


def _shape(item: Any, shapes: WKBFactory, geometry: str) -> bytes | None:
    """Draw an object; None where the extract lacks some of its nodes."""
    try:
        if item.is_node():
            return bytes.fromhex(shapes.create_point(item))
        if item.is_way():
            return bytes.fromhex(shapes.create_linestring(item))
        area = bytes.fromhex(shapes.create_multipolygon(item))
    except (osmium.InvalidLocationError, RuntimeError):
        return None
    return area if geometry == "MultiPolygon" else shapely.to_wkb(shapely.point_on_surface(shapely.from_wkb(area)))
