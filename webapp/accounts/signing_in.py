"""Signing in: first the password, then the second factor; only then does the browser hold somebody's session."""

from urllib.parse import urlencode

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from layers.records import signing_in as records
from layers.records.accounts import as_kept
from layers.records.actors import VISITOR
from layers.records.signing_in import Secrets
from layers.records.tries import forgive, may_try
from webapp.accounts import passwords, second_factor
from webapp.extensions import engine, reading, settings
from webapp.security import session
from webapp.security.access import SIGN_IN, current_actor

HOME = "/account"
SECOND = "/account/second-factor"
SET_UP = "/account/second-factor/new"
WRONG = 400
TOO_OFTEN = 429


def show() -> ResponseReturnValue:
    """Ask for e-mail address and password; whoever is signed in goes on."""
    if current_actor() != VISITOR:
        return redirect(way_on(request.args.get("next")), 303)
    return page()


def sign_in() -> ResponseReturnValue:
    """Check e-mail address and password, and ask for the second factor."""
    email, password = as_kept(request.form.get("email", "")), request.form.get("password", "")
    if not allowed(email):
        return page(too_often(), TOO_OFTEN)
    with reading() as connection:
        known = records.secrets_of(connection, email)
    if not passwords.matches(known.password if known else None, password) or known is None:
        return page(gettext("Alamat e-mail atau kata sandi salah."), WRONG)
    with engine().begin() as connection:
        forgive(connection, email)
        if passwords.outdated(known.password or ""):
            records.rehash(connection, known.id, passwords.hashed(password))
    back = way_on(request.form.get("next"))
    if known.totp_secret:
        session.begin(pending=known.id, next=back)
        return redirect(SECOND, 303)
    fresh = second_factor.fresh_secret(settings().data_dir)
    session.begin(pending=known.id, next=back, secret=fresh)
    return redirect(SET_UP, 303)


def page(problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Show the page that asks for e-mail address and password."""
    back = way_on(request.values.get("next"))
    email = request.form.get("email", "")
    changed = "changed" in request.args
    return render_template("accounts/sign_in.html", problem=problem, back=back, email=email, changed=changed), status


def show_second() -> ResponseReturnValue:
    """Ask for a code."""
    return render_template("accounts/second_factor.html") if pending() else start_again()


def check_second() -> ResponseReturnValue:
    """Check a code of the app, or a recovery code, and sign in."""
    known = pending()
    if known is None or known.totp_secret is None:
        return start_again()
    name = f"code:{known.id}"
    if not allowed(name):
        return render_template("accounts/second_factor.html", problem=too_often()), TOO_OFTEN
    if not proved(known, request.form.get("code", "")):
        return render_template("accounts/second_factor.html", problem=wrong_code()), WRONG
    return enter(known, name)


def show_set_up() -> ResponseReturnValue:
    """Show the picture that the app scans, and ask for a first code."""
    known = pending()
    return set_up_page(known) if known and not known.totp_secret else start_again()


def set_up() -> ResponseReturnValue:
    """Check the first code of the app, keep its secret, and show the recovery codes once."""
    known, secret = pending(), kept("secret")
    if known is None or known.totp_secret or not secret:
        return start_again()
    if not allowed(f"code:{known.id}"):
        return set_up_page(known, too_often(), TOO_OFTEN)
    counter = second_factor.step(settings().data_dir, digits(request.form.get("code", "")), secret, None)
    if counter is None:
        return set_up_page(known, wrong_code(), WRONG)
    codes = second_factor.fresh_codes()
    sealed = [second_factor.sealed(settings().data_dir, known.id, code) for code in codes]
    with engine().begin() as connection:
        if not records.set_second_factor(connection, known.id, secret, counter, sealed):
            abort(409)
    back = kept("next")
    enter(known, f"code:{known.id}")
    return render_template("accounts/recovery_codes.html", codes=codes, back=back)


def set_up_page(known: Secrets, problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Show the page on which the second factor is set up."""
    secret = kept("secret")
    picture = second_factor.picture(settings().data_dir, known, secret)
    letters = second_factor.letters(settings().data_dir, secret)
    return render_template("accounts/set_up.html", picture=picture, letters=letters, problem=problem), status


def enter(known: Secrets, name: str) -> ResponseReturnValue:
    """Open the session of an account under a new token, and go where its owner wanted to go."""
    back = kept("next")
    with engine().begin() as connection:
        forgive(connection, name)
    session.begin(known.id)
    return redirect(way_on(back), 303)


def pending() -> Secrets | None:
    """Tell who has given the password and not yet the second factor."""
    waiting = session.current_session()
    if waiting is None or waiting.account_id is not None:
        return None
    with reading() as connection:
        return records.secrets_by_id(connection, waiting.data["pending"])


def proved(known: Secrets, code: str) -> bool:
    """Say whether a code of the app or a recovery code is right, and use it up."""
    data_dir = settings().data_dir
    with engine().begin() as connection:
        if len(digits(code)) == 6 and digits(code).isdigit():
            counter = second_factor.step(data_dir, digits(code), known.totp_secret or "", known.totp_counter)
            return counter is not None and records.advance(connection, known.id, counter)
        return records.use_code(connection, known.id, second_factor.sealed(data_dir, known.id, code))


def allowed(name: str) -> bool:
    """Count a try and say whether there were not too many."""
    with engine().begin() as connection:
        return may_try(connection, name, request.remote_addr or "")


def kept(name: str) -> str:
    """Give what the session keeps between two steps, or nothing."""
    waiting = session.current_session()
    return str(waiting.data.get(name, "")) if waiting else ""


def digits(code: str) -> str:
    """Take the spaces out of a code, which apps show in two groups."""
    return "".join(code.split())


def start_again() -> ResponseReturnValue:
    """Send whoever waited too long, or is signed in already, to the first page."""
    return redirect(SIGN_IN, 303)


def way_on(wish: str | None) -> str:
    """Give the page of ours that somebody wanted to see, or that of his account; never an address elsewhere."""
    own = wish and wish.startswith("/") and not wish.startswith(("//", "/\\")) and wish.isprintable()
    return wish if wish and own else HOME


def to_sign_in(**about: str) -> str:
    """Give the address of the sign-in page."""
    return f"{SIGN_IN}?{urlencode(about)}" if about else SIGN_IN


def too_often() -> str:
    """Say that there were too many wrong tries, which tells nothing about who exists."""
    return str(gettext("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi."))


def wrong_code() -> str:
    """Say that a code was wrong."""
    return str(gettext("Kode ini salah atau sudah dipakai. Tunggu kode berikutnya di aplikasi, lalu ketik lagi."))
