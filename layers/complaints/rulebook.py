"""Administrators change the rules: who handles what, within how many days, and the texts that staff send often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import time
from typing import Any

import shapely
from sqlalchemy import Connection, LargeBinary, Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from layers.areas.table import Area
from layers.complaints import drawn_areas
from layers.complaints.categories import CATEGORY_OF
from layers.complaints.guards import UNKNOWN_AGENCY
from layers.complaints.holding import NOT_YOURS
from layers.complaints.refusals import ActRefusedError
from layers.complaints.rules import CLASSES
from layers.complaints.table import ComplaintKind, ComplaintLimit, ComplaintRoute, ComplaintTemplate
from layers.complaints.workflow import BY_ID
from layers.layer import Text
from layers.records import events
from layers.records.actors import Actor
from layers.records.agencies import is_agency
from layers.registry import layers

SURENESS = ("V", "S", "M")
MOST_DAYS = 1_000
LONGEST = 5_000  # letters of a text
LONGEST_NAME = 80  # letters of what a drawn area is called
MAY_BE_EMPTY = CLASSES  # limits without which nothing is promised
COLUMNS = [column for column in ComplaintRoute.__table__.c if column.name != "area"]
NO_WORDS = Text("Isi judul dan teksnya.", "Fill in the title and the text.")
NO_REASON = Text(
    "Tulis alasan yang dibaca umum, dalam kedua bahasa.", "Write the reason for the public, in both tongues."
)
NOTHING_MEANT = Text("Pilihan ini tidak ada; pilih dari daftar.", "There is no such choice; choose from the list.")
NO_NAME = Text(
    f"Beri nama kawasan yang digambar, paling banyak {LONGEST_NAME} huruf; nama itu dibaca umum.",
    f"Give the drawn area a name of {LONGEST_NAME} letters at most; the public reads it.",
)
NO_SHAPE = Text(
    "Kawasan itu belum punya batas: tekan titik-titiknya di peta, atau tempel GeoJSON.",
    "That area has no boundary yet: press its corners on the map, or paste GeoJSON.",
)
TWO_AREAS = Text(
    "Pilih satu: wilayah dari daftar, atau kawasan yang digambar.", "Choose one: an area of the list, or a drawn one."
)
BAD_NUMBER = Text("Tulis angka dari 1 sampai 1000.", "Write a number from 1 to 1000.")


@dataclass(frozen=True)
class Rule:
    """An ordered rule as administrators write it; what is None is met by all (see `ComplaintRoute`).

    `area_name` is what an area is called that somebody drew (EPSG:4326); without `area` the one there is stays, as does
    the shape of `area_code` while the rule keeps that code.
    """

    position: int
    agency: str
    why: str
    why_en: str
    source: str
    asset_layer: str | None = None
    asset_kind: str | None = None
    kind: str | None = None
    area_code: str | None = None
    starts: time | None = None
    ends: time | None = None
    authority: str | None = None
    area_name: str | None = None
    area: shapely.MultiPolygon | None = None

    @property
    def told(self) -> dict[str, Any]:
        """Give all but the shape."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "area"}


@dataclass(frozen=True)
class Before:
    """The area that a rule was about before it is changed: a code, or one that somebody drew; neither of a new rule."""

    area_code: str | None = None
    area: shapely.MultiPolygon | None = None


def all_rules(connection: Connection) -> Sequence[Row[Any]]:
    """List the rules in their order, without their shapes."""
    return connection.execute(select(*COLUMNS).order_by(ComplaintRoute.position, ComplaintRoute.id)).all()


def one_rule(connection: Connection, number: int) -> Row[Any] | None:
    """Find a rule, without its shape."""
    return connection.execute(select(*COLUMNS).where(ComplaintRoute.id == number)).one_or_none()


def drawn_area(connection: Connection, number: int) -> shapely.MultiPolygon | None:
    """Give the area that somebody drew for a rule (EPSG:4326); None where it is none, or a kecamatan or village."""
    shape = select(func.st_asbinary(ComplaintRoute.area, type_=LargeBinary))
    found = connection.scalar(shape.where(ComplaintRoute.id == number, ComplaintRoute.area_name.is_not(None)))
    return shapely.from_wkb(bytes(found)) if found else None


