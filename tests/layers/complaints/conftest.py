"""A regency in small: two villages, roads of each status, and people who act."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, text

from layers.complaints.acts import Receipt, Submission, move, submit
from layers.records.accounts import name_of
from layers.records.actors import SYSTEM, VISITOR, Actor, Grant, Role
from tests.webapp.staff import hire

MONDAY = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)  # 10 o'clock in Lampung
HERE = (104.9, -4.8)
Report = Callable[..., Receipt]


@pytest.fixture
def place(connection: Connection) -> Connection:
    """A connection that sees one village and nothing else on the map."""
    for table in ("complaint", "road", "area"):
        connection.execute(text(f"delete from {table}"))
    numbers = "pg_get_serial_sequence('account', 'id')"  # whoever is hired is nobody of those named below
    connection.execute(text(f"select setval({numbers}, greatest(nextval({numbers}), 1000))"))
    connection.execute(
        text(
            "insert into area (source, source_id, name, level, code, geom) values ('uji', '1', 'Kotabumi', 'desa',"
            " '18.03.05.2001', 'SRID=4326;MULTIPOLYGON(((104.8 -4.9,105 -4.9,105 -4.7,104.8 -4.7,104.8 -4.9)))')"
        )
    )
    return connection


@pytest.fixture
def report(place: Connection) -> Report:
    """Report a pothole in the village, with whatever is different about it."""

    def do(now: datetime = MONDAY, **different: Any) -> Receipt:
        told = {"client_id": uuid4(), "category": "jalan_berlubang", "lon": HERE[0], "lat": HERE[1]}
        told |= {"description": "Lubang sedalam lutut"}
        return submit(place, VISITOR, Submission(**{**told, **different}), now)

    return do


def staff(role: Role, agency: str | None = "pupr", number: int = 1) -> Actor:
    return Actor(f"account:{number}", (Grant(role, agency, "18.03"),))


VERIFIER = staff("verifier", None, 1)
OFFICER = staff("officer", "pupr", 2)
COORDINATOR = staff("coordinator", "pupr", 3)
CHECKER = staff("checker", "pupr", 4)
AGENT = staff("agent", None, 5)


ABOVE = staff("coordinator", None, 30)
DAY = timedelta(days=1)
Walk = Callable[..., int]
WAYS: dict[str, list[tuple[Actor, str, dict[str, Any]]]] = {
    "received": [],
    "dispatched": [(VERIFIER, "dispatched", {})],
    "in_progress": [(VERIFIER, "dispatched", {}), (OFFICER, "in_progress", {})],
}
WAYS["coordinating"] = [*WAYS["dispatched"], (OFFICER, "coordinating", {"reason": "bukan kami", "target": "dlh"})]
WAYS["scheduled"] = [*WAYS["dispatched"], (OFFICER, "scheduled", {"planned_on": date(2026, 3, 20)})]
WAYS["external"] = [*WAYS["dispatched"], (OFFICER, "external", {"target": "BPJN"})]
PROVEN = {"public_text": "Sudah ditambal", "exemption": "Hujan deras"}
WAYS["pending_check"] = [*WAYS["in_progress"], (OFFICER, "pending_check", PROVEN)]
WAYS["resolved"] = [*WAYS["pending_check"], (CHECKER, "resolved", {})]
WAYS["closed"] = [*WAYS["resolved"], (SYSTEM, "closed", {})]
WAYS["rejected"] = [(VERIFIER, "rejected", {"reason": "bukan urusan kabupaten"})]


def officer(connection: Connection, agency: str = "pupr", area: str = "18.03") -> str:
    """Hire an officer of an agency for an area, and give the name of his account."""
    return name_of(hire(connection, Grant("officer", agency, area)))


def row(connection: Connection, complaint_id: int) -> Any:
    return connection.execute(text("select * from complaint where id = :id"), {"id": complaint_id}).one()


@pytest.fixture
def walk(place: Connection, report: Report) -> Walk:
    """Bring a new report as far as a state, by steps that are allowed, on the same Monday; closing takes longer."""

    def do(state: str, **different: Any) -> int:
        mine = report(**different).complaint_id
        for actor, to, brought in WAYS[state]:
            now = MONDAY + 30 * DAY if actor is SYSTEM else MONDAY
            move(place, actor, mine, to, seen_version=None, now=now, **brought)
        return mine

    return do
