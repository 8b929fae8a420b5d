"""Offices as marks on the small map of an answer."""

from collections.abc import Sequence

from flask import request
from sqlalchemy import Connection

from layers.offices.queries import NearOffice
from webapp.arguments import view
from webapp.explore.origin import Origin
from webapp.sheet import Pin, Sheet, home_view, sheet, view_of


def answer(connection: Connection, origin: Origin | None, offices: Sequence[NearOffice]) -> Sheet:
    """Lay out the map of an answer: where from, and its offices in their order."""
    here = (origin.lon, origin.lat) if origin else None
    usual = view_of([*([here] if here else []), *((o.lon, o.lat) for o in offices)], home_view(connection))
    pins = [Pin(o.lon, o.lat, o.name or "", str(rank), href=f"#kantor-{o.id}") for rank, o in enumerate(offices, 1)]
    return sheet(connection, view(request.args, usual), pins, here=here)
