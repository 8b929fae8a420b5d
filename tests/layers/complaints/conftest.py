"""A regency in small: two villages, roads of each status, and people who act."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, text

from layers.complaints.acts import Receipt, Submission, submit
from layers.records.accounts import name_of
from layers.records.actors import VISITOR, Actor, Grant, Role
from tests.webapp.staff import hire

MONDAY = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)  # 10 o'clock in Lampung
HERE = (104.9, -4.8)
Report = Callable[..., Receipt]


@pytest.fixture
def place(connection: Connection) -> Connection:
    """A connection that sees one village and nothing else on the map."""
    for table in ("complaint", "road", "area"):
        connection.execute(text(f"delete from {table}"))
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


def officer(connection: Connection, agency: str = "pupr", area: str = "18.03") -> str:
    """Hire an officer of an agency for an area, and give the name of his account."""
    return name_of(hire(connection, Grant("officer", agency, area)))


def row(connection: Connection, complaint_id: int) -> Any:
    return connection.execute(text("select * from complaint where id = :id"), {"id": complaint_id}).one()
