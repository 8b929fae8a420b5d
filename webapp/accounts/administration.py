"""What administrators see and do about the accounts of others; every act is checked and noted by layers.records."""

from collections.abc import Callable

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from layers.complaints.telling import tell_waiting
from layers.records import accounts
from layers.records.accounts import Person, RefusedError
from layers.records.actors import Actor, Grant
from webapp.accounts.password_link import LINK
from webapp.accounts.words import choices, refusal
from webapp.extensions import engine, reading
from webapp.security.access import current_actor

LIST = "/admin/accounts"
REFUSED = 409


def show_all() -> ResponseReturnValue:
    """List all accounts."""
    with reading() as connection:
        found = accounts.people(connection)
        return render_template("accounts/list.html", people=found, **choices(connection))


def show_invitation(problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Ask who is to be invited, and to do what."""
    with reading() as connection:
        return render_template("accounts/invite.html", problem=problem, **choices(connection)), status


def invite() -> ResponseReturnValue:
    """Make an account and show its link once."""
    form = request.form
    try:
        with engine().begin() as connection:
            actor = current_actor()
            account_id = accounts.invite(connection, actor, form.get("email", ""), form.get("name", ""), [wish()])
            tell_waiting(connection, accounts.name_of(account_id))
            token = accounts.make_link(connection, actor, account_id)
    except RefusedError as error:
        return show_invitation(refusal(error.reason), REFUSED)
    return show_link(account_id, token)


def show_one(account_id: int, problem: str = "", status: int = 200) -> ResponseReturnValue:
    """Show one account with what can be done about it."""
    with reading() as connection:
        found = known(connection, account_id)
        own = current_actor().name == accounts.name_of(account_id)
        page = render_template("accounts/one.html", one=found, own=own, problem=problem, **choices(connection))
    return page, status


def give(account_id: int) -> ResponseReturnValue:
    """Give an account a role, and tell it what waited for somebody who has that."""

    def change(connection: Connection, actor: Actor) -> None:
        accounts.grant(connection, actor, account_id, wish())
        tell_waiting(connection, accounts.name_of(account_id))

    return act(account_id, change)


def withdraw(account_id: int) -> ResponseReturnValue:
    """Take a role away from an account."""
    return act(account_id, lambda connection, actor: accounts.withdraw(connection, actor, account_id, wish()))


def set_active(account_id: int) -> ResponseReturnValue:
    """Send somebody away, or let him in again."""
    active = request.form.get("active") == "1"

    def change(connection: Connection, actor: Actor) -> None:
        accounts.set_active(connection, actor, account_id, active)
        tell_waiting(connection, accounts.name_of(account_id))

    return act(account_id, change)


def correct(account_id: int) -> ResponseReturnValue:
    """Correct the name and the address of somebody."""
    email, name = request.form.get("email", ""), request.form.get("name", "")
    return act(account_id, lambda connection, actor: accounts.correct(connection, actor, account_id, email, name))


def erase(account_id: int) -> ResponseReturnValue:
    """Forget who somebody was that does not work here any more."""
    answer = act(account_id, lambda connection, actor: accounts.erase(connection, actor, account_id))
    with reading() as connection:
        gone = accounts.person(connection, account_id) is None
    return redirect(LIST, 303) if gone else answer


def reset_second_factor(account_id: int) -> ResponseReturnValue:
    """Let somebody who lost his phone set up another."""
    return act(account_id, lambda connection, actor: accounts.reset_second_factor(connection, actor, account_id))


def renew_link(account_id: int) -> ResponseReturnValue:
    """Make a new link to set a password, and show it once; for one's own there is a page that asks for the old one."""
    if current_actor().name == accounts.name_of(account_id):
        return show_one(account_id, refusal("own"), REFUSED)
    with engine().begin() as connection:
        known(connection, account_id)
        token = accounts.make_link(connection, current_actor(), account_id)
    return show_link(account_id, token)


def act(account_id: int, change: Callable[[Connection, Actor], None]) -> ResponseReturnValue:
    """Do one act about an account in one transaction; a refusal is told on its page."""
    try:
        with engine().begin() as connection:
            known(connection, account_id)
            change(connection, current_actor())
    except RefusedError as error:
        return show_one(account_id, refusal(error.reason), REFUSED)
    return redirect(f"{LIST}/{account_id}", 303)


def show_link(account_id: int, token: str) -> ResponseReturnValue:
    """Show a link whole; nobody can see it again, for only its hash is kept."""
    link = request.host_url.rstrip("/") + LINK + token
    with reading() as connection:
        days = accounts.LINK_LASTS.days
        return render_template("accounts/link.html", one=known(connection, account_id), link=link, days=days)


def known(connection: Connection, account_id: int) -> Person:
    """Find an account; answers 404 where there is none."""
    return accounts.person(connection, account_id) or abort(404)


def wish() -> Grant:
    """Read a role with its agency and area from the form; what is no role is refused by the act."""
    form = request.form
    return Grant(form.get("role", ""), form.get("agency") or None, form.get("area") or None)  # type: ignore[arg-type]
