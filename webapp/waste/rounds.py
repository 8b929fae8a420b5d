"""Collection rounds: a planner asks, the worker answers, the page shows and prints who drives where and when."""

from typing import Any

import numpy as np
from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from shapely import LineString, MultiLineString
from sqlalchemy import Connection, Row

from geo.crs import to_metres
from geo.svgmap import in_pixels, path
from geo.view import View
from layers.roads.speeds import SEASON_CHOICES
from layers.waste_service import round_questions
from layers.waste_service.round_questions import Wish
from layers.waste_service.standards import RESIDUE, standards
from webapp import arguments
from webapp.csv_answer import csv_answer
from webapp.extensions import engine, reading
from webapp.security.access import current_actor, holders, open_to
from webapp.sheet import Pin, Shape, Sheet, around, home_view, sheet
from webapp.waste.wishes import DAYS, USUAL, WishError, wish

PLANNERS = holders("planner", "administrator")
COLOURS = ("#0b6e69", "#b87a00", "#4a3b8f", "#8c510a", "#0571b0", "#7a3b2e", "#2f7d4f", "#5b7f7c")  # truck by truck
LANDFILL_COLOUR = "#1d2b2a"
WEB_MAP = 3857
COLUMNS = ("truck", "trip", "order", "arrival", "place", "village", "drive_min", "metres", "load_m3")


@open_to(PLANNERS)
def show() -> ResponseReturnValue:
    """Ask for a round."""
    return page()


def page(problem: str = "", status: int = 200) -> Response:
    """Show the form as it was sent, what was wrong with it, and the last rounds."""
    with reading() as connection:
        landfills = round_questions.landfills(connection)
        newest = round_questions.newest(connection)
        residue = standards(connection).get(RESIDUE)
    asked = USUAL | request.form.to_dict()
    choices = {"days": DAYS, "seasons": SEASON_CHOICES, "landfills": landfills}
    filled = render_template(
        "waste/rounds.html", asked=asked, newest=newest, residue=residue, problem=problem, **choices
    )
    return Response(filled, status)


@open_to(PLANNERS)
def ask() -> ResponseReturnValue:
    """Put a question into the queue."""
    try:
        with engine().begin() as connection:
            wanted = wish(request.form, dict(round_questions.landfills(connection)))
            number = round_questions.ask(connection, current_actor(), wanted)
    except WishError as error:
        return page(str(error), 422)
    return redirect(f"/sampah/angkutan/{number}", 303)


@open_to(PLANNERS)
def answer(number: int) -> Response:
    """Show a round, or that it is being worked on, or why there is none and which was the last good one."""
    with reading() as connection:
        asked = _known(connection, number)
        wanted, found = Wish(**asked.asked), asked.answer
        good = round_questions.last_good(connection) if asked.problem else None
        drawn = _drawn(connection, found) if found else None
    shown = {"asked": asked, "wish": wanted, "found": found, "good": good, "sheet": drawn}
    words = {"day": DAYS[wanted.day], "season": next(one for one in SEASON_CHOICES if one.id == wanted.season)}
    tools = {"clock": lambda after: _clock(wanted, after), "colour": _colour}
    filled = render_template("waste/round.html", **tools, **shown, **words)
    return Response(filled, headers={} if asked.answered_at else {"Refresh": "3"})


@open_to(PLANNERS)
def table(number: int) -> Response:
    """Send a round as CSV."""
    with reading() as connection:
        asked = _known(connection, number)
    if not asked.answer:
        abort(404, gettext("Putaran ini belum punya jawaban."))
    rows = [
        [truck, call["trip"], order, _clock(Wish(**asked.asked), call["arrival"]), call["name"],
         call["village"], call["drive"], call["metres"], call["litres"] / 1000]
        for truck, day in enumerate(asked.answer["trucks"], start=1)
        for order, call in enumerate(day["calls"], start=1)
    ]  # fmt: skip
    return csv_answer(f"angkutan-{number}.csv", COLUMNS, rows)


def _known(connection: Connection, number: int) -> Row[Any]:
    asked = round_questions.question(connection, number)
    if asked is None:
        abort(404, gettext("Putaran ini tidak ada; pilih dari daftar."))
    return asked


def _clock(wanted: Wish, after: float) -> str:
    """Tell the time of day some minutes after the start, to the minute that has begun."""
    minutes = int(wanted.start + after)
    return f"{minutes // 60 % 24:02d}.{minutes % 60:02d}"


def _colour(truck: int) -> str:
    return COLOURS[truck % len(COLOURS)]


def _drawn(connection: Connection, found: dict[str, Any]) -> Sheet:
    """Draw the ways of each truck in its colour, its stops numbered in their order, and the TPA."""
    start = found["landfill"]
    pins = [Pin(start["lon"], start["lat"], start["name"], "A", colour=LANDFILL_COLOUR)]
    for truck, day in enumerate(found["trucks"]):
        stops = [call for call in day["calls"] if not call["tips"]]
        colour = _colour(truck)
        pins += [Pin(one["lon"], one["lat"], one["name"], str(n), colour=colour) for n, one in enumerate(stops, 1)]
    usual = around([(pin.lon, pin.lat) for pin in pins]) if len(pins) > 1 else home_view(connection)
    view = arguments.view(request.args, usual)
    shapes = [_way(day["lines"], view, truck) for truck, day in enumerate(found["trucks"]) if day["calls"]]
    return sheet(connection, view, pins, shapes)


def _way(lines: list[list[list[float]]], view: View, truck: int) -> Shape:
    parts = [LineString(to_metres(np.array(line), WEB_MAP)) for line in lines if len(line) > 1]
    title = gettext("Truk %(n)s", n=truck + 1)
    return Shape(path(in_pixels(view, MultiLineString(parts)), 0.8), title, _colour(truck), 2.6, dashed=truck % 2 == 1)