def all_kinds(connection: Connection) -> dict[str, Row[Any]]:
    """Give for each kind and category how it is handled."""
    return {row.id: row for row in connection.execute(select(ComplaintKind.__table__))}


def all_limits(connection: Connection) -> Sequence[Row[Any]]:
    """List the numbers that the workflow goes by."""
    return connection.execute(select(ComplaintLimit.__table__).order_by(ComplaintLimit.id)).all()


def all_texts(connection: Connection) -> Sequence[Row[Any]]:
    """List the texts that staff send often, by title."""
    return connection.execute(select(ComplaintTemplate.__table__).order_by(ComplaintTemplate.title)).all()


def keep_rule(connection: Connection, actor: Actor, rule: Rule, number: int | None = None) -> int:
    """Add a rule, or put it in the place of another one, and give its number; raises ActRefusedError, LookupError."""
    _check_right(actor)
    before = _before(connection, number)
    _check_rule(connection, rule, before)
    values = {**rule.told, **_shape(rule, before)}
    if number is None:
        made = connection.scalar(insert(ComplaintRoute).values(values).returning(ComplaintRoute.id))
    else:
        mine = ComplaintRoute.id == number
        made = connection.scalar(update(ComplaintRoute).where(mine).values(values).returning(ComplaintRoute.id))
    if made is None:
        raise LookupError(f"there is no rule {number}")
    noted = {name: _plain(value) for name, value in rule.told.items()}
    noted |= {"corners": int(shapely.get_num_coordinates(rule.area))} if rule.area and rule.area != before.area else {}
    _tell(connection, actor, "keep_rule", f"rule:{made}", noted)
    return int(made)


def _before(connection: Connection, number: int | None) -> Before:
    kept = one_rule(connection, number) if number is not None else None
    return Before(kept.area_code, drawn_area(connection, kept.id)) if kept else Before()


def _shape(rule: Rule, before: Before) -> dict[str, Any]:
    """Give the shape of the area that a rule is about as its row keeps it; nothing where the one there stays."""
    if rule.area_code and rule.area_code == before.area_code:
        return {}  # as it was on the day on which the rule got that code
    if rule.area_code:
        return {"area": select(func.st_multi(Area.geom)).where(Area.code == rule.area_code).limit(1).scalar_subquery()}
    if rule.area_name is None:
        return {"area": None}
    if rule.area:
        return {"area": func.st_geomfromwkb(shapely.to_wkb(rule.area), 4326)}
    if before.area is None:
        raise ActRefusedError("area", NO_SHAPE)
    return {}


def remove_rule(connection: Connection, actor: Actor, number: int) -> None:
    """Take a rule away; again changes nothing."""
    _check_right(actor)
    if connection.execute(delete(ComplaintRoute).where(ComplaintRoute.id == number)).rowcount:
        _tell(connection, actor, "remove_rule", f"rule:{number}", {})


