"""What somebody sees and ends of his own account: his roles, where he is signed in, his recovery codes."""

from datetime import UTC, datetime

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from layers.records import signing_in as records
from layers.records.accounts import Person, person
from layers.records.calendar import years_without_joint_leave
from layers.records.sessions import end, end_all, places
from webapp.accounts import second_factor, signing_in
from webapp.accounts.words import choices
from webapp.extensions import engine, reading, settings
from webapp.security import session


def show() -> ResponseReturnValue:
    """Show who is signed in, with which roles, and where else."""
    with reading() as connection:
        mine = person(connection, own_id())
        held = places(connection, own_id())
        here = session.current_session()
        lacking = years_without_joint_leave(connection, datetime.now(UTC).date()) if _administers(mine) else []
        shown = {"mine": mine, "places": held, "current": here, "lacking": lacking}
        return render_template("accounts/own.html", **shown, **choices(connection))


def _administers(mine: Person | None) -> bool:
    return mine is not None and mine.actor.may("administrator")


def end_one(session_id: int) -> ResponseReturnValue:
    """End one of one's sessions, on whatever device."""
    with engine().begin() as connection:
        ended = end(connection, session_id, own_id())
    return redirect(signing_in.HOME, 303) if ended else abort(404)


def end_others() -> ResponseReturnValue:
    """End all of one's sessions but this one."""
    here = session.current_session()
    with engine().begin() as connection:
        end_all(connection, own_id(), but=here.id if here else None)
    return redirect(signing_in.HOME, 303)


def sign_out() -> ResponseReturnValue:
    """End this session."""
    session.end()
    return redirect(signing_in.to_sign_in(), 303)


def show_codes() -> ResponseReturnValue:
    """Ask for a code of the app before there are new recovery codes."""
    return render_template("accounts/renew_codes.html")


def renew_codes() -> ResponseReturnValue:
    """Check a code of the app, and show new recovery codes once; the old ones are dead."""
    name, data_dir = f"code:{own_id()}", settings().data_dir
    if not signing_in.allowed(name):
        return render_template("accounts/renew_codes.html", problem=signing_in.too_often()), signing_in.TOO_OFTEN
    with reading() as connection:
        known = records.secrets_by_id(connection, own_id())
    if known is None or not signing_in.proved(known, request.form.get("code", "")):
        return render_template("accounts/renew_codes.html", problem=signing_in.wrong_code()), signing_in.WRONG
    codes = second_factor.fresh_codes()
    with engine().begin() as connection:
        records.renew_codes(connection, known.id, [second_factor.sealed(data_dir, known.id, code) for code in codes])
    return render_template("accounts/recovery_codes.html", codes=codes, back=signing_in.HOME)


def own_id() -> int:
    """Give the number of the account that is signed in."""
    mine = session.current_session()
    if mine is None or mine.account_id is None:
        abort(403)
    return mine.account_id
