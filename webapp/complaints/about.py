"""What the link to the first page of a report has answered already."""

from collections.abc import Mapping
from uuid import uuid4

from sqlalchemy import Connection

from layers.complaints.categories import CATEGORY_OF
from layers.registry import layers
from webapp import arguments
from webapp.complaints.drafting import Answers
from webapp.complaints.place import POINT
from webapp.subjects import GROUPS, asked


def carried(connection: Connection, form: Mapping[str, str]) -> Answers:
    """Answer what a link has answered already: the thing, its place where it is a point, the kind, a position."""
    answers: Answers = {"client_id": str(uuid4())}
    subject, pointed = asked(connection, form), arguments.position(form)
    if subject:
        answers |= {"asset": [subject.layer, subject.id], "about": subject.title, "group": GROUPS[subject.layer]}
        if layers()[subject.layer].geometry == "Point":
            pointed = pointed or (subject.lon, subject.lat)
    if pointed:
        answers |= {"lon": pointed[0], "lat": pointed[1], "precision": POINT}
    if form.get("kind") in CATEGORY_OF:
        answers |= {"kind": form["kind"], "group": CATEGORY_OF[form["kind"]]}
    return answers
