"""A finished work that a file has brought, or to which something was linked later: what then still follows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, text

from layers.complaints.refusals import ActRefusedError
from layers.roads.queries import surveys_of
from layers.works import acts
from layers.works.finishing import left_over
from layers.works.scope import Stretch
from tests.layers.works.conftest import COORDINATOR, NOW, state_of, surveyed

Register = Callable[..., int]
BringTo = Callable[[int, str], None]
Report = Callable[..., tuple[int, str]]


def of_a_file(connection: Connection, work: int) -> None:
    """Let a file have said that a work is finished: nothing has followed."""
    told = "update work set stage = 'finished', started_on = '2026-06-15', finished_on = '2026-11-10' where id = :id"
    connection.execute(text(told), {"id": work})


def followed(connection: Connection, work: int) -> int:
    """Let somebody follow a work; gives the number of the reader."""
    reader = connection.scalar(text("insert into reader (email_hash) values ('uji') returning id"))
    connection.execute(text("insert into work_follower (work_id, reader_id) values (:w, :r)"), {"w": work, "r": reader})
    return int(reader)


def conclude(connection: Connection, work: int, **different: Any) -> Any:
    brought = {"public_text": "Sudah mulus.", "exemption": "Kamera rusak", "condition": "baik", **different}
    return acts.conclude(connection, COORDINATOR, work, seen_version=None, now=NOW, **brought).outcome


def test_the_keeper_lets_follow_what_a_file_has_said_is_finished(
    connection: Connection, register: Register, report: Report, road: int
) -> None:
    work = register()
    case, number = report("dispatched")
    reader = followed(connection, work)
    of_a_file(connection, work)
    acts.link_complaint(connection, COORDINATOR, work, number, seen_version=None)
    outcome = conclude(connection, work)
    assert (outcome.roads, outcome.checked) == ((road,), (number,))
    assert [(one.kind, str(one.surveyed_on)) for one in surveys_of(connection, road)] == [("work", "2026-11-10")]
    assert state_of(connection, case)[0] == "pending_check"
    told = text("select kind from outbox where recipient = :reader")
    assert connection.scalars(told, {"reader": f"reader:{reader}"}).all() == ["work_moved"]
    with pytest.raises(ActRefusedError) as refused:
        conclude(connection, work)
    assert refused.value.reason == "nothing"


def test_what_is_linked_after_the_end_follows_and_nothing_follows_twice(
    connection: Connection, register: Register, bring_to: BringTo, finish: Callable[..., Any], report: Report, road: int
) -> None:
    work = register()
    bring_to(work, "under_way")
    finish(work)
    acts.link_road(connection, COORDINATOR, work, Stretch(road, 900, 1000), seen_version=None)
    _, number = report("dispatched", "in_progress")
    acts.link_complaint(connection, COORDINATOR, work, number, seen_version=None)
    outcome = conclude(connection, work, condition="sedang")
    assert (outcome.roads, outcome.checked, outcome.left) == ((road,), (number,), ())
    declared = [(one.from_m, one.to_m, one.inputs["condition"]) for one in surveys_of(connection, road)]
    assert sorted(declared) == [(200, 700, "baik"), (900, 1000, "sedang")]


def test_a_stretch_that_was_surveyed_after_the_end_has_nothing_to_be_declared(
    connection: Connection, register: Register, road: int
) -> None:
    work = register()
    followed(connection, work)
    of_a_file(connection, work)
    surveyed(connection, road, date(2026, 11, 15))
    assert conclude(connection, work, condition=None).roads == ()
    assert [one.kind for one in surveys_of(connection, road)] == ["eye"]


def test_a_work_whose_day_is_told_only_now_keeps_no_class_where_its_road_was_surveyed_since(
    connection: Connection, register: Register, road: int
) -> None:
    work = register()
    of_a_file(connection, work)
    connection.execute(text("update work set finished_on = null where id = :id"), {"id": work})
    surveyed(connection, road, date(2026, 11, 15))
    row = connection.execute(text("select * from work where id = :id"), {"id": work}).one()
    assert left_over(connection, row).stretches  # the form asks for a class, since the day is not known yet
    assert conclude(connection, work, condition="baik", finished_on=date(2026, 11, 10)).roads == ()
    kept = connection.execute(text("select finished_on, condition_after from work where id = :id"), {"id": work}).one()
    assert tuple(kept) == (date(2026, 11, 10), None)
    assert [one.kind for one in surveys_of(connection, road)] == ["eye"]


def test_a_work_that_ended_later_than_its_file_says_declares_a_road_surveyed_in_between(
    connection: Connection, register: Register, road: int
) -> None:
    work = register()
    of_a_file(connection, work)
    surveyed(connection, road, date(2026, 11, 12))
    with pytest.raises(ActRefusedError) as refused:
        conclude(connection, work)
    assert refused.value.reason == "nothing"
    with pytest.raises(ActRefusedError) as refused:
        conclude(connection, work, finished_on=date(2026, 11, 14), condition=None)
    assert refused.value.reason == "condition"
    assert conclude(connection, work, finished_on=date(2026, 11, 14)).roads == (road,)
    assert sorted(one.kind for one in surveys_of(connection, road)) == ["eye", "work"]


def test_where_nobody_follows_the_work_of_a_file_nobody_is_left_to_be_told(
    connection: Connection, register: Register
) -> None:
    work = register(kind="drainase")
    of_a_file(connection, work)
    row = connection.execute(text("select * from work where id = :id"), {"id": work}).one()
    assert not left_over(connection, row)
    followed(connection, work)
    assert left_over(connection, row).untold


def test_nothing_is_linked_to_a_work_that_was_cancelled(
    connection: Connection, register: Register, report: Report, road: int
) -> None:
    work = register()
    _, number = report("dispatched")
    acts.move(connection, COORDINATOR, work, "cancelled", seen_version=None, now=NOW, reason="Anggaran dialihkan")
    for link in (
        lambda: acts.link_road(connection, COORDINATOR, work, Stretch(road, 0, 100), seen_version=None),
        lambda: acts.link_complaint(connection, COORDINATOR, work, number, seen_version=None),
    ):
        with pytest.raises(ActRefusedError, match="cancelled"):
            link()


def test_what_is_built_beside_a_road_declares_no_class_of_it(
    connection: Connection, register: Register, bring_to: BringTo, finish: Callable[..., Any], road: int
) -> None:
    work = register(kind="drainase")
    bring_to(work, "under_way")
    assert finish(work, condition="baik").roads == ()
    assert surveys_of(connection, road) == []
