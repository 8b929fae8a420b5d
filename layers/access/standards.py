"""Standards of service: what a rule asks for in towns and in villages, and which villages fall short of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Literal, get_args

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from layers.access import SHOWN_MODE, UNKNOWN
from layers.access.queries import Asked, Line, villages
from layers.access.table import AccessStandard
from layers.db import sql
from layers.layer import Text
from layers.offices.kinds import KINDS
from layers.records.actors import Actor, check_planner
from layers.records.events import record
from layers.records.preferences import REGENCY, preference
from layers.roads.queries import rules
from layers.standards import StandardError, checked

Setting = Literal["kota", "desa"]
Measure = Literal["jarak", "menit", "penduduk"]
SETTINGS: tuple[Setting, ...] = get_args(Setting)
MEASURES: tuple[Measure, ...] = get_args(Measure)


@dataclass(frozen=True)
class Standard:
    """What a rule asks for: metres on foot or minutes by motorcycle to the nearest office, or people an office."""

    kind: str
    setting: Setting
    measure: Measure
    value: float
    source: str


@dataclass(frozen=True)
class Finding:
    """What a standard says of the regency: villages it was asked of, and those that fall short (None: not known).

    Of people an office: how many offices there are, and how many are wanting.
    """

    standard: Standard
    asked: int
    short: list[Line] | None = None
    people: float | None = None
    offices: int | None = None
    wanting: int | None = None


def standards(connection: Connection) -> list[Standard]:
    """List all standards by kind, setting and measure."""
    table = AccessStandard.__table__
    rows = connection.execute(select(table).order_by(table.c.kind, table.c.setting, table.c.measure))
    return [Standard(**row._mapping) for row in rows]


def set_standard(connection: Connection, actor: Actor, wanted: Standard) -> None:
    """Keep a standard in the place of any of the same kind, setting and measure.

    Raises StandardError, PermissionError.
    """
    check_planner(actor)
    if (
        wanted.kind not in {kind.id for kind in KINDS}
        or wanted.setting not in SETTINGS
        or wanted.measure not in MEASURES
    ):
        raise StandardError(
            Text("Pilih layanan, kota atau desa, dan ukurannya.", "Choose service, setting and measure.")
        )
    changed = checked(wanted.value, wanted.source)
    statement = insert(AccessStandard).values(vars(wanted) | changed)
    keys = ["kind", "setting", "measure"]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))
    record(
        connection,
        actor.name,
        "set_standard",
        "access",
        _subject(wanted.kind, wanted.setting, wanted.measure),
        **changed,
    )


def remove_standard(connection: Connection, actor: Actor, kind: str, setting: str, measure: str) -> bool:
    """Take a standard away, and say whether it was there; raises PermissionError."""
    check_planner(actor)
    table = AccessStandard
    gone = delete(table).where(table.kind == kind, table.setting == setting, table.measure == measure)
    found = connection.execute(gone).rowcount == 1
    if found:
        record(connection, actor.name, "remove_standard", "access", _subject(kind, setting, measure))
    return found


def findings(connection: Connection) -> list[Finding]:
    """Hold every standard against the ways that are known; the dry season counts, as the rules speak of no other."""
    walking_kmh = rules(connection).walking_kmh
    every = standards(connection)
    lines = {
        (kind, mode): villages(connection, Asked(kind, mode, "kering"))
        for kind, mode in {(one.kind, _mode(one)) for one in every}
    }
    offices = _offices(connection)
    return [
        finding(one, lines[one.kind, _mode(one)], walking_kmh, offices.get((one.kind, one.setting == "kota"), 0))
        for one in every
    ]


def finding(standard: Standard, lines: Iterable[Line], walking_kmh: float, offices: int) -> Finding:
    """Hold a standard against the villages of its setting, in which so many offices of the kind stand.

    Where half of the people cannot get there, the village falls short.
    """
    own = [line for line in lines if line.urban == (standard.setting == "kota")]
    if standard.measure == "penduduk":
        return _crowded(standard, own, offices)
    known = [line for line in own if line.kind != UNKNOWN]
    if not known:
        return Finding(standard, len(own))
    limit = standard.value if standard.measure == "menit" else standard.value / 1000 / walking_kmh * 60
    short = [line for line in known if line.minutes is None or line.minutes > limit]
    people = [line.people for line in short]
    return Finding(standard, len(own), short, None if None in people else sum(number or 0 for number in people))


def _crowded(standard: Standard, own: list[Line], offices: int) -> Finding:
    """Hold the offices of a setting against the people there."""
    people = [line.people for line in own]
    if not own or None in people:
        return Finding(standard, len(own))
    everybody = sum(number or 0 for number in people)
    wanted = ceil(everybody / standard.value)
    return Finding(standard, len(own), None, everybody, offices, max(0, wanted - offices))


def _offices(connection: Connection) -> dict[tuple[str, bool], int]:
    asked = {"regency": preference(connection, REGENCY)}
    rows = connection.execute(sql("access/offices_by_setting.sql"), asked)
    return {(row.kind, row.urban): row.number for row in rows}


def _mode(standard: Standard) -> str:
    return "jalan_kaki" if standard.measure == "jarak" else SHOWN_MODE


def _subject(*parts: str) -> str:
    return "/".join(parts)
