"""A regency of one kilometre of road, where works are registered; all of it is rolled back."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, text

from layers.complaints.acts import Submission, submit
from layers.complaints.acts import move as move_complaint
from layers.records.actors import VISITOR, Actor, Grant
from layers.roads.acts import Order, survey
from layers.works import acts
from layers.works.acts import Facts
from layers.works.scope import Stretch

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
TODAY = date(2026, 11, 20)
COORDINATOR = Actor("account:21", (Grant("coordinator", "pupr"),))
PLANNER = Actor("account:22", (Grant("planner"),))
VERIFIER = Actor("account:23", (Grant("verifier"),))
CONTRACT = {
    "contract_number": "600/12/2026",
    "contract_on": date(2026, 6, 1),
    "contract_value": 900_000_000,
    "contractor": "CV Uji Karya",
    "planned_end": date(2026, 10, 31),
}
BUDGET = {"budget": 1_000_000_000, "fund": "dak", "year": "2026"}
FINISH = {"finished_on": date(2026, 11, 10), "public_text": "Sudah mulus.", "exemption": "Kamera rusak"}


@pytest.fixture
def road(connection: Connection) -> int:
    """A paved road of about 1,113 m along the equator."""
    connection.execute(text("delete from road"))
    made = text(
        "insert into road (source, source_id, name, status, surface, geom) values ('uji', '1', 'Ruas Uji', 'kabupaten',"
        " 'aspal', st_geomfromtext('MULTILINESTRING((104.9 0, 104.91 0))', 4326)) returning id"
    )
    return int(connection.execute(made).scalar_one())


@pytest.fixture
def register(connection: Connection, road: int) -> Callable[..., int]:
    """Register a work on metres 200 to 700 of the road, with whatever is different about it."""

    def register(actor: Actor = PLANNER, where: Any = None, **different: Any) -> int:
        facts = {"name": "Rehabilitasi Ruas Uji", "kind": "rehabilitasi_jalan", "agency": "pupr", **different}
        return acts.register(connection, actor, uuid4(), Facts(**facts), where or Stretch(road, 200, 700), NOW)

    return register


@pytest.fixture
def bring_to(connection: Connection) -> Callable[[int, str], None]:
    """Bring a work step by step to a stage."""

    def bring_to(work: int, stage: str) -> None:
        way = {"planned": {}, "budgeted": BUDGET, "tendered": {}, "contracted": CONTRACT}
        for to, brought in (way | {"under_way": {"started_on": date(2026, 6, 15)}}).items():
            acts.move(connection, COORDINATOR, work, to, seen_version=None, now=NOW, **brought)
            if to == stage:
                return

    return bring_to


@pytest.fixture
def report(connection: Connection, road: int) -> Callable[..., tuple[int, str]]:
    """Report a pothole on the road and bring it to a state; gives its id and number."""

    def report(*states: str) -> tuple[int, str]:
        told = Submission(uuid4(), "jalan_berlubang", 104.905, 0.0, "Lubang di tengah jalan", asset=("roads", road))
        receipt = submit(connection, VISITOR, told, NOW)
        for state in states:
            actor = VERIFIER if state == "dispatched" else COORDINATOR
            brought = {"planned_on": date(2026, 12, 1)} if state == "scheduled" else {}
            move_complaint(connection, actor, receipt.complaint_id, state, seen_version=None, now=NOW, **brought)
        return receipt.complaint_id, receipt.number

    return report


@pytest.fixture
def finish(connection: Connection) -> Callable[..., Any]:
    def finish(work: int, actor: Actor = COORDINATOR, **different: Any) -> Any:
        brought = {**FINISH, "condition": "baik", **different}
        return acts.move(connection, actor, work, "finished", seen_version=None, now=NOW, **brought).outcome

    return finish


def state_of(connection: Connection, complaint: int) -> tuple[str, str | None]:
    found = connection.execute(text("select state, done_by from complaint where id = :id"), {"id": complaint}).one()
    return found.state, found.done_by


def surveyed(connection: Connection, road: int, on: date) -> None:
    """Let an officer look at metres 100 to 800 of a road."""
    found = Order(road, "eye", on, "Petugas", {"condition": "sedang"}, 100, 800)
    survey(connection, Actor("account:3", (Grant("officer"),)), found, TODAY)
