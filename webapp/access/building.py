"""Where to build: a planner asks, the worker answers, the page shows who gains and who still does not."""

from typing import get_args

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from layers.access import siting_questions
from layers.access.siting_questions import TOWER, TPS, Method, Wish
from layers.layer import Choice, Text
from layers.offices.kinds import KINDS
from layers.roads.speeds import MODE_CHOICES, SEASON_CHOICES
from webapp import arguments, typed
from webapp.access import asking
from webapp.extensions import engine, reading
from webapp.security.access import current_actor, holders, open_to
from webapp.sheet import Pin, around, home_view, sheet

PLANNERS = holders("planner", "administrator")
PLACED = (*KINDS, Choice(TPS, Text("TPS", "Waste collection point (TPS)")), Choice(TOWER, Text("Menara", "Tower")))
TITLES = {kind.id: kind.title for kind in PLACED}
SHOWN = {TPS: "waste", TOWER: "internet"}
USUAL_M = {TPS: 1_000.0, TOWER: 3_000.0}
METHODS = (
    Choice("mclp", Text("Sebanyak mungkin penduduk terlayani", "Serve as many people as possible")),
    Choice("p_median", Text("Perjalanan rata-rata sesingkat mungkin", "Make ways as short as possible on average")),
    Choice("lscp", Text("Semua terlayani dengan kantor sesedikit mungkin", "Serve everybody with the fewest offices")),
)
MOST_NEW, LONGEST_MIN, FARTHEST_M = 50, 120, 50_000
GOLD = "#b87a00"


@open_to(PLANNERS)
def show() -> str:
    """Ask what is to be built."""
    with reading() as connection:
        newest = siting_questions.newest(connection)
    choices = {"kinds": PLACED, "methods": METHODS, "modes": MODE_CHOICES, "seasons": SEASON_CHOICES}
    return render_template("access/build.html", newest=newest, titles=TITLES, **choices)


@open_to(PLANNERS)
def ask() -> ResponseReturnValue:
    """Put a question into the queue."""
    wish = _wish()
    with engine().begin() as connection:
        number = siting_questions.ask(connection, current_actor(), wish)
    return redirect(f"/jangkauan/bangun/{number}", 303)


@open_to(PLANNERS)
def answer(number: int) -> Response:
    """Show an answer, or that it is being worked on."""
    with reading() as connection:
        asked = siting_questions.question(connection, number)
        if asked is None:
            abort(404, gettext("Pertanyaan ini tidak ada; pilih dari daftar."))
        found = asked.answer or {"new": [], "unserved": []}
        pins = [Pin(one["lon"], one["lat"], one["name"], str(i)) for i, one in enumerate(found["new"], 1)]
        pins += [Pin(one["lon"], one["lat"], one["name"], colour=GOLD) for one in found["unserved"]]
        good = siting_questions.last_good(connection) if asked.problem else None
        changed = bool(asked.answer) and siting_questions.changed(connection, asked.asked, found)
        usual = around([(pin.lon, pin.lat) for pin in pins]) if pins else home_view(connection)
        drawn = sheet(connection, arguments.view(request.args, usual), pins)
    method = next(each for each in METHODS if each.id == asked.asked["method"])
    told = {"asked": asked, "method": method, "titles": TITLES, "sheet": drawn, "good": good, "changed": changed}
    page = render_template("access/answer.html", shown=SHOWN.get(asked.asked["kind"], "offices"), **told)
    return Response(page, headers={} if asked.answered_at else {"Refresh": "3"})


def _wish() -> Wish:
    """Read what is asked for; refuses nonsense with 400."""
    method = next((each for each in get_args(Method) if each == request.form.get("method", "mclp")), None)
    if method is None:
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    number = int(_number("number", 1, MOST_NEW))
    more = {name: _number(name, 0, 1e13, 0.0) for name in ("capacity", "price", "budget")}
    if more["budget"] and not more["price"] and method != "lscp":
        abort(400, gettext("Isi juga biaya satu tempat: tanpa itu anggarannya tidak dapat dihitung."))
    kind = request.form.get("kind", "")
    if kind in USUAL_M:
        metres = _number("metres", 1, FARTHEST_M, USUAL_M[kind])
        return Wish(kind, method, number, 0.0, "jalan_kaki", "kering", metres=metres, **more)
    ways, minutes = asking.asked(request.form), _number("minutes", 1, LONGEST_MIN)
    return Wish(ways.kind, method, number, minutes, ways.mode, ways.season, **more)


def _number(name: str, least: float, most: float, usual: float | None = None) -> float:
    written = request.form.get(name, "").strip()
    if not written and usual is not None:
        return usual
    number = typed.number(written)
    if number is None or not least <= number <= most:
        abort(400, gettext("Isi setiap angka dengan benar: 1 sampai 50 tempat, 1 sampai 120 menit, 1 sampai 50.000 m."))
    return number
