"""What an agency sends back is not lost: somebody sees that it waits for another, and the deadline stays."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.dialects import postgresql

from layers.complaints import desks
from layers.complaints.acts import decline, move, reroute
from layers.complaints.desks import Queue
from layers.complaints.letters import Writer
from layers.complaints.refusals import ActRefusedError
from layers.complaints.table import Complaint
from layers.complaints.telling import tell_waiting, waiting
from layers.records.accounts import name_of, number_of
from layers.records.actors import Actor, Grant
from tests.layers.complaints.conftest import COORDINATOR, MONDAY, OFFICER, VERIFIER, Report, row, staff
from tests.layers.complaints.test_desks import MANY
from tests.webapp.staff import hire

OTHER = staff("officer", "dlh", 7)
ABOVE = Actor("account:8", (Grant("coordinator"),))


PEOPLE = """
with made as (
    insert into account (email, name, active) values ('veri@contoh.test', 'Veri', true),
        ('koor@contoh.test', 'Koor', true), ('jauh@contoh.test', 'Jauh', true), ('pupr@contoh.test', 'Pupr', true),
        ('pergi@contoh.test', 'Pergi', false)
    returning id, email)
insert into account_grant (account_id, role, agency, area)
select made.id, held.role, held.agency, held.area from made join (values
    ('veri@contoh.test', 'verifier', null, '18.03'), ('koor@contoh.test', 'coordinator', null, null),
    ('jauh@contoh.test', 'verifier', null, '18.03.06'), ('pupr@contoh.test', 'coordinator', 'pupr', null),
    ('pergi@contoh.test', 'verifier', null, null)) as held (email, role, agency, area) using (email)
