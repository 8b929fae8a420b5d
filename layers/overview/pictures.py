"""Any layer as a picture over the small map: what lies in a view, in the colours of its legend, with its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Condition
from typing import Any

import shapely
from cachetools import LRUCache, cached
from cachetools.keys import hashkey
from sqlalchemy import Connection, TextClause, text

from geo.classmap import Look, draw
from geo.svgmap import in_pixels
from geo.view import TILE_PX, View
from layers.db import HERE
from layers.layer import Field, Layer
from layers.records.versions import states
from layers.registry import menu

MOST = 20_000  # features of one picture; lines and areas are drawn as from afar beyond that, points not at all
UNITS_A_PIXEL = 8  # as in tiles: a feature's own statement leaves out what is smaller


@dataclass(frozen=True)
class Subject:
    """What of a layer a picture shows: the field whose choices have colours."""

    layer: Layer
    field: Field

    @property
    def id(self) -> str:
        """Name it in an address: the layer, and the field where that is not the one that makes the legend."""
        return self.layer.id if self.field.name == self.layer.classify else f"{self.layer.id}.{self.field.name}"


@dataclass(frozen=True)
class Picture:
    """A drawn layer: the SVG, and how many features of each choice lie in the view.

    Where too many do, `afar` says that only those are drawn, and counted, that are seen from afar; `crowded` that none
    is.
    """

    svg: str
    counts: Mapping[str, int]
    afar: bool = False
    crowded: bool = False


def subjects() -> dict[str, Subject]:
    """List what can be drawn of all layers, by its id, in the order of menus."""
    found = [Subject(layer, field) for layer in menu() for field in layer.tile_fields if _coloured(layer, field)]
    return {subject.id: subject for subject in found}


def picture(connection: Connection, subject: Subject, view: View) -> Picture:
    """Draw what lies in a view, anew only once the layer has changed."""
    return _drawn(connection, subject.id, view, states(connection).of(subject.layer.id))


@cached(LRUCache(64), key=lambda _, *asked: hashkey(*asked), condition=Condition())  # who asks meanwhile waits
def _drawn(connection: Connection, subject_id: str, view: View, _state: str) -> Picture:
    subject = subjects()[subject_id]
    found, afar = _found(connection, subject, view)
    choices = [choice for choice in subject.field.choices if choice.id in found]
    counts = {choice.id: len(found[choice.id]) for choice in choices}
    if sum(counts.values()) > MOST or (afar and not counts):
        return Picture("", {}, crowded=True)
    looks = [
        Look(one.colour, one.width, one.dashed, _in_pixels(view, found[one.id]))
        for one in reversed(choices)  # what the legend names first lies on top
    ]
    return Picture(draw(view, looks), counts, afar)


def _coloured(layer: Layer, field: Field) -> bool:
    """Say whether a field can be told by colours; what makes the legend always is, if only by one colour."""
    return field.name == layer.classify or len({choice.colour for choice in field.choices}) > 1


def _found(connection: Connection, subject: Subject, view: View) -> tuple[dict[str, list[bytes]], bool]:
    """Read the shapes of each value, and say whether they are those seen from afar, since too many lie in the view."""
    near = _asked(connection, subject, view, "tile")
    if subject.layer.geometry == "Point" or sum(map(len, near.values())) <= MOST:
        return near, False
    return _asked(connection, subject, view, "overview"), True


def _asked(connection: Connection, subject: Subject, view: View, part: str) -> dict[str, list[bytes]]:
    question, asks = statement(subject, part), _asks(view)
    rows = connection.execute(question, {name: asks[name] for name in question.compile().params})
    return {str(row.kind): [bytes(shape) for shape in row.shapes] for row in rows}


def statement(subject: Subject, part: str) -> TextClause:
    """Put the layer's own "tile" or "overview" statement into the frame that gathers what it gives."""
    frame = (HERE / "overview/features.sql").read_text()
    own = (HERE / subject.layer.id / f"{part}.sql").read_text()
    return text(frame.replace("{field}", subject.field.name).replace("{features}", own))


def _asks(view: View) -> dict[str, Any]:
    west, south, east, north = view.bounds()
    unit = 360 / (TILE_PX * 2**view.zoom) / UNITS_A_PIXEL
    frame = {"west": west, "south": south, "east": east, "north": north}
    return {**frame, "unit": unit, "z": int(view.zoom), "most": MOST + 1}


def _in_pixels(view: View, shapes: list[bytes]) -> list[Any]:
    return [in_pixels(view, shape) for shape in shapely.from_wkb(shapes)]
