"""The addresses of accounts: signing in, one's own account, and the accounts of others for administrators."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from webapp.accounts import administration, own, password_link, signing_in
from webapp.security.access import EVERYONE, SIGNED_IN, Permission, holders, open_to
from webapp.security.origin import SAFE, comes_from_elsewhere

room = Blueprint("accounts", __name__)
ADMINISTRATORS = holders("administrator")


def address(method: str, rule: str, view: Callable[..., ResponseReturnValue], who: Permission) -> None:
    """Put a view at an address, and state whom it answers."""
    name = f"{view.__module__.rpartition('.')[2]}_{view.__name__}"
    room.add_url_rule(rule, name, open_to(who)(view), methods=[method])


address("GET", "/account/sign-in", signing_in.show, EVERYONE)
address("POST", "/account/sign-in", signing_in.sign_in, EVERYONE)
address("GET", "/account/second-factor", signing_in.show_second, EVERYONE)
address("POST", "/account/second-factor", signing_in.check_second, EVERYONE)
address("GET", "/account/second-factor/new", signing_in.show_set_up, EVERYONE)
address("POST", "/account/second-factor/new", signing_in.set_up, EVERYONE)
address("GET", "/account/password/<token>", password_link.show, EVERYONE)
address("POST", "/account/password/<token>", password_link.save, EVERYONE)

address("GET", "/account", own.show, SIGNED_IN)
address("GET", "/account/password", password_link.show_change, SIGNED_IN)
address("POST", "/account/password", password_link.change, SIGNED_IN)
address("GET", "/account/recovery-codes", own.show_codes, SIGNED_IN)
address("POST", "/account/recovery-codes", own.renew_codes, SIGNED_IN)
address("POST", "/account/sessions/<int:session_id>/end", own.end_one, SIGNED_IN)
address("POST", "/account/sessions/end-others", own.end_others, SIGNED_IN)
address("POST", "/account/sign-out", own.sign_out, SIGNED_IN)

address("GET", "/admin/accounts", administration.show_all, ADMINISTRATORS)
address("GET", "/admin/accounts/new", administration.show_invitation, ADMINISTRATORS)
address("POST", "/admin/accounts/new", administration.invite, ADMINISTRATORS)
address("GET", "/admin/accounts/<int:account_id>", administration.show_one, ADMINISTRATORS)
address("POST", "/admin/accounts/<int:account_id>/roles", administration.give, ADMINISTRATORS)
address("POST", "/admin/accounts/<int:account_id>/roles/withdraw", administration.withdraw, ADMINISTRATORS)
address("POST", "/admin/accounts/<int:account_id>/active", administration.set_active, ADMINISTRATORS)
address("POST", "/admin/accounts/<int:account_id>/name", administration.correct, ADMINISTRATORS)
address("POST", "/admin/accounts/<int:account_id>/erase", administration.erase, ADMINISTRATORS)
address("POST", "/admin/accounts/<int:account_id>/second-factor", administration.reset_second_factor, ADMINISTRATORS)
address("POST", "/admin/accounts/<int:account_id>/link", administration.renew_link, ADMINISTRATORS)


@room.before_request
def refuse_foreign_forms() -> None:
    """Refuse what another site sends even where there is no session yet: nobody is signed in by others."""
    if request.method not in SAFE and comes_from_elsewhere():
        abort(403, gettext("Kiriman ini tidak datang dari halaman kami; buka halamannya lagi, lalu kirim dari sana."))


@room.after_request
def keep_private(response: Response) -> Response:
    """Let nobody keep these pages, and let browsers tell us that their forms come from here."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
