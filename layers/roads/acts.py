"""What is changed about roads: surveys come and are withdrawn, and rules get a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from geo.graph import WALKING_KMH
from layers.records import locks
from layers.records.actors import Actor, Role
from layers.records.calendar import is_day
from layers.records.events import record, record_words
from layers.roads.forms import Finding, Form, form
from layers.roads.queries import newest_version, rule_cells, rules
from layers.roads.refusals import FormError, OvertakenError, RuleError
from layers.roads.rules import Cell, Rules, checked, named
from layers.roads.standing import settle
from layers.roads.table import Road, RoadSurvey, RuleCell, RuleVersion

LAYER = "roads"
SURVEYORS: tuple[Role, ...] = ("officer", "checker", "planner", "administrator")
ROUNDING_M = 1.0  # positions are read off a tape or a car's counter
LONGEST = 500  # letters of a reason, a source or a cell


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


def weigh(connection: Connection, actor: Actor, order: Order, today: date) -> tuple[Finding, int]:
    """Tell what a survey would find and by which version of the rules, keeping nothing; raises as `survey` does."""
    road = _locked(connection, order.road_id)
    check_right(actor, road.village_code)
    row, found = _weighed(connection, road, order, today)
    return found, row["rule_version"]


def declare(connection: Connection, actor: Actor, order: Order, today: date) -> int:
    """Keep the class that a finished work declares, and give the survey's number; raises FormError.

    Whether somebody may say that the work is finished is for the act on the work to check.
    """
    return _keep(connection, actor, _locked(connection, order.road_id), order, today)


def _locked(connection: Connection, road_id: int) -> Any:
    road = connection.execute(select(Road.__table__).where(Road.id == road_id).with_for_update()).one_or_none()
    if road is None:
        told = f"Jalan nomor {road_id} tidak ada di peta."
        raise FormError(told, f"There is no road of the number {road_id} on the map.")
    return road


def _keep(connection: Connection, actor: Actor, road: Any, order: Order, today: date) -> int:
    row, found = _weighed(connection, road, order, today)
    number = int(connection.execute(insert(RoadSurvey).values(row).returning(RoadSurvey.id)).scalar_one())
    _settle(connection, order.road_id)
    extent = {"from_m": row["from_m"], "to_m": row["to_m"]}
    detail = {"survey": number, "kind": order.kind, "class": found.condition, "rules": row["rule_version"]}
    record(connection, actor.name, "survey_road", LAYER, str(order.road_id), **detail, **extent)
    return number


def _weighed(connection: Connection, road: Any, order: Order, today: date) -> tuple[dict[str, Any], Finding]:
    if order.surveyed_on > today:
        told = f"Tanggal survei {order.surveyed_on} belum tiba."
        raise FormError(told, f"The day of the survey, {order.surveyed_on}, has not come yet.")
    row, found = prepared(rules(connection), order, road.surface, road.length_m)
    _check_new(connection, row)
    return row, found


def prepared(known: Rules, order: Order, surface: str | None, length_m: float) -> tuple[dict[str, Any], Finding]:
    """Make the row of a survey on a road of a length in m, and what it finds; raises FormError."""
    if not is_day(order.surveyed_on):
        told = f"Periksa tahunnya: {order.surveyed_on} bukan tanggal dari tahun 1900 sampai 2099."
        raise FormError(told, f"Check the year: {order.surveyed_on} is no day from 1900 to 2099.")
    to_m = length_m if order.to_m is None else order.to_m
    if to_m > length_m + ROUNDING_M:
        end, length = f"{to_m:.0f}", f"{length_m:.0f}"
        told = f"Survei sampai {end} m, padahal jalan ini {length} m panjangnya: perbaiki meter akhirnya."
        raise FormError(told, f"The survey goes to {end} m, but this road is {length} m long: mend where it ends.")
    to_m = min(to_m, length_m)
    if not 0 <= order.from_m < to_m:
        start, end = f"{order.from_m:.0f}", f"{to_m:.0f}"
        told = f"Meter awal {start} harus nol atau lebih dan sebelum meter akhir {end}."
        raise FormError(told, f"The first metre, {start}, must be nought or more and before the last one, {end}.")
    filled: Form = form(order.kind, order.inputs)
    found = filled.find(known, surface, to_m - order.from_m)
    inputs = filled.model_dump(mode="json", exclude_none=True)
    derived = {"to_m": to_m, "inputs": inputs, "value": found.value, "metres": dict(found.metres)}
    return {**vars(order), **derived, "rule_version": known.version}, found


def withdraw_survey(connection: Connection, actor: Actor, number: int, because: str) -> None:
    """Let a survey count no more, with a reason; raises PermissionError, or FormError where there is none."""
    row = held(connection, number)
    check_right(actor, row.village_code)
    said = because.strip()
    if not said or len(said) > LONGEST or "\0" in said:
        told = f"Sebut alasan survei ditarik, paling banyak {LONGEST} huruf."
        raise FormError(told, f"Say why the survey is withdrawn, in {LONGEST} letters at most.")
    taken = {"withdrawn_at": func.now(), "withdrawn_because": said}
    connection.execute(update(RoadSurvey).where(RoadSurvey.id == number).values(taken))
    _settle(connection, row.road_id)
    words = {"because": said}
    record_words(connection, actor.name, "withdraw_survey", LAYER, str(row.road_id), words, survey=number)


def change_rule(connection: Connection, actor: Actor, cell: Cell, reason: str, seen: int) -> int:
    """Put a cell in the place of the one that stands there, as a new version of all tables, and give its number.

    Raises PermissionError, RuleError, or OvertakenError where `seen` is no longer the version in force.
    """
    _hold_rules(connection, actor, seen)
    cells = rule_cells(connection, seen)
    changed = [cell if one.place == cell.place else one for one in cells]
    if changed == cells:
        told = f"{named(cell)}: isian itu tidak ada atau sudah begitu."
        raise RuleError(told, f"{named(cell)}: there is no such cell, or it holds that already.")
    return keep_rules(connection, actor, changed, reason, seen)


def keep_rules(
    connection: Connection, actor: Actor, cells: Sequence[Cell], reason: str, seen: int | None = None
) -> int:
    """Make a new version of all rule tables and give its number; raises PermissionError or RuleError.

    Surveys keep the version by which they were judged. Raises OvertakenError where `seen` is no longer in force.
    """
    version = _hold_rules(connection, actor, seen) + 1
    for said in (reason, *(word for cell in cells for word in (cell.value, cell.source))):
        if len(said) > LONGEST or "\0" in said:
            told = f"Alasan, isi, dan sumber paling banyak {LONGEST} huruf."
            raise RuleError(told, f"Reason, value and source have {LONGEST} letters at most.")
    if not reason.strip():
        raise RuleError("Sebut alasan perubahannya.", "Say why it is changed.")
    if checked(version, cells).number("walking", "jalan_kaki", "speed") < WALKING_KMH:
        told = f"walking: berjalan kaki paling lambat {WALKING_KMH:.0f} km/jam."
        raise RuleError(told, f"walking: nobody walks slower than {WALKING_KMH:.0f} km/h.")
    connection.execute(insert(RuleVersion).values(version=version, actor=actor.name, reason=reason))
    connection.execute(insert(RuleCell), [{"version": version, **asdict(cell)} for cell in cells])
    record(connection, actor.name, "keep_road_rules", LAYER, str(version), reason=reason)
    return version


def _hold_rules(connection: Connection, actor: Actor, seen: int | None) -> int:
    """Let one administrator alone change the rules until the transaction ends, and give the version in force."""
    if not actor.may("administrator"):
        raise PermissionError("Hanya administrator yang boleh mengubah tabel aturan.")
    locks.hold(connection, locks.ROAD_RULES)
    newest = newest_version(connection)
    if seen not in (None, newest):
        told = f"Sementara itu aturan diubah orang lain menjadi versi {newest}. Baca isinya sekarang, lalu kirim lagi."
        told_in_english = f"Somebody made version {newest} meanwhile. Read how it stands now, then send again."
        raise OvertakenError(told, told_in_english)
    return newest


def may_survey(actor: Actor, village: str | None) -> bool:
    """Say whether somebody surveys roads, and the area of the role reaches a road in a village."""
    return any(g.role in SURVEYORS and g.covers(g.role, g.agency, village) for g in actor.grants)


def check_right(actor: Actor, village: str | None) -> None:
    """Let those alone who survey, each within the area of the role; raises PermissionError for others."""
    if not may_survey(actor, village):
        raise PermissionError("Survei jalan dicatat oleh petugas, dalam wilayah tugasnya.")


def _settle(connection: Connection, road_id: int) -> None:
    """Derive a road's condition anew; the road counts as changed even where most of its length keeps its class."""
    connection.execute(update(Road).where(Road.id == road_id).values(updated_at=func.now()))
    settle(connection, [road_id])


def _check_new(connection: Connection, row: Mapping[str, Any]) -> None:
    extent = ("road_id", "kind", "surveyed_on", "from_m", "to_m")
    same = [RoadSurvey.__table__.c[name] == row[name] for name in extent]
    if connection.scalar(select(RoadSurvey.id).where(*same, RoadSurvey.withdrawn_at.is_(None))) is not None:
        told = "Survei sejenis atas bagian jalan itu pada hari itu sudah ada: tarik dahulu yang lama."
        raise FormError(told, "There is such a survey of that stretch and day already: withdraw it first.")


def held(connection: Connection, number: int) -> Any:
    """Lock a survey that has not been withdrawn, and its road, and give road_id and village_code; raises FormError."""
    asked = select(RoadSurvey.road_id, Road.village_code).join(Road, Road.id == RoadSurvey.road_id).with_for_update()
    row = connection.execute(asked.where(RoadSurvey.id == number, RoadSurvey.withdrawn_at.is_(None))).one_or_none()
    if row is None:
        told = f"Survei nomor {number} tidak ada atau sudah ditarik."
        raise FormError(told, f"There is no survey of the number {number}, or it has been withdrawn.")
    return row
