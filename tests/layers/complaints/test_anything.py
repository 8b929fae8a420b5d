"""Whatever people do, in whatever order: no impossible state, one event an act, and no deadline that moves."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection, Engine, text

from layers.complaints.acts import Submission, assign, change_category, close_silent, follow, moderate, move, submit
from layers.complaints.clocks import clocks
from layers.complaints.refusals import ActRefusedError, OvertakenError
from layers.records.actors import SYSTEM, VISITOR, Actor, Grant
from tests.layers.complaints.conftest import HERE, MONDAY
from tests.layers.complaints.test_workflow import ALLOWED, NAMES

PEOPLE = ["system", "reporter", "verifier", "officer", "coordinator", "checker", "agent", "planner"]
KINDS = ["jalan_berlubang", "tanya_layanan", "usul_saran", "pungutan_liar"]
TARGETS = ["pupr", "dlh", None]


class Complaints(RuleBasedStateMachine):
    """Two complaints, and people who try everything on them while the days go by."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.connection: Connection = self.engine.connect()
        self.outer = self.connection.begin()
        self.now = MONDAY
        told = [Submission(uuid4(), kind, *HERE, "Uraian") for kind in KINDS[:2]]
        self.receipts = [submit(self.connection, VISITOR, one, MONDAY) for one in told]
        self.states = {receipt.complaint_id: "received" for receipt in self.receipts}
        self.clocks: dict[int, list[Any]] = {receipt.complaint_id: [] for receipt in self.receipts}
        self.events = self.count("event")

    def teardown(self) -> None:
        self.outer.rollback()
        self.connection.close()

    def count(self, table: str) -> int:
        return int(self.connection.scalar(text(f"select count(*) from {table}")) or 0)

    def tries(self, act: Callable[[], object], number: int = 1) -> bool:
        """Try an act; one that is refused leaves no event, one that is done leaves exactly one."""
        try:
            with self.connection.begin_nested():
                act()
        except (ActRefusedError, OvertakenError):
            return False
        self.events += number
        return True

    def somebody(self, who: str, complaint_id: int) -> Actor:
        named = {"system": SYSTEM, "reporter": Actor(f"reporter:{complaint_id}")}
        return named.get(who, Actor(f"account:{who}", (Grant(who),)))  # type: ignore[arg-type]

    @rule(which=st.integers(0, 1), who=st.sampled_from(PEOPLE), to=st.sampled_from(NAMES), data=st.data())
    def move(self, which: int, who: str, to: str, data: st.DataObject) -> None:
        mine, other = self.receipts[which], self.receipts[1 - which]
        brought = {
            "reason": data.draw(st.sampled_from(["sebab", None])),
            "public_text": data.draw(st.sampled_from(["jawab", None])),
            "exemption": data.draw(st.sampled_from(["malam", None])),
            "planned_on": data.draw(st.sampled_from([date(2027, 1, 4), None])),
            "target": other.number if to == "merged" else data.draw(st.sampled_from(TARGETS)),
        }
        actor, before = self.somebody(who, mine.complaint_id), self.states[mine.complaint_id]
        act = lambda: move(  # noqa: E731
            self.connection, actor, mine.complaint_id, to, seen_version=None, now=self.now, **brought
        )
        if self.tries(act):
            assert (before, to) in ALLOWED
            self.states[mine.complaint_id] = to

    @rule(which=st.integers(0, 1), who=st.sampled_from(["verifier", "coordinator"]), kind=st.sampled_from(KINDS))
    def change_category(self, which: int, who: str, kind: str) -> None:
        mine = self.receipts[which].complaint_id
        actor = self.somebody(who, mine)
        self.tries(lambda: change_category(self.connection, actor, mine, kind, seen_version=None, now=self.now))

    @rule(which=st.integers(0, 1), version=st.integers(1, 5))
    def act_on_what_was_read_earlier(self, which: int, version: int) -> None:
        mine = self.receipts[which].complaint_id
        actor = self.somebody("officer", mine)
        self.tries(lambda: assign(self.connection, actor, mine, None, seen_version=version))

    @rule(which=st.integers(0, 1), to=st.sampled_from(["approved", "hidden", "pending"]))
    def moderate(self, which: int, to: str) -> None:
        mine = self.receipts[which].complaint_id
        self.tries(lambda: moderate(self.connection, self.somebody("verifier", mine), mine, to, seen_version=None))

    @rule(which=st.integers(0, 1), follower=st.sampled_from(["a", "b"]), confirmed=st.booleans())
    def follow(self, which: int, follower: str, confirmed: bool) -> None:
        follow(self.connection, self.receipts[which].complaint_id, follower, confirmed)

    @rule(days=st.integers(1, 20))
    def days_go_by(self, days: int) -> None:
        self.now += timedelta(days=days)
        closing = close_silent(self.connection, self.now)
        self.events += closing
        for mine, state in self.states.items():
            now = self.connection.scalar(text("select state from complaint where id = :id"), {"id": mine})
            assert now == state or (now in ("closed", "received") and (state, now) in ALLOWED)
            self.states[mine] = str(now)

    @invariant()
    def states_are_those_that_were_reached_step_by_step(self) -> None:
        kept = self.connection.execute(
            text("select id, state from complaint where id = any(:ids)"), {"ids": list(self.states)}
        )
        assert {row.id: row.state for row in kept} == self.states

    @invariant()
    def every_act_has_one_event(self) -> None:
        assert self.count("event") == self.events

    @invariant()
    def clocks_are_added_and_never_moved(self) -> None:
        for mine, known in self.clocks.items():
            held = clocks(self.connection, mine)
            assert held[: len(known)] == known
            self.clocks[mine] = held

    @invariant()
    def what_is_over_has_an_end_and_what_is_open_has_none(self) -> None:
        rows = self.connection.execute(
            text("select state, closed_at from complaint where id = any(:ids)"), {"ids": list(self.states)}
        )
        over = {"resolved", "closed", "rejected", "merged", "withdrawn"}
        assert all((row.state in over) == (row.closed_at is not None) for row in rows)

    @invariant()
    def supporters_are_the_confirmed_followers(self) -> None:
        wrong = text(
            "select count(*) from complaint where supporters <> (select count(*) from complaint_follower"
            " where complaint_id = complaint.id and confirmed) and id = any(:ids)"
        )
        assert self.connection.scalar(wrong, {"ids": list(self.states)}) == 0


def test_whatever_people_do_the_workflow_holds(engine: Engine) -> None:
    Complaints.engine = engine
    told = settings(max_examples=40, stateful_step_count=40, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Complaints, settings=told)
