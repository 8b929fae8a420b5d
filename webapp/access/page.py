"""The page of access: how long the way to a service takes, as a sentence, a map, a table and a file."""

from collections import Counter
from collections.abc import Sequence
from math import inf
from typing import Any

from flask import Response, render_template, request
from sqlalchemy import Connection

from geo.svgmap import path
from layers.access import CLASSES, LAYER
from layers.access.queries import (
    Asked,
    Line,
    cells_of,
    districts,
    known_kinds,
    people_source,
    rural_access,
    settlements,
    together,
    villages,
)
from layers.areas.queries import district_names
from layers.offices.kinds import KINDS
from layers.overview.queries import shapes
from layers.rasters.queries import Raster
from layers.roads.speeds import MODE_CHOICES, SEASON_CHOICES
from webapp import arguments, freshness
from webapp.access import asking
from webapp.csv_answer import csv_answer
from webapp.extensions import reading
from webapp.sheet import Shape, Sheet, covered, home_view, sheet

MOST_LINES = 100  # the file holds all
COLOURS = {choice.id: choice for choice in CLASSES}
COLUMNS = (
    *("name", "district", "code", "minutes", "kind", "people", "within_15", "within_30", "within_60", "reached"),
    *("unreachable", "supply", "office"),
)


def show() -> str:
    """Show who reaches a service, and how fast."""
    asked, level = asking.asked(request.args), asking.level(request.args)
    by_cell = asking.drawn(request.args) == "kotak"
    with reading() as connection:
        every = villages(connection, asked)
        cells = cells_of(connection, (asked.kind, asked.mode, asked.season))
        lines = _sorted(_lines(connection, asked, level, every))
        page = {
            "asked": asked,
            "level": level,
            "lines": lines[:MOST_LINES],
            "number": len(lines),
            "whole": together("", "", every),
            "counts": Counter(line.kind for line in every),
            "rural": rural_access(every),
            "known": asked.kind in known_kinds(connection),
            "people_source": people_source(connection),
            "freshness": freshness.told(connection, LAYER),
            "districts": district_names(connection),
            "cells": cells,
            "by_cell": by_cell and cells is not None,
            "sheet": drawn(connection, every, cells if by_cell else None),
        }
    chosen = next(kind for kind in KINDS if kind.id == asked.kind)
    choices = {"kinds": KINDS, "modes": MODE_CHOICES, "seasons": SEASON_CHOICES, "classes": CLASSES}
    return render_template("access/page.html", chosen=chosen, colours=COLOURS, layer=LAYER, **choices, **page)


def table() -> Response:
    """Send all lines of the table as CSV; numbers as they are kept."""
    asked, level = asking.asked(request.args), asking.level(request.args)
    with reading() as connection:
        lines = _sorted(_lines(connection, asked, level, villages(connection, asked)))
    ways = (asked.kind, asked.mode, asked.season)
    rows = ([*(getattr(line, name) for name in COLUMNS), *ways] for line in lines)
    return csv_answer(f"jangkauan-{'-'.join(ways)}-{level}.csv", [*COLUMNS, "service", "mode", "season"], rows)


def drawn(connection: Connection, lines: Sequence[Line], cells: Raster | None = None) -> Sheet:
    """Draw the villages in the colours of their minutes, or each cell in those of its own."""
    view = arguments.view(request.args, home_view(connection))
    if cells:
        return covered(sheet(connection, view), cells)
    by_id = {line.id: line for line in lines if line.id is not None}
    found = shapes(connection, LAYER, list(by_id), view)
    marks = [_shape(by_id[feature], path(shape, 0.8)) for feature, shape in found.items()]
    return sheet(connection, view, shapes=marks)


def _shape(line: Line, drawing: str) -> Shape:
    look = COLOURS[line.kind]
    return Shape(drawing, line.name, look.colour, 0.8, filled=not look.dashed, dashed=look.dashed)


def _lines(connection: Connection, asked: Asked, level: asking.Level, every: list[Line]) -> list[Line]:
    if level == "permukiman":
        return settlements(connection, asked)
    return districts(every) if level == "kecamatan" else every


def _sorted(lines: list[Line]) -> list[Line]:
    """Sort as the address asks; who has no way needs longest."""
    name, backwards = asking.sort(request.args)
    return sorted(lines, key=lambda line: _key(line, name), reverse=backwards)


def _key(line: Line, name: str) -> Any:
    if name == "minutes":
        return inf if line.minutes is None else line.minutes
    if name == "share":
        return line.share_in_half_an_hour or 0.0
    value = getattr(line, name)
    return value if isinstance(value, str) else value or 0.0
