"""A phone measures its own internet: what it loads and sends, and what becomes of the result."""

from datetime import UTC, datetime
from os import urandom

from flask import Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from layers.internet.acts import Measurement, MeasurementError, keep_measurement, operators
from layers.internet_gaps import COVERAGES
from layers.internet_gaps.rules import SPEED_MBPS
from webapp import arguments
from webapp.extensions import engine, reading
from webapp.language import in_language

PART_BYTES = 250_000
PARTS = 4  # of what is loaded at most; a slow line stops sooner
MOST_MB = (PARTS + 1) * PART_BYTES / 1e6
NEVER_KEPT = {"Cache-Control": "no-store"}


def show() -> ResponseReturnValue:
    """Explain the measurement, and offer it."""
    return form()


def form(problem: str = "", status: int = 200) -> Response:
    """Show the form, and what was wrong with a result that was sent."""
    with reading() as connection:
        known = operators(connection)
    limits = {"part": PART_BYTES, "parts": PARTS, "most_mb": MOST_MB}
    written = render_template("internet/measure.html", operators=known, problem=problem, typed=request.form, **limits)
    return Response(written, status)


def keep() -> ResponseReturnValue:
    """Keep a result, if its sender agrees."""
    sent = request.form
    if not arguments.ticked(sent, "setuju"):
        return form(gettext("Centang dahulu bahwa Anda setuju hasilnya disimpan."), 422)
    position = arguments.position(sent)
    if position is None:
        return form(gettext("Tempatnya belum diketahui; izinkan lokasi, lalu ukur sekali lagi."), 422)
    numbers = {name: number(sent.get(name, "")) for name in ("down_mbps", "up_mbps", "latency_ms")}
    lon, lat = position
    via, operator = sent.get("via", ""), sent.get("operator", "")
    measured = Measurement("terukur", via, operator, lon, lat, datetime.now(UTC), *numbers.values())
    try:
        with engine().begin() as connection:
            keep_measurement(connection, measured)
    except MeasurementError as error:
        return form(in_language(error.text), 422)
    told = "&".join(f"{name}={value:g}" for name, value in numbers.items() if value is not None)
    return redirect(f"/internet/ukur/hasil?{told}", 303)


def result() -> str:
    """Tell what the numbers of the address mean."""
    down = number(request.args.get("down_mbps", ""))
    if down is None or not 0 <= down <= 1e6:
        abort(400, gettext("Hasil ukurnya tidak terbaca; ukur sekali lagi."))
    coverage = COVERAGES[1 + (down >= SPEED_MBPS.weak) + (down >= SPEED_MBPS.covered)]
    others = {name: number(request.args.get(name, "")) for name in ("up_mbps", "latency_ms")}
    return render_template("internet/result.html", down=down, coverage=coverage, **others)


def ping() -> Response:
    """Answer as shortly as can be, for the time of a round trip."""
    return Response(status=204, headers=NEVER_KEPT)


def download() -> Response:
    """Send bytes that nothing on the way can squeeze."""
    return Response(urandom(PART_BYTES), headers=NEVER_KEPT, mimetype="application/octet-stream")


def upload() -> Response:
    """Take bytes and throw them away; refuses with 413 more than a part."""
    if (request.content_length or 0) > PART_BYTES:
        abort(413, gettext("Uji unggah menerima paling banyak %(n)s byte.", n=PART_BYTES))
    request.get_data(cache=False)
    return Response(status=204, headers=NEVER_KEPT)


def number(written: str) -> float | None:
    """Read a number as scripts write it; None where there is none, or nonsense."""
    try:
        return float(written)
    except ValueError:
        return None
