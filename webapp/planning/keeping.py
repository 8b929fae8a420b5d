"""Views under a name: kept, shared with all planners, taken away."""

from urllib.parse import urlencode

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from layers.access import saved
from webapp.extensions import engine
from webapp.language import in_language
from webapp.planning import asking
from webapp.planning.page import page
from webapp.security.access import current_actor


def keep() -> ResponseReturnValue:
    """Keep the view of this address under the name that was sent, and go back to it."""
    wanted = asking.wanted(request.args)
    if wanted.problem:
        return page(wanted, wanted.problem, 400)
    asked, shared = asking.kept(request.args), "shared" in request.form
    try:
        with engine().begin() as connection:
            saved.save(connection, current_actor(), request.form.get("title", ""), asked, shared=shared)
    except saved.ViewRefusedError as error:
        return page(wanted, in_language(error.text), 422)
    return redirect(address(asked, "#simpanan"), 303)


def remove(number: int) -> ResponseReturnValue:
    """Forget a view of one's own, and go back to the desk as it was."""
    with engine().begin() as connection:
        gone = saved.remove(connection, current_actor(), number) if number < 2**63 else False
    if not gone:
        abort(404, gettext("Tampilan ini tidak ada, atau bukan milik Anda."))
    return redirect(address(asking.kept(request.args), "#simpanan"), 303)


def address(asked: dict[str, str], part: str = "") -> str:
    """Write the address of the desk in some state."""
    return ("/perencana?" + urlencode(asked) if asked else "/perencana") + part
