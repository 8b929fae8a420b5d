"""Who handles a complaint: the owner of the thing it is about, then ordered rules, then the agency of its kind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, text

from layers.complaints.categories import TITLES, category_of
from layers.complaints.rules import Handling, handling
from layers.db import sql
from layers.layer import Text
from layers.records.calendar import calendar
from layers.registry import layers

ROADSIDE = ("jalan_rusak", "jembatan", "drainase", "lampu_jalan")
REACH_M = 30.0
UNNAMED = "batas yang digambar"  # what migration 0059 called areas without a name: nobody chose it, nobody is told it
ENDS = (".", "!", "?")
FAR_M = 100.0  # from a place to a thing that somebody named: beyond, the report is hardly about it
Asset = tuple[str, int]
Standing = Literal["here", "far", "gone"]


@dataclass(frozen=True)
class Route:
    """To which agency a complaint goes, `authority` if another one owns the thing, and why; `rule` is None by default.

    `asset` is the layer and id of the thing: the one that was named, or the road that the place lies on.
    """

    agency: str
    authority: str | None
    why: Text
    rule: int | None
    asset: Asset | None
    handling: Handling

    @property
    def columns(self) -> dict[str, str | None]:
        """Give what a complaint's row keeps of it: who handles it, and why."""
        return {"agency": self.agency, "authority": self.authority, "why": self.why.id, "why_en": self.why.en}


def route(
    connection: Connection, kind: str, lon: float, lat: float, asset: Asset | None, at: datetime, exact: bool = True
) -> Route:
    """Find who handles a complaint of a kind at a place (EPSG:4326) and time; changes nothing, so it can be tried.

    Neither a road nor an area that somebody drew is found by a place that is not `exact`: what lies in the middle of a
    village tells nothing. Raises KeyError for an unknown kind or layer, LookupError where there is no such asset.
    """
    handled = handling(connection, kind)
    thing, owner = (asset, asset_kind(connection, *asset)) if asset else (None, None)
    if exact and not asset:
        thing, owner = _road_at(connection, kind, lon, lat)
    asked = {
        "asset_layer": thing[0] if thing else None,
        "asset_kind": owner,
        "kind": kind,
        "category": category_of(kind),
        "lon": lon,
        "lat": lat,
        "exact": exact,
        "hour": at.astimezone(calendar(connection).zone).time(),
    }
    rule = connection.execute(sql("complaints/route.sql"), asked).one_or_none()
    if rule is None:
        return Route(handled.agency, None, _by_kind(kind), None, thing, handled)
    return Route(rule.agency, rule.authority, _by_rule(rule), rule.id, thing, handled)


def asset_kind(connection: Connection, layer_id: str, feature_id: int) -> str:
    """Tell the kind of a thing, such as the status of a road; raises KeyError, or LookupError where it is not there."""
    layer = layers()[layer_id]
    columns = layer.table.__table__.c
    found = connection.execute(select(columns[layer.classify]).where(columns.id == feature_id)).one_or_none()
    if found is None:
        raise LookupError(f"{layer_id} has no feature {feature_id}")
    return str(found[0])


def is_there(connection: Connection, layer_id: str, feature_id: int) -> bool:
    """Say whether a layer has a feature, or still has it."""
    layer = layers().get(layer_id)
    if layer is None:
        return False
    number = layer.table.__table__.c.id
    return connection.scalar(select(number).where(number == feature_id)) is not None


def standing(connection: Connection, asset: Asset, lon: float, lat: float, exact: bool) -> Standing:
    """Tell whether a thing is at a place (EPSG:4326), within 100 m or in its village where it is not exact, or is gone.

    Raises KeyError for an unknown layer.
    """
    layer_id, feature_id = asset
    table = connection.dialect.identifier_preparer.quote(layers()[layer_id].table_name)
    question = text(sql("complaints/thing_at.sql").text.replace("the_table", table))
    asked = {"id": feature_id, "lon": lon, "lat": lat, "exact": exact, "reach": FAR_M}
    found = connection.scalar(question, asked)
    return "gone" if found is None else "here" if found else "far"


def _road_at(connection: Connection, kind: str, lon: float, lat: float) -> tuple[Asset | None, str | None]:
    """Find the road that a place lies on, and its status, where the kind is one of roads."""
    if category_of(kind) not in ROADSIDE:
        return None, None
    here = {"lon": lon, "lat": lat, "reach": REACH_M}
    road = connection.execute(sql("complaints/nearest_road.sql"), here).one_or_none()
    return (("roads", int(road.id)), str(road.status)) if road else (None, None)


def _by_rule(rule: Row[Any]) -> Text:
    """Tell the reason of a rule, and which area the place lies in where somebody drew one for it and named it."""
    if rule.area_name in (None, UNNAMED):
        return Text(rule.why, rule.why_en)
    return Text(
        f"{_sentence(rule.why)} Tempat ini di dalam kawasan “{rule.area_name}”.",
        f"{_sentence(rule.why_en)} The place lies in the area “{rule.area_name}”.",
    )


def _sentence(words: str) -> str:
    return words if words.endswith(ENDS) else f"{words}."


def _by_kind(kind: str) -> Text:
    title = TITLES[kind]
    return Text(f"Laporan “{title.id}” ditangani oleh dinas ini.", f"This agency handles complaints of “{title.en}”.")