"""


@pytest.fixture
def dispatched(report: Report, place: Connection) -> int:
    mine = report().complaint_id
    move(place, VERIFIER, mine, "dispatched", seen_version=1, now=MONDAY)
    return mine


def hand_back(place: Connection, mine: int, actor: Actor = OFFICER) -> None:
    decline(place, actor, mine, reason="Jalan ini milik provinsi", seen_version=None, now=MONDAY)


def test_what_its_agency_declines_waits_for_another_which_then_hears_of_it(place: Connection, dispatched: int) -> None:
    due_on = row(place, dispatched).due_on
    hand_back(place, dispatched)
    kept = row(place, dispatched)
    assert (kept.state, kept.agency, kept.declined_by, kept.assignee) == ("dispatched", None, "pupr", None)
    assert kept.due_on == due_on
    assert [one.id for one in desks.waiting(place, VERIFIER, Queue(declined=True))] == [dispatched]
    assert desks.waiting(place, OFFICER, Queue()) == []
    reroute(place, VERIFIER, dispatched, "dlh", reason="Sampah", seen_version=None, now=MONDAY)
    kept = row(place, dispatched)
    assert (kept.state, kept.agency, kept.declined_by, kept.due_on) == ("dispatched", "dlh", None, due_on)
    told = place.execute(text("select kind, recipient from outbox order by id desc limit 2")).all()
    assert {tuple(one) for one in told} == {("handed_over", "agency:dlh"), ("moved", f"reporter:{dispatched}")}


def test_what_two_agencies_sent_back_belongs_to_those_who_choose_a_third(place: Connection, dispatched: int) -> None:
    hand_back(place, dispatched)
    move(place, ABOVE, dispatched, "coordinating", seen_version=None, now=MONDAY, reason="Coba DLH.", target="dlh")
    hand_back(place, dispatched, OTHER)
    kept = row(place, dispatched)
    assert (kept.state, kept.agency, kept.declined_by) == ("dispatched", None, "dlh")
    assert [one.id for one in desks.waiting(place, VERIFIER, Queue(declined=True))] == [dispatched]
    reroute(place, VERIFIER, dispatched, "pupr", seen_version=None, now=MONDAY)
    assert row(place, dispatched).agency == "pupr"


def test_whoever_may_choose_another_agency_gets_a_letter_and_the_reporter_none(
    place: Connection, dispatched: int, tmp_path: Path
) -> None:
    place.execute(text(PEOPLE))
    hand_back(place, dispatched)
    sent_back = "select recipient, subject from outbox where kind = 'sent_back' order by recipient"
    told = [one.recipient for one in place.execute(text(sent_back))]
    assert told == [f"account:{number_of(place, 'veri@contoh.test')}"]
    latest = place.execute(text("select * from outbox order by id desc limit 1")).one()
    assert latest.kind == "sent_back"  # nothing after it, to the reporter neither
    letter = Writer("https://peta.contoh.test", tmp_path)(place, latest)
    assert letter and row(place, dispatched).number in letter.subject
    assert "bukan kewenangannya" in letter.text and "Lubang sedalam lutut" not in letter.text
    reroute(place, VERIFIER, dispatched, "dlh", seen_version=None, now=MONDAY)
    assert Writer("https://peta.contoh.test", tmp_path)(place, latest) is None


@pytest.mark.parametrize("gone", ["delete from account_grant where role = 'verifier'", "update complaint set hops = 3"])
def test_without_a_verifier_or_after_too_many_hops_the_coordinator_of_the_regency_is_told(
    place: Connection, dispatched: int, gone: str
) -> None:
    place.execute(text(PEOPLE))
    place.execute(text(gone))
    hand_back(place, dispatched)
    told = place.scalars(text("select recipient from outbox where kind = 'sent_back'")).all()
    assert told == [f"account:{number_of(place, 'koor@contoh.test')}"]


@pytest.mark.parametrize("asked_of_another", [True, False])
def test_beyond_the_limit_and_with_no_coordinator_the_administrator_is_told_to_name_one(
    place: Connection, dispatched: int, tmp_path: Path, asked_of_another: bool
) -> None:
    place.execute(text("delete from account_grant"))
    administrator = name_of(hire(place, Grant("administrator")))
    place.execute(text("update complaint set hops = 3"))
    if asked_of_another:
        move(place, OFFICER, dispatched, "coordinating", seen_version=None, now=MONDAY, reason="x", target="dlh")
    else:
        hand_back(place, dispatched)
    (message,) = place.execute(text("select * from outbox where recipient like 'account:%'")).all()
    assert message.recipient == administrator
    letter = Writer("https://peta.contoh.test", tmp_path)(place, message)
    assert letter and "koordinator kabupaten" in letter.text and "/admin/accounts" in letter.text
    assert row(place, dispatched).number in letter.subject and "Lubang sedalam lutut" not in letter.text
    named = name_of(hire(place, Grant("coordinator")))
    assert Writer("https://peta.contoh.test", tmp_path)(place, message) is None, "somebody has the role meanwhile"
    for _ in range(2):
        tell_waiting(place, named)
    (message,) = place.execute(text("select * from outbox where recipient = :who"), {"who": named}).all()
    letter = Writer("https://peta.contoh.test", tmp_path)(place, message)
    assert letter and ("putuskan instansinya" if asked_of_another else "pilih instansi lain") in letter.subject


def test_who_gets_a_role_that_others_have_already_is_not_told_anew(place: Connection, dispatched: int) -> None:
    place.execute(text(PEOPLE))
    hand_back(place, dispatched)
    place.execute(text("delete from outbox"))
    for grant in (Grant("verifier", None, "18.03"), Grant("coordinator")):
        tell_waiting(place, name_of(hire(place, grant)))
    assert place.execute(text("select recipient from outbox")).all() == []


def test_what_waits_for_somebody_who_chooses_is_found_by_indexes(place: Connection) -> None:
    place.execute(text(MANY))
    place.execute(text("analyze complaint"))
    asked = (
        select(Complaint.id)
        .where(waiting(3))
        .compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    )
    plan = "\n".join(place.exec_driver_sql(f"explain {asked}").scalars())
    assert "ix_complaint_declined" in plan and "ix_complaint_next_agency" in plan and "Seq Scan" not in plan


def test_who_is_asked_to_take_over_and_declines_leaves_it_with_who_asked(place: Connection, dispatched: int) -> None:
    move(place, OFFICER, dispatched, "coordinating", seen_version=None, reason="Sampah", target="dlh", now=MONDAY)
    with pytest.raises(ActRefusedError), place.begin_nested():
        hand_back(place, dispatched)  # the one that asked cannot decline for the other
    hand_back(place, dispatched, OTHER)
    kept = row(place, dispatched)
    assert (kept.state, kept.agency, kept.next_agency) == ("dispatched", "pupr", None)


@pytest.mark.parametrize(
    ("actor", "reason", "named"),
    [(VERIFIER, "Bukan", "role"), (OTHER, "Bukan", "role"), (OFFICER, " ", "reason")],
)
def test_only_the_agency_itself_declines_and_says_why(
    place: Connection, dispatched: int, actor: Actor, reason: str, named: str
) -> None:
    with pytest.raises(ActRefusedError) as refused:
        decline(place, actor, dispatched, reason=reason, seen_version=None, now=MONDAY)
    assert refused.value.reason == named


def test_work_that_has_begun_is_not_declined(place: Connection, dispatched: int) -> None:
    move(place, OFFICER, dispatched, "in_progress", seen_version=None, now=MONDAY)
    with pytest.raises(ActRefusedError) as refused:
        hand_back(place, dispatched)
    assert refused.value.reason == "state"


@pytest.mark.parametrize("agency", ["pupr", "tidak_ada", ""])
def test_it_goes_to_another_agency_that_there_is(place: Connection, dispatched: int, agency: str) -> None:
    hand_back(place, dispatched)
    with pytest.raises(ActRefusedError) as refused:
        reroute(place, VERIFIER, dispatched, agency, seen_version=None, now=MONDAY)
    assert refused.value.reason == "target"


def test_after_too_many_hops_the_coordinator_of_the_regency_decides(place: Connection, dispatched: int) -> None:
    for agency in ("dlh", "pupr", "dlh"):
        hand_back(place, dispatched, Actor("account:2", (Grant("officer", row(place, dispatched).agency),)))
        reroute(place, VERIFIER, dispatched, agency, seen_version=None, now=MONDAY)
    hand_back(place, dispatched, OTHER)
    for actor in (VERIFIER, COORDINATOR):
        with pytest.raises(ActRefusedError), place.begin_nested():
            reroute(place, actor, dispatched, "pupr", seen_version=None, now=MONDAY)
    reroute(place, ABOVE, dispatched, "pupr", seen_version=None, now=MONDAY)
    assert row(place, dispatched).agency == "pupr"
