"""A finished work: what follows from it, all in the transaction of that one act."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from layers import computing
from layers.complaints.acts import follow
from layers.complaints.acts import move as move_complaint
from layers.complaints.refusals import ActRefusedError
from layers.records.actors import Actor, Grant
from layers.records.versions import versions
from layers.registry import layers
from layers.roads.queries import awaiting_survey, surveys_of
from layers.works import acts
from tests.layers.works.conftest import COORDINATOR, NOW, TODAY, state_of, surveyed

Register = Callable[..., int]
BringTo = Callable[[int, str], None]
Report = Callable[..., tuple[int, str]]


def test_its_metres_of_road_are_declared_and_wait_for_a_survey(
    connection: Connection, register: Register, bring_to: BringTo, finish: Callable[..., Any], road: int
) -> None:
    work = register()
    bring_to(work, "under_way")
    assert finish(work).roads == (road,)
    (declared,) = surveys_of(connection, road)
    assert (declared.kind, declared.from_m, declared.to_m) == ("work", 200, 700)
    assert declared.inputs == {"work": f"P-{work}", "condition": "baik"}
    (waiting,) = awaiting_survey(connection)
    assert (waiting.id, waiting.work, round(waiting.length_m)) == (road, f"P-{work}", 500)
    asked = connection.execute(text("select kind, recipient, subject from outbox where kind = 'survey_wanted'")).all()
    assert asked == [("survey_wanted", "agency:pupr", f"P-{work}")]


def test_its_complaints_go_to_the_check_from_wherever_they_can(
    connection: Connection, register: Register, bring_to: BringTo, finish: Callable[..., Any], report: Report
) -> None:
    work = register()
    ways = [("dispatched",), ("dispatched", "scheduled"), ("dispatched", "in_progress"), ()]
    cases = [report(*way) for way in ways]
    for _, number in cases:
        acts.link_complaint(connection, COORDINATOR, work, number, seen_version=None)
    bring_to(work, "under_way")
    outcome = finish(work)
    assert outcome.checked == tuple(number for _, number in cases[:3])
    assert [number for number, _ in outcome.left] == [cases[3][1]]
    assert [state_of(connection, case) for case, _ in cases[:3]] == [("pending_check", COORDINATOR.name)] * 3
    assert state_of(connection, cases[3][0])[0] == "received"


def test_who_finished_a_work_may_not_check_the_complaint_even_where_it_went_by_itself(
    connection: Connection, register: Register, bring_to: BringTo, finish: Callable[..., Any], report: Report
) -> None:
    work = register(kind="drainase", agency="perkim", actor=Actor("account:5", (Grant("coordinator", "perkim"),)))
    other = Actor("account:5", (Grant("coordinator", "perkim"), Grant("checker"), Grant("planner")))
    case, number = report("dispatched", "scheduled")
    acts.link_complaint(connection, other, work, number, seen_version=None)
    connection.execute(
        text("update work set stage = 'under_way', started_on = '2026-06-15' where id = :id"), {"id": work}
    )
    assert finish(work, other).checked == (number,)
    with pytest.raises(ActRefusedError, match="may not be the one who did"):
        move_complaint(connection, other, case, "resolved", seen_version=None, now=NOW)


def test_reporter_and_followers_are_told(
    connection: Connection, register: Register, bring_to: BringTo, finish: Callable[..., Any], report: Report
) -> None:
    work = register()
    case, number = report("dispatched", "in_progress")
    follow(connection, case, "reporter:77", confirmed=True)
    acts.link_complaint(connection, COORDINATOR, work, number, seen_version=None)
    bring_to(work, "under_way")
    finish(work)
    told = text("select recipient from outbox where subject = :number and data ->> 'state' = 'pending_check'")
    assert set(connection.scalars(told, {"number": number})) == {f"reporter:{case}", "reporter:77"}


def test_the_layers_that_need_it_become_stale(
    connection: Connection, register: Register, bring_to: BringTo, finish: Callable[..., Any], report: Report
) -> None:
    work = register()
    _, number = report("dispatched", "in_progress")
    acts.link_complaint(connection, COORDINATOR, work, number, seen_version=None)
    bring_to(work, "under_way")
    before = versions(connection)
    hotspots = layers()["hotspots"]
    computing.compute(connection, hotspots)
    finish(work)
    after = versions(connection)
    assert all(after[layer] > before[layer] for layer in ("works", "roads", "complaints"))
    assert computing.standing(connection, hotspots).stale  # type: ignore[union-attr]


def test_where_one_part_fails_nothing_of_it_is_done(
    connection: Connection, register: Register, bring_to: BringTo, finish: Callable[..., Any], road: int
) -> None:
    """The road became shorter meanwhile, so that it has no metre 700 any more."""
    work = register()
    bring_to(work, "under_way")
    shorter = "update road set geom = st_geomfromtext('MULTILINESTRING((104.9 0, 104.905 0))', 4326) where id = :id"
    connection.execute(text(shorter), {"id": road})
    with pytest.raises(ActRefusedError, match="mend where it ends"), connection.begin_nested():
        finish(work)
    assert connection.scalar(text("select stage from work where id = :id"), {"id": work}) == "under_way"
    assert surveys_of(connection, road) == []


def test_a_work_that_ended_before_its_road_was_surveyed_needs_no_class_and_keeps_none(
    connection: Connection, register: Register, bring_to: BringTo, finish: Callable[..., Any], road: int
) -> None:
    surveyed(connection, road, date(2026, 11, 15))
    for condition in (None, "baik"):
        work = register()
        bring_to(work, "under_way")
        assert finish(work, finished_on=date(2026, 11, 10), condition=condition).roads == ()
        assert connection.scalar(text("select condition_after from work where id = :id"), {"id": work}) is None
    assert {one.kind for one in surveys_of(connection, road)} == {"eye"}
    assert connection.scalar(text("select count(*) from outbox where kind = 'survey_wanted'")) == 0


def test_what_is_missing_is_named(register: Register, bring_to: BringTo, finish: Callable[..., Any]) -> None:
    work = register()
    bring_to(work, "under_way")
    tomorrow = TODAY + timedelta(days=1)
    for different, reason in (
        ({"finished_on": None}, "finished_on"),
        ({"finished_on": tomorrow}, "day"),
        ({"public_text": " "}, "public_text"),
        ({"exemption": None}, "proof"),
        ({"condition": None}, "condition"),
    ):
        with pytest.raises(ActRefusedError) as refused:
            finish(work, **different)
        assert refused.value.reason == reason


def test_a_road_of_another_agency_holds_the_end_up_until_it_is_unlinked(
    connection: Connection, register: Register, bring_to: BringTo, finish: Callable[..., Any], road: int
) -> None:
    """As works linked them before anybody looked at whose road it is."""
    work = register()
    bring_to(work, "under_way")
    connection.execute(text("update road set status = 'desa' where id = :id"), {"id": road})
    with pytest.raises(ActRefusedError) as refused:
        finish(work)
    assert refused.value.reason == "road"
    assert "Lepas ruas itu" in refused.value.text.id and "Unlink that road" in refused.value.text.en
