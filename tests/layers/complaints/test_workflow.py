"""Which state may follow which, and who may say so: a copy of the rules of the field, tried pair by pair."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from layers.complaints.acts import move
from layers.complaints.refusals import ActRefusedError
from layers.complaints.workflow import MOVES, STATES, SUPPORTERS
from layers.records.actors import SYSTEM, VISITOR, Actor
from tests.layers.complaints.conftest import MONDAY, Report, staff

LABELS = """
received (Menunggu verifikasi; open), needs_info (Perlu kelengkapan; open), dispatched (Disposisi; open),
coordinating (Koordinasi; open), scheduled (Dijadwalkan; open), in_progress (Diproses; open),
external (Diteruskan; open), pending_check (Menunggu pemeriksaan hasil; open), resolved (Selesai; closed),
closed (Ditutup; closed), rejected (Ditolak; closed), merged (Digabung; closed), withdrawn (Dicabut; closed)
"""
OWNING = "officer coordinator"
RULES = f"""
received | dispatched needs_info rejected merged | verifier
received | withdrawn | verifier reporter agent
needs_info | received | reporter agent system
needs_info | withdrawn | reporter agent
needs_info | closed | system
dispatched | in_progress coordinating scheduled external needs_info | {OWNING}
dispatched | resolved | {OWNING}
coordinating | dispatched | new-officer new-coordinator
scheduled | in_progress | {OWNING}
scheduled | pending_check | {OWNING} system
in_progress | scheduled coordinating needs_info pending_check | {OWNING}
external | dispatched pending_check closed | {OWNING}
dispatched | merged rejected | coordinator
coordinating | merged rejected | coordinator
scheduled | merged rejected | coordinator
in_progress | merged rejected | coordinator
external | merged rejected | coordinator
dispatched | withdrawn | reporter agent
coordinating | withdrawn | reporter agent
scheduled | withdrawn | reporter agent
pending_check | resolved in_progress | checker
resolved | closed | system
resolved | in_progress | reporter agent supporters
closed | received | reporter agent
rejected | received | reporter agent
merged | received | verifier coordinator
"""
ALLOWED = {
    (start.strip(), target): set(who.split())
    for start, targets, who in (line.split("|") for line in RULES.strip().splitlines())
    for target in targets.split()
}
NAMES = [state.id for state in STATES]
NOW = MONDAY + timedelta(days=20)
EVERYTHING = {"reason": "alasan", "public_text": "jawaban", "exemption": "malam hari", "work": "w-1"}


def actors(complaint_id: int) -> dict[str, Actor]:
    """Somebody in each role, of the complaint's own agency or of the one that was asked to take it over."""
    of_agency = ("officer", "verifier", "coordinator", "checker", "agent", "planner", "administrator")
    mine = {role: staff(role, "pupr", 10 + n) for n, role in enumerate(of_agency)}
    theirs = {f"new-{role}": staff(role, "dlh", 20 + n) for n, role in enumerate(of_agency)}
    others = {"reporter": Actor(f"reporter:{complaint_id}"), "other reporter": Actor(f"reporter:{complaint_id + 1}")}
    return mine | theirs | others | {"system": SYSTEM, "supporters": SUPPORTERS, "visitor": VISITOR}


@pytest.fixture
def cases(place: Connection, report: Report) -> Iterator[tuple[int, str]]:
    """A question about a service, which may end in every way, and the number of another complaint to merge into."""
    other = report().number
    mine = report(category="tanya_layanan", channel="telepon").complaint_id
    place.execute(text("alter table complaint disable trigger refuse_impossible_move"))
    yield mine, other
    place.execute(text("alter table complaint enable trigger refuse_impossible_move"))


