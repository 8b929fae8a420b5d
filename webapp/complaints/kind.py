"""What kind of trouble it is: a group first, then a kind in it."""

from typing import Any

from flask import request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints.categories import CATEGORIES, CATEGORY_OF, KINDS
from webapp.complaints.about import thing
from webapp.complaints.drafting import Answers
from webapp.complaints.steps import Problems, Step

LETTERS = 40


def _problems(_connection: Connection, answers: Answers) -> Problems:
    if answers.get("kind") not in CATEGORY_OF:
        return {"kind": gettext("Pilih jenis masalahnya.")}
    return {}


def _shows(connection: Connection, answers: Answers) -> dict[str, Any]:
    wanted = request.args.get("kelompok") or CATEGORY_OF.get(answers.get("kind", "")) or answers.get("group")
    group = next((category for category in CATEGORIES if category.id == wanted), None)
    chosen = None if request.args.get("kelompok") == "semua" else group
    return {
        "groups": CATEGORIES,
        "group": chosen,
        "thing": thing(connection, answers),
        "kinds": [kind for kind in KINDS if group and kind.category == group.id],
        **({"back": "?kelompok=semua"} if chosen else {}),
    }


KIND = Step("jenis", {"kind": LETTERS}, _problems, _shows)
