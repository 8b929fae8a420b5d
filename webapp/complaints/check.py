"""What will be sent, all on one page, each answer with a way back to its question."""

from typing import Any

from sqlalchemy import Connection

from layers.complaints.categories import TITLES
from webapp.complaints.about import thing
from webapp.complaints.drafting import Answers
from webapp.complaints.place import spot
from webapp.complaints.reporter import contact
from webapp.complaints.steps import Step


def _shows(connection: Connection, answers: Answers) -> dict[str, Any]:
    told = {"spot": spot(connection, answers), "thing": thing(connection, answers)}
    return {**told, "kind": TITLES.get(answers.get("kind", "")), "contact": contact(answers)}


CHECK = Step("periksa", shows=_shows)
