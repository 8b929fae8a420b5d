"""Queues kept under a name: for oneself, or for all of an agency."""

import pytest
from sqlalchemy import Connection

from layers.complaints import saved
from layers.complaints.desks import Queue
from layers.complaints.refusals import ActRefusedError
from tests.layers.complaints.conftest import COORDINATOR, OFFICER, VERIFIER, staff

LATE = Queue(overdue=True, category="jalan_rusak", order="oldest")


def titles(connection: Connection, actor: saved.Actor) -> list[str]:
    return [kept.title for kept in saved.saved(connection, actor)]


def test_a_queue_comes_back_as_it_was_kept_and_the_newer_one_of_a_name_stays(connection: Connection) -> None:
    saved.save(connection, OFFICER, "Terlambat", Queue(mine=True))
    saved.save(connection, OFFICER, " Terlambat ", LATE)
    (kept,) = saved.saved(connection, OFFICER)
    assert (kept.title, kept.queue, kept.agency, kept.own) == ("Terlambat", LATE, None, True)
    assert titles(connection, COORDINATOR) == []


def test_what_is_shared_is_there_for_the_agency_but_only_its_owner_removes_it(connection: Connection) -> None:
    saved.save(connection, COORDINATOR, "Jalan", LATE, "pupr")
    (seen,) = saved.saved(connection, OFFICER)
    assert (seen.title, seen.own) == ("Jalan", False)
    assert titles(connection, staff("officer", "dlh", 9)) == titles(connection, VERIFIER) == []
    assert not saved.remove(connection, OFFICER, seen.id)
    assert saved.remove(connection, COORDINATOR, seen.id)
    assert titles(connection, OFFICER) == []


@pytest.mark.parametrize(("title", "agency"), [("", None), ("x" * 61, None), ("Jalan", "dlh")])
def test_no_name_and_an_agency_of_others_are_refused(connection: Connection, title: str, agency: str | None) -> None:
    with pytest.raises(ActRefusedError):
        saved.save(connection, OFFICER, title, LATE, agency)


def test_nobody_keeps_more_than_he_can_look_through(connection: Connection) -> None:
    for number in range(saved.MOST):
        saved.save(connection, OFFICER, f"Antrean {number}", LATE)
    with pytest.raises(ActRefusedError):
        saved.save(connection, OFFICER, "Satu lagi", LATE)
