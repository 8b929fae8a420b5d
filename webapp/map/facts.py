"""What the map says of one feature when it is clicked: the words of its page, in short."""

from typing import TypedDict

from sqlalchemy import Connection

from layers import features
from layers.areas.naming import named
from layers.layer import Field, Layer
from layers.provenance import SAMPLE
from webapp import values

SHOWN = 6
LONGEST = 60  # letters; the feature's page shows the whole


class Facts(TypedDict):
    """What is known of a feature, each with its title, its words and where they lead; `sample` where it is made up."""

    sample: bool
    facts: list[dict[str, str]]


def facts(connection: Connection, layer: Layer, feature_id: int) -> Facts | None:
    """Tell what is known of a feature; None without the feature."""
    row = features.feature(connection, layer, feature_id)
    if row is None:
        return None
    areas = named(connection, [row.get(name) for name in values.CODES])
    said = ((field, values.told(field, row[field.name], areas)) for field in _asked(layer))
    known = [_fact(field, told) for field, told in said if told.words][:SHOWN]
    return {"sample": row.get("source") == SAMPLE, "facts": known}


def _asked(layer: Layer) -> list[Field]:
    """Choose the fields that the popup's own heading does not say, the village before what lies in it."""
    rest = [f for f in layer.public_fields if f.name not in ("name", layer.classify, *values.ASIDE)]
    village = layer.by_name.get("village_code")
    return [village, *rest] if village else rest


def _fact(field: Field, told: values.Told) -> dict[str, str]:
    return {"title": values.heading(field), "words": values.shortened(told.words, LONGEST), "href": told.href}
