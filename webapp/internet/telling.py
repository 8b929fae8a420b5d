"""A person tells that there is no signal, or that it works, for a place and an hour; also later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from geo.view import View
from layers.areas.queries import villages
from layers.internet.acts import DIGITS, WRONG_HOUR, Measurement, MeasurementError, keep_measurement, operators
from layers.records.calendar import calendar
from webapp import arguments
from webapp.extensions import engine, reading
from webapp.language import in_language
from webapp.sheet import CHOICES_PX, around, home_view, sheet, view_of
from webapp.spots import districts, spot_at


def show() -> ResponseReturnValue:
    """Ask where, then what."""
    with reading() as connection:
        shown = _view(connection)
        clicked = arguments.click(request.args, shown)
        if clicked:
            return redirect(f"/internet/sinyal?lat={clicked[1]:.{DIGITS}f}&lon={clicked[0]:.{DIGITS}f}", 303)
    return form(request.args)


def form(typed: Mapping[str, str], problem: str = "", status: int = 200) -> Response:
    """Show the form for the place that is named, else the map to choose it on."""
    position = _position(typed)
    with reading() as connection:
        page: dict[str, Any] = {"operators": operators(connection), "districts": districts(connection)}
        page["now"] = datetime.now(calendar(connection).zone).strftime("%Y-%m-%dT%H:00")
        page["spot"] = spot_at(connection, *position, exact=True) if position else None
        usual = around([position]) if position else _view(connection)
        page["sheet"] = sheet(connection, arguments.view(request.args, usual), here=position)
    written = render_template("internet/signal.html", typed=typed, problem=problem, widths=CHOICES_PX, **page)
    return Response(written, status)


def keep() -> ResponseReturnValue:
    """Keep what a person says, if they agree."""
    sent = request.form
    position = _position(sent)
    if position is None:
        return form(sent, gettext("Pilih tempatnya dahulu: tekan peta atau pakai lokasi ponsel."), 422)
    if not arguments.ticked(sent, "setuju"):
        return form(sent, gettext("Centang dahulu bahwa Anda setuju kabar ini disimpan."), 422)
    try:
        with engine().begin() as connection:
            told = Measurement(
                sent.get("says", ""), "seluler", sent.get("operator", ""), *position, _at(connection, sent)
            )
            keep_measurement(connection, told)
    except MeasurementError as error:
        return form(sent, in_language(error.text), 422)
    return redirect("/internet/sinyal?terima=1", 303)


def _at(connection: Connection, sent: Mapping[str, str]) -> datetime:
    """Read when it was, by the clock of the regency; raises MeasurementError."""
    zone = calendar(connection).zone
    try:
        return datetime.fromisoformat(sent.get("at", "")).replace(tzinfo=zone)
    except ValueError:
        raise MeasurementError(WRONG_HOUR) from None


def _position(typed: Mapping[str, str]) -> tuple[float, float] | None:
    """Read the place, rounded at once: nothing finer is asked for or written anywhere."""
    found = arguments.position(typed)
    return (round(found[0], DIGITS), round(found[1], DIGITS)) if found else None


def _view(connection: Connection) -> View:
    """Show the village that was chosen from the list, else the regency."""
    named = [village for village in villages(connection) if village.code == request.args.get("desa")]
    usual = view_of([(village.lon, village.lat) for village in named], home_view(connection))
    return arguments.view(request.args, usual)
