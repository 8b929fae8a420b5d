"""Locking a ranking with all it rests on, reading locked ones, and keeping weights under a name."""

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from layers.priority import locks
from layers.priority.criteria import BY_KEY
from layers.priority.locks import LockError
from layers.priority.profiles import ProfileError, keep_profile
from layers.records import accounts
from layers.records.actors import VISITOR
from webapp.extensions import engine, reading
from webapp.priority import asking
from webapp.priority.board import ranking
from webapp.security.access import current_actor

ACCOUNT = "account:"


def lock_ranking() -> ResponseReturnValue:
    """Lock the ranking that was looked at."""
    given = asking.of_roads(request.form)
    with engine().begin() as connection:
        try:
            number = locks.lock(connection, current_actor(), request.form.get("title", ""), ranking(connection, given))
        except LockError as refused:
            abort(400, str(refused))
    return redirect(f"/prioritas/terkunci/{number}", 303)


def keep_weights() -> ResponseReturnValue:
    """Keep the weights that were typed under a name, and show their ranking beside the usual ones."""
    given = asking.of_roads(request.form)
    with engine().begin() as connection:
        try:
            keep_profile(connection, current_actor(), request.form.get("name", ""), given.method, given.weights)
        except ProfileError as refused:
            abort(400, str(refused))
    return redirect(f"/prioritas?{given.written(beside='0')}", 303)


def show_list() -> str:
    """List the locked rankings."""
    with reading() as connection:
        return render_template("priority/locked_list.html", rankings=locks.locked_rankings(connection))


def show_one(number: int) -> str:
    """Show a locked ranking, and whether it still gives the same result."""
    with reading() as connection:
        found = locks.locked(connection, number)
        if found is None:
            abort(404, gettext("Peringkat dengan nomor ini tidak ada; lihat daftarnya."))
        author = author_of(connection, found.author)
    told = {"by_key": BY_KEY, "author": author, "signed_in": current_actor() != VISITOR}
    return render_template("priority/locked.html", locked=found, holds=found.holds, **told)


def author_of(connection: Connection, name: str) -> str:
    """Name who locked a ranking, to colleagues alone: to the public it is a planner of the regency."""
    if not name.startswith(ACCOUNT) or not any(map(current_actor().may, ("planner", "administrator"))):
        return str(gettext("perencana kabupaten"))
    person = accounts.person(connection, int(name.removeprefix(ACCOUNT)))
    return person.name if person else name
