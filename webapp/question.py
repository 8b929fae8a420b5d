"""Which features a list, and the file taken along from it, show: what their shared address asks of a layer."""

from collections.abc import Mapping
from math import isfinite
from urllib.parse import urlencode

from flask import abort
from flask_babel import gettext

from layers.layer import Field, Layer
from layers.query import Bounds, Query
from layers.registry import layers

LONGEST_TEXT = 100


def layer_named(layer_id: str) -> Layer:
    """Find a layer by its id in an address; refuses an unknown one with 404."""
    found = layers().get(layer_id)
    if found is None:
        abort(404, gettext("Lapisan data ini tidak ada; pilih dari daftar data."))
    return found


def query(layer: Layer, arguments: Mapping[str, str]) -> Query:
    """Read filters by the names of their fields, `q` (text), `bbox` (w,s,e,n) and `sort`; refuses nonsense with 400."""
    return Query(
        layer,
        filters=filters(layer, arguments),
        bbox=bounds(arguments.get("bbox", "")),
        search=search(arguments.get("q", "").strip()),
        sort=sort(layer, arguments.get("sort") or usual_sort(layer)),
    )


def filters(layer: Layer, arguments: Mapping[str, str]) -> dict[str, str]:
    """Read the filters that are filled in; a choice must be one of its field's."""
    asked = {f: arguments.get(f.name, "") for f in layer.public_fields if f.filter}
    return {field.name: chosen(field, value) for field, value in asked.items() if value}


def chosen(field: Field, value: str) -> str:
    """Check that a value is one of its field's choices, where the field has any; refuses others with 400."""
    if field.choices and value not in {choice.id for choice in field.choices}:
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    return value


def bounds(written: str) -> Bounds | None:
    """Read west, south, east, north in degrees, None where nothing is written."""
    if not written:
        return None
    try:
        west, south, east, north = map(float, written.split(","))
    except ValueError:
        abort(400, gettext("Kotak peta ditulis sebagai barat,selatan,timur,utara."))
    held = abs(west) <= 180 and abs(east) <= 180 and -90 <= south <= north <= 90
    if not (held and isfinite(west) and isfinite(east)):
        abort(400, gettext("Kotak peta tidak ada di bumi; periksa urutan barat,selatan,timur,utara."))
    return west, south, east, north


def search(text: str) -> str:
    """Check a text to look for."""
    if len(text) > LONGEST_TEXT:
        abort(400, gettext("Teks pencarian paling panjang %(most)s huruf.", most=LONGEST_TEXT))
    return text


def usual_sort(layer: Layer) -> str:
    """Say in which order rows come where nobody asks for one: as the layer says, or its newest moment first."""
    if layer.sort:
        return layer.sort
    return "id" if layer.datetime_field == "checked_on" else f"-{layer.datetime_field}"


def sort(layer: Layer, written: str) -> str:
    """Check the field that rows are sorted by, "-" before it for the other way round."""
    if written.removeprefix("-") not in {"id", *(f.name for f in layer.public_fields)}:
        abort(400, gettext("Daftar ini tidak dapat diurutkan menurut kolom itu."))
    return written


def address(path: str, asked: Mapping[str, str]) -> str:
    """Write an address with what is asked; what is empty is left out."""
    kept = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path
