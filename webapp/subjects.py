"""The thing on the map that a report is about: a road, an office, a waste site, a signal or a work, by layer and id."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from layers import features
from layers.registry import layers
from webapp import arguments
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
    def page(self) -> str:
        """Give the address of its page."""
        return f"/layers/{self.layer}/{self.id}"

    @property
    def written(self) -> str:
        """Write it for a form: roads:12."""
        return f"{self.layer}:{self.id}"


def asked(connection: Connection, form: Mapping[str, str]) -> Subject | None:
    """Find the thing that a link or a form names; None where it names none that is there."""
    layer_id, _, written = form.get("about", "").partition(":")
    number = arguments.whole(written)
    return None if layer_id not in GROUPS or number is None else subject(connection, layer_id, number)


def subject(connection: Connection, layer_id: str, number: int) -> Subject | None:
    """Find a thing by its layer and id; None where it is not there, or no longer."""
    layer = layers()[layer_id]
    row = features.feature(connection, layer, number)
    return Subject(layer_id, number, title(layer, row), row["lon"], row["lat"]) if row else None
