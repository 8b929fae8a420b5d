"""What a report is about: a road, an office, a waste site or a signal that the link to the first page carried along."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Connection

from layers import features
from layers.complaints.categories import CATEGORY_OF
from layers.registry import layers
from webapp import arguments
from webapp.complaints.drafting import Answers
from webapp.complaints.place import POINT
from webapp.values import title

GROUPS = {
    "roads": "jalan_rusak",
    "offices": "layanan_kantor",
    "waste": "sampah",
    "internet": "internet",
    "works": "lain",
}


@dataclass(frozen=True)
class Subject:
    """A thing on the map: its layer and id, what it is called, and a point on it (EPSG:4326)."""

    layer: str
    id: int
    title: str
    lon: float
    lat: float

    @property
    def written(self) -> str:
        """Write it for a form: roads:12."""
        return f"{self.layer}:{self.id}"


def asked(connection: Connection, form: Mapping[str, str]) -> Subject | None:
    """Find the thing that a link or a form names; None where it names none that is there."""
    layer_id, _, written = form.get("about", "").partition(":")
    number = arguments.whole(written)
    if layer_id not in GROUPS or number is None:
        return None
    layer = layers()[layer_id]
    row = features.feature(connection, layer, number)
    return Subject(layer_id, number, title(layer, row), row["lon"], row["lat"]) if row else None


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