def stand(connection: Connection, complaint_id: int, state: str) -> None:
    """Put a complaint into a state, past every limit of time, with nobody who did the work."""
    facts = {"id": complaint_id, "state": state, "since": NOW - timedelta(days=20)}
    connection.execute(
        text("""update complaint set state = :state, state_since = :since, agency = 'pupr', next_agency = 'dlh',
                act_by = date '2026-03-03', done_by = 'account:99', merged_into = null where id = :id"""),
        facts,
    )


def brought(target: str, other: str) -> dict[str, Any]:
    where = {"coordinating": "dlh", "external": "BPJN", "merged": other, "dispatched": None}
    return {**EVERYTHING, "planned_on": date(2026, 12, 1), "target": where.get(target)}


def test_states_have_the_labels_and_the_open311_status_of_the_field() -> None:
    told = ", ".join(f"{s.id} ({s.label.id}; {s.open311})" for s in STATES)
    assert told == " ".join(LABELS.split())
    assert [s.id for s in STATES if s.clock == "paused"] == ["needs_info"]


def test_the_table_holds_the_pairs_of_the_field_each_once() -> None:
    pairs = [(step.start, step.target) for step in MOVES]
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == set(ALLOWED)


def test_the_database_knows_the_same_pairs(connection: Connection) -> None:
    kept = connection.execute(text("select start, target from complaint_transition")).all()
    assert {tuple(pair) for pair in kept} == set(ALLOWED)


@pytest.mark.parametrize("start", NAMES)
def test_every_role_may_take_its_own_steps_and_no_other(place: Connection, cases: tuple[int, str], start: str) -> None:
    mine, other = cases
    done = set()
    for target, (role, actor) in product(NAMES, actors(mine).items()):
        with place.begin_nested() as attempt:
            stand(place, mine, start)
            try:
                move(place, actor, mine, target, seen_version=None, now=NOW, **brought(target, other))
                done.add((target, role))
            except ActRefusedError as refused:
                assert refused.reason in ("impossible", "role")
            attempt.rollback()
    assert done == {(target, role) for (begun, target), who in ALLOWED.items() if begun == start for role in who}


@pytest.mark.parametrize("start", NAMES)
def test_the_database_refuses_every_other_pair(place: Connection, report: Report, start: str) -> None:
    mine = report().complaint_id
    change = text("update complaint set state = :state where id = :id")
    passed = set()
    for target in NAMES:
        with place.begin_nested() as attempt:
            place.execute(text("alter table complaint disable trigger refuse_impossible_move"))
            place.execute(change, {"id": mine, "state": start})
            place.execute(text("alter table complaint enable trigger refuse_impossible_move"))
            try:
                place.execute(change, {"id": mine, "state": target})
                passed.add(target)
            except DBAPIError as refused:
                assert "cannot go from" in str(refused)
            attempt.rollback()
    assert passed == {target for begun, target in ALLOWED if begun == start} | {start}


def test_the_database_knows_no_other_states(place: Connection, report: Report) -> None:
    with pytest.raises(DBAPIError, match="ck_complaint_state"), place.begin_nested():
        place.execute(
            text(
                "insert into complaint (source, source_id, number, category, state, reported_at, geom)"
                " values ('u', '1', 'u1', 'lain', 'lost', now(), 'SRID=4326;POINT(104 -4)')"
            )
        )


def test_a_file_from_elsewhere_may_skip_steps_but_not_those_of_reports_made_here(
    place: Connection, report: Report
) -> None:
    receipt = report()
    place.execute(text("select set_config('peta.importing', 'on', true)"))
    place.execute(
        text(
            "insert into complaint (source, source_id, number, category, state, reported_at, geom)"
            " values ('sp4n', '1', 'sp4n-1', 'lain', 'received', now(), 'SRID=4326;POINT(104 -4)')"
        )
    )
    place.execute(text("update complaint set state = 'closed' where source = 'sp4n'"))
    with pytest.raises(DBAPIError, match="cannot go from"), place.begin_nested():
        place.execute(text("update complaint set state = 'closed' where id = :id"), {"id": receipt.complaint_id})
