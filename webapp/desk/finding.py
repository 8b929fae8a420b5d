"""Who calls about his own complaint: found by phone number or address, which stay out of every address and log."""

from datetime import UTC, datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from layers.complaints import files
from layers.complaints.refusals import ActRefusedError
from webapp.desk.queues import lines
from webapp.extensions import engine, settings
from webapp.language import in_language
from webapp.security.access import current_actor

LONGEST = 200  # letters


def find() -> ResponseReturnValue:
    """List the cases of a phone number or an e-mail address; that somebody searched stands in the trail."""
    typed = request.form.get("contact", "").strip()[:LONGEST]
    try:
        with engine().begin() as connection:
            found = files.of_contact(connection, settings().data_dir, current_actor(), typed)
            shown = lines(connection, found, datetime.now(UTC))
    except ActRefusedError as refused:
        told = {"lines": [], "typed": typed, "problem": in_language(refused.text)}
        return render_template("desk/found.html", **told), 403 if refused.reason == "role" else 422
    return render_template("desk/found.html", lines=shown, typed=typed, problem="")
