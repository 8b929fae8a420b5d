"""Saved filters: a queue is kept under a name, opened by it, and removed again."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from layers.complaints import saved
from layers.complaints.refusals import ActRefusedError
from webapp.desk import asking, queues
from webapp.extensions import engine
from webapp.language import in_language
from webapp.security.access import current_actor


def keep() -> ResponseReturnValue:
    """Keep the queue of this address under a name; says in words why not."""
    queue, form = asking.queue(request.args), request.form
    try:
        with engine().begin() as connection:
            saved.save(connection, current_actor(), form.get("title", ""), queue, form.get("agency") or None)
    except ActRefusedError as refused:
        return queues.page(problem=in_language(refused.text), status=422)
    return redirect(f"{asking.DESK}{asking.written(queue)}", 303)


def remove(number: int) -> ResponseReturnValue:
    """Forget a queue that was kept."""
    with engine().begin() as connection:
        saved.remove(connection, current_actor(), number)
    return redirect(f"{asking.DESK}{asking.written(asking.queue(request.args))}", 303)
