"""What the link to the first page of a report has answered already, and whether the thing it names is still meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Connection

from layers.complaints.categories import CATEGORY_OF
from layers.complaints.routing import Asset, Standing, standing
from layers.complaints.table import POINT
from layers.registry import layers
from webapp import arguments
from webapp.complaints.drafting import Answers
from webapp.subjects import GROUPS, asked


@dataclass(frozen=True)
class Thing:
    """The thing that a report began with, what it is called, and whether it stands at the place that was chosen."""

    asset: Asset
    title: str
    standing: Standing


def thing(connection: Connection, answers: Answers) -> Thing | None:
    """Give the thing that a report began with; None where it is about no thing."""
    if not answers.get("asset") or "lon" not in answers:
        return None
    layer, number = answers["asset"]
    exact = answers.get("precision") == POINT
    found = standing(connection, (layer, number), answers["lon"], answers["lat"], exact)
    return Thing((layer, number), answers.get("about", ""), found)


def meant(connection: Connection, answers: Answers) -> Asset | None:
    """Give the thing that a report is about as it is sent: none that is gone, or far from the place that was chosen."""
    found = thing(connection, answers)
    return found.asset if found and found.standing == "here" else None


def is_road_denied(connection: Connection, answers: Answers) -> bool:
    """Say whether the road at the place that was chosen is the one that the report was said not to be about.

    Only roads are found by a place; and elsewhere nothing has been said of the road that is found there.
    """
    layer, number = answers.get("denied") or ("", 0)
    exact = answers["precision"] == POINT
    return layer == "roads" and standing(connection, (layer, number), answers["lon"], answers["lat"], exact) == "here"


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
