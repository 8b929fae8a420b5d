"""The report as a sheet of A4 for the table of the meeting, which the worker sets as PDF."""

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from layers.priority.ranking import ids_of
from layers.priority.report import Report
from webapp import printed
from webapp.extensions import reading
from webapp.priority import asking, reporting
from webapp.priority.drawing import drawn
from webapp.priority.locking import author_of
from webapp.priority.report_files import named
from webapp.sheet import Sheet


def of_board() -> ResponseReturnValue:
    """Order the ranking that the form asks for, as it stands now."""
    with reading() as connection:
        one = reporting.of_board(connection)
        html = laid_out(connection, one, "")
    return printed.order(one.title, named(one), f"/prioritas?{asking.asked(request.form).written()}", html)


def of_locked(number: int) -> ResponseReturnValue:
    """Order a locked ranking."""
    with reading() as connection:
        one = reporting.of_locked(connection, number)
        html = laid_out(connection, one, author_of(connection, one.author))
    return printed.order(one.title, named(one), f"/prioritas/terkunci/{number}", html)


def laid_out(connection: Connection, one: Report, author: str) -> str:
    """Lay the sheet out, with the map of the roads in its table."""
    told = reporting.told(connection, one)
    sheet = drawn_of(connection, one, len(told["rows"]))
    ground = printed.drawing(connection, sheet.view)
    return printed.page("priority/report_a4.html", sheet=sheet, ground=ground, author=author, **told)


def drawn_of(connection: Connection, one: Report, count: int) -> Sheet:
    """Draw the first roads; one that is on the map no more keeps its number alone."""
    rows = one.board.rows[:count]
    ids = ids_of(connection, [row["source_id"] for row in rows])
    known = [{**row, "id": ids.get(row["source_id"], -at)} for at, row in enumerate(rows) if row["lon"] is not None]
    return drawn(connection, known)
