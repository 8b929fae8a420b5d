"""A case is sorted anew: split into parts, shown to fewer or more, sent back by its agency, given to another."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from layers.complaints import acts
from layers.complaints.acts import Part
from layers.complaints.categories import CATEGORY_OF
from webapp.desk.workbench import PARTS, do, page, typed, written


def split(number: str) -> ResponseReturnValue:
    """Make a case of its own of each part that was filled in."""
    told = [(written(f"kind{part}"), written(f"words{part}")) for part in range(PARTS)]
    parts = [Part(kind, words) for kind, words in told if kind or words]
    if not parts or any(part.category not in CATEGORY_OF or not part.description for part in parts):
        told_of = gettext("Isi jenis dan uraian tiap bagian yang dipecah.")
        return page(number, told_of, typed("pecah"), 422)
    return do(number, "pecah", lambda c, actor, case, seen: acts.split(c, actor, case.id, parts, seen_version=seen))


def change_visibility(number: str) -> ResponseReturnValue:
    """Change who may see a case."""
    to, reason = written("visibility"), written("reason")
    return do(
        number,
        "kerahasiaan",
        lambda c, actor, case, seen: acts.change_visibility(c, actor, case.id, to, seen_version=seen, reason=reason),
    )


def decline(number: str) -> ResponseReturnValue:
    """Send a case back, since it is not this agency's."""
    reason = written("reason")
    return do(
        number,
        "bukan-kami",
        lambda c, actor, case, seen: acts.decline(c, actor, case.id, reason=reason, seen_version=seen),
    )


def reroute(number: str) -> ResponseReturnValue:
    """Give a case that was sent back to another agency."""
    to, reason = request.form.get("agency", ""), written("reason")
    return do(
        number,
        "rutekan",
        lambda c, actor, case, seen: acts.reroute(c, actor, case.id, to, reason=reason, seen_version=seen),
    )