def keep_kind(
    connection: Connection, actor: Actor, kind: str, case_class: str, days: int | None, agency: str, source: str
) -> None:
    """Say how a kind (or category) is handled: class, own working days, agency; raises ActRefusedError."""
    _check_right(actor)
    if kind not in CATEGORY_OF or case_class not in CLASSES or source not in SURENESS:
        raise ActRefusedError("choice", NOTHING_MEANT)
    _check_agency(connection, agency)
    _check_number(days)
    values = {"case_class": case_class, "working_days": days, "agency": agency, "source": source}
    statement = insert(ComplaintKind).values(id=kind, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
    _tell(connection, actor, "keep_kind", f"kind:{kind}", values)


def keep_limit(connection: Connection, actor: Actor, limit: str, amount: int | None) -> None:
    """Change a number that the workflow goes by; only the days of a class may be empty. Raises ActRefusedError."""
    _check_right(actor)
    _check_number(amount)
    if (amount is None and limit not in MAY_BE_EMPTY) or (limit == "office_closes" and (amount or 0) > 24):
        raise ActRefusedError("amount", BAD_NUMBER)
    changed = update(ComplaintLimit).where(ComplaintLimit.id == limit).values(amount=amount)
    if not connection.execute(changed).rowcount:
        raise ActRefusedError("choice", NOTHING_MEANT)
    _tell(connection, actor, "keep_limit", f"limit:{limit}", {"amount": amount})


def keep_text(
    connection: Connection, actor: Actor, name: str, title: str, body: str, state: str | None, agency: str | None
) -> None:
    """Keep a text that staff send often under its name, for one state or agency where named; raises ActRefusedError."""
    _check_right(actor)
    if not (title.strip() and body.strip()) or len(title) + len(body) > LONGEST or "\0" in title + body:
        raise ActRefusedError("words", NO_WORDS)
    if state is not None and state not in BY_ID:
        raise ActRefusedError("choice", NOTHING_MEANT)
    if agency is not None:
        _check_agency(connection, agency)
    values = {"title": title.strip(), "body": body.strip(), "state": state, "agency": agency}
    statement = insert(ComplaintTemplate).values(id=name, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
    _tell(connection, actor, "keep_text", f"text:{name}", {"state": state, "agency": agency})


def remove_text(connection: Connection, actor: Actor, name: str) -> None:
    """Take a text away; again changes nothing."""
    _check_right(actor)
    if connection.execute(delete(ComplaintTemplate).where(ComplaintTemplate.id == name)).rowcount:
        _tell(connection, actor, "remove_text", f"text:{name}", {})


def _check_right(actor: Actor) -> None:
    if not actor.may("administrator"):
        raise ActRefusedError("role", NOT_YOURS)


def _check_agency(connection: Connection, agency: str) -> None:
    if not is_agency(connection, agency):
        raise ActRefusedError("agency", UNKNOWN_AGENCY)


def _check_number(amount: int | None) -> None:
    if amount is not None and not 1 <= amount <= MOST_DAYS:
        raise ActRefusedError("amount", BAD_NUMBER)


def _check_rule(connection: Connection, rule: Rule, before: Before) -> None:
    """Refuse a rule that means nothing; an area that it had before may stay, whatever became of the regency since."""
    _check_agency(connection, rule.agency)
    _check_number(rule.position)
    if not (rule.why.strip() and rule.why_en.strip()):
        raise ActRefusedError("why", NO_REASON)
    known = rule.source in SURENESS and rule.kind in (None, *CATEGORY_OF) and _is_asset(rule)
    hours = (rule.starts is None) == (rule.ends is None)
    area = select(Area.code).where(Area.code == rule.area_code)
    somewhere = rule.area_code in (None, before.area_code) or connection.scalar(area.limit(1))
    if not (known and hours and somewhere):
        raise ActRefusedError("choice", NOTHING_MEANT)
    if (rule.area and not rule.area_name) or len(rule.area_name or "") > LONGEST_NAME:
        raise ActRefusedError("area", NO_NAME)
    if rule.area_code and rule.area_name:
        raise ActRefusedError("area", TWO_AREAS)
    if rule.area and rule.area != before.area:
        drawn_areas.check(connection, rule.area)


def _is_asset(rule: Rule) -> bool:
    """Say whether the thing that a rule names is one of a layer's kinds, or none is named."""
    return (rule.asset_layer, rule.asset_kind) == (None, None) or (rule.asset_layer, rule.asset_kind) in assets()


def assets() -> dict[tuple[str | None, str | None], Text]:
    """Name the things that a rule can be about: layer and kind, such as national roads."""
    owned = (layers()[layer] for layer in ("roads", "offices", "waste", "internet"))
    return {
        (layer.id, choice.id): Text(f"{layer.title.id}: {choice.title.id}", f"{layer.title.en}: {choice.title.en}")
        for layer in owned
        for field in layer.fields
        if field.name == layer.classify
        for choice in field.choices
    }


def _tell(connection: Connection, actor: Actor, act: str, subject: str, detail: Mapping[str, Any]) -> None:
    events.record(connection, actor.name, act, "complaints", subject, **detail)


def _plain(value: Any) -> Any:
    return value.isoformat("minutes") if isinstance(value, time) else value
