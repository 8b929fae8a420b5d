"""Setting a password by a link that works once."""

import re

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from layers.records import signing_in as records
from layers.records.accounts import Person, make_link, owner_of_link
from webapp.accounts import passwords, signing_in
from webapp.accounts.own import own_id
from webapp.extensions import engine, reading
from webapp.security import session
from webapp.security.access import current_actor

LINK = "/account/password/"
WORDS = re.compile(r"\w{3,}")


def show(token: str) -> ResponseReturnValue:
    """Ask the owner of a link for a new password; to look at the page does not use the link up."""
    return page(owner(token))


def save(token: str) -> ResponseReturnValue:
    """Keep the new password, and send its owner to sign in with it."""
    whose = owner(token)
    password = request.form.get("password", "")
    problem = passwords.fault(password, WORDS.findall(f"{whose.email} {whose.name}"))
    if problem is None and password != request.form.get("again"):
        problem = gettext("Kedua isian tidak sama; ketik kata sandi yang sama dua kali.")
    if problem:
        return page(whose, problem, signing_in.WRONG)
    kept = passwords.hashed(password)
    with engine().begin() as connection:
        if not records.set_password(connection, token, kept):
            refuse_link()
    session.end()
    return redirect(signing_in.to_sign_in(changed="1"), 303)


def show_change() -> ResponseReturnValue:
    """Ask somebody who is signed in for the password he has."""
    return render_template("accounts/change.html")


def change() -> ResponseReturnValue:
    """Check the password that somebody has, and lead him to a link by which he sets another."""
    account_id = own_id()
    if not signing_in.allowed(f"change:{account_id}"):
        return render_template("accounts/change.html", problem=signing_in.too_often()), signing_in.TOO_OFTEN
    with reading() as connection:
        known = records.secrets_by_id(connection, account_id)
    if known is None or not passwords.matches(known.password, request.form.get("password", "")):
        return render_template("accounts/change.html", problem=gettext("Kata sandi salah.")), signing_in.WRONG
    with engine().begin() as connection:
        token = make_link(connection, current_actor(), account_id)
    return redirect(LINK + token, 303)


def page(whose: Person, problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Show the page that asks for a new password."""
    return render_template("accounts/password.html", whose=whose, problem=problem), status


def owner(token: str) -> Person:
    """Tell whose password a link sets; answers 404 where the link is used, replaced or too old."""
    with reading() as connection:
        return owner_of_link(connection, token) or refuse_link()


def refuse_link() -> Person:
    """Answer 404 and say what to do."""
    abort(404, gettext("Tautan ini sudah dipakai atau sudah lewat waktu; mintalah tautan baru kepada administrator."))
