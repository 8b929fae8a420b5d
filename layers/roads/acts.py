"""What is changed about roads: surveys come and are withdrawn, and rules get a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from layers.records import locks
from layers.records.actors import Actor
from layers.records.events import record
from layers.roads.forms import Finding, Form, FormError, form
from layers.roads.queries import newest_version, rules
from layers.roads.rules import Cell, Rules, checked
from layers.roads.standing import settle
from layers.roads.table import Road, RoadSurvey, RuleCell, RuleVersion

LAYER = "roads"
SURVEYORS = ("officer", "checker", "planner", "administrator")
ROUNDING_M = 1.0  # positions are read off a tape or a car's counter


@dataclass(frozen=True)
class Order:
    """A survey to be kept: of which road, what kind, when, by whom, its inputs, and from-to in m (None: the end)."""

    road_id: int
    kind: str
    surveyed_on: date
    officer: str
    inputs: Mapping[str, Any]
    from_m: float = 0
    to_m: float | None = None
    source: str = "petugas"
    doubt: str | None = None


def survey(connection: Connection, actor: Actor, order: Order, today: date) -> int:
    """Keep a survey with its class, let the road's condition follow, and give the survey's number.

    Raises PermissionError, or FormError that says in words what is wrong with the order.
    """
    road = _locked(connection, order.road_id)
    check_right(actor, road.village_code)
    return _keep(connection, actor, road, order, today)


def declare(connection: Connection, actor: Actor, order: Order, today: date) -> int:
    """Keep the class that a finished work declares, and give the survey's number; raises FormError.

    Whether somebody may say that the work is finished is for the act on the work to check.
    """
    return _keep(connection, actor, _locked(connection, order.road_id), order, today)


def _locked(connection: Connection, road_id: int) -> Any:
    road = connection.execute(select(Road.__table__).where(Road.id == road_id).with_for_update()).one_or_none()
    if road is None:
        raise FormError(f"Jalan nomor {road_id} tidak ada di peta.")
    return road


def _keep(connection: Connection, actor: Actor, road: Any, order: Order, today: date) -> int:
    if order.surveyed_on > today:
        raise FormError(f"Tanggal survei {order.surveyed_on} belum tiba.")
    known = rules(connection)
    row, found = prepared(known, order, road.surface, road.length_m)
    _check_new(connection, row)
    number = int(connection.execute(insert(RoadSurvey).values(row).returning(RoadSurvey.id)).scalar_one())
    _settle(connection, order.road_id)
    extent = {"from_m": row["from_m"], "to_m": row["to_m"]}
    detail = {"survey": number, "kind": order.kind, "class": found.condition, "rules": known.version}
    record(connection, actor.name, "survey_road", LAYER, str(order.road_id), **detail, **extent)
    return number


def prepared(known: Rules, order: Order, surface: str | None, length_m: float) -> tuple[dict[str, Any], Finding]:
    """Make the row of a survey on a road of a length in m, and what it finds; raises FormError."""
    to_m = length_m if order.to_m is None else order.to_m
    if to_m > length_m + ROUNDING_M:
        end, length = f"{to_m:.0f}", f"{length_m:.0f}"
        raise FormError(f"Survei sampai {end} m, padahal jalan ini {length} m panjangnya: perbaiki meter akhirnya.")
    to_m = min(to_m, length_m)
    if not 0 <= order.from_m < to_m:
        raise FormError(f"Meter awal {order.from_m:.0f} harus nol atau lebih dan sebelum meter akhir {to_m:.0f}.")
    filled: Form = form(order.kind, order.inputs)
    found = filled.find(known, surface, to_m - order.from_m)
    inputs = filled.model_dump(mode="json", exclude_none=True)
    derived = {"to_m": to_m, "inputs": inputs, "value": found.value, "metres": dict(found.metres)}
    return {**vars(order), **derived, "rule_version": known.version}, found


def withdraw_survey(connection: Connection, actor: Actor, number: int, because: str) -> None:
    """Let a survey count no more, with a reason; raises PermissionError, or FormError where there is none."""
    row = _held(connection, number)
    check_right(actor, row.village_code)
    if not because.strip():
        raise FormError("Sebut alasan survei ditarik.")
    taken = {"withdrawn_at": func.now(), "withdrawn_because": because.strip()}
    connection.execute(update(RoadSurvey).where(RoadSurvey.id == number).values(taken))
    _settle(connection, row.road_id)
    record(connection, actor.name, "withdraw_survey", LAYER, str(row.road_id), survey=number, because=because.strip())


def keep_rules(connection: Connection, actor: Actor, cells: Sequence[Cell], reason: str) -> int:
    """Make a new version of all rule tables and give its number; raises PermissionError or RuleError.

    Surveys keep the version by which they were judged.
    """
    if not actor.may("administrator"):
        raise PermissionError("Hanya administrator yang boleh mengubah tabel aturan.")
    locks.hold(connection, locks.ROAD_RULES)
    version = newest_version(connection) + 1
    checked(version, cells)
    connection.execute(insert(RuleVersion).values(version=version, actor=actor.name, reason=reason))
    connection.execute(insert(RuleCell), [{"version": version, **asdict(cell)} for cell in cells])
    record(connection, actor.name, "keep_road_rules", LAYER, str(version), reason=reason)
    return version


def check_right(actor: Actor, village: str | None) -> None:
    """Let those alone who survey, each within the area of the role; raises PermissionError for others."""
    if not any(g.role in SURVEYORS and g.covers(g.role, g.agency, village) for g in actor.grants):
        raise PermissionError("Survei jalan dicatat oleh petugas, dalam wilayah tugasnya.")


def _settle(connection: Connection, road_id: int) -> None:
    """Derive a road's condition anew; the road counts as changed even where most of its length keeps its class."""
    connection.execute(update(Road).where(Road.id == road_id).values(updated_at=func.now()))
    settle(connection, [road_id])


def _check_new(connection: Connection, row: Mapping[str, Any]) -> None:
    extent = ("road_id", "kind", "surveyed_on", "from_m", "to_m")
    same = [RoadSurvey.__table__.c[name] == row[name] for name in extent]
    if connection.scalar(select(RoadSurvey.id).where(*same, RoadSurvey.withdrawn_at.is_(None))) is not None:
        raise FormError("Survei sejenis atas bagian jalan itu pada hari itu sudah ada: tarik dahulu yang lama.")


def _held(connection: Connection, number: int) -> Any:
    asked = select(RoadSurvey.road_id, Road.village_code).join(Road, Road.id == RoadSurvey.road_id)
    row = connection.execute(asked.where(RoadSurvey.id == number, RoadSurvey.withdrawn_at.is_(None))).one_or_none()
    if row is None:
        raise FormError(f"Survei nomor {number} tidak ada atau sudah ditarik.")
    return row
