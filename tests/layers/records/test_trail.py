"""The trail: nothing is changed, nothing goes, and whoever does it all the same is found out."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from layers.records import proof, trail
from layers.records.actors import Actor
from layers.records.events import record, record_words
from tests.layers.records.trails import NOW, Trail


@pytest.fixture
def kept(connection: Connection, tmp_path: Path) -> Trail:
    return Trail(connection, tmp_path)


def test_a_trail_that_nobody_touched_is_proven_up_to_the_last_seal(kept: Trail) -> None:
    found = proof.verify(kept.connection, kept.seals())
    assert found.faults == []
    assert (found.events, found.sealed, found.sealed_at, found.erased) == (40, 30, NOW, 0)


@pytest.mark.parametrize("table", ["event", "event_link"])
@pytest.mark.parametrize("change", ["update {} set position = 1", "delete from {}", "truncate {} cascade"])
def test_the_database_refuses_every_change(kept: Trail, table: str, change: str) -> None:
    statement = change.format(table).replace("position", "actor" if table == "event" else "position")
    statement = statement.replace("actor = 1", "actor = 'x'")
    with pytest.raises(DBAPIError, match="is refused"), kept.connection.begin_nested():
        kept.connection.execute(text(statement))


def test_an_event_that_was_slipped_into_the_past_shows_by_its_date(kept: Trail) -> None:
    kept.force(
        "insert into event (at, actor, act, detail, salt, hash) values"
        " (now() - interval '3 days', 'x', 'x', '{}', '\\x00', '\\x00');"
        " insert into event_pending select max(id) from event"
    )
    kept.force("update event set hash = sha256(salt || convert_to(event_text(event), 'UTF8')) where act = 'x'")
    trail.join(kept.connection)
    assert kept.faults() == [f"event {max(kept.ids) + 1} says that it is older than the seal before it"]


def test_what_came_after_the_last_seal_can_be_rewritten_unseen_and_is_not_called_proven(kept: Trail) -> None:
    """The limit of the proof, which the command tells of: up to when, and how many came later."""
    trail.join(kept.connection)
    kept.force("update event set actor = 'x' where id = :id", id=kept.ids[-1])
    kept.rebuild()
    found = proof.verify(kept.connection, kept.seals())
    assert (found.faults, found.sealed, found.events) == ([], 30, 40)


def test_words_can_be_erased_by_an_act_and_the_chain_still_holds(kept: Trail) -> None:
    gone = trail.erase(kept.connection, Actor("account:1"), "uji", "U-3")
    assert gone == 1
    assert trail.erase(kept.connection, Actor("account:1"), "uji", "U-3") == 0
    trail.join(kept.connection)
    found = proof.verify(kept.connection, kept.seals())
    assert (found.faults, found.erased) == ([], 1)
    kept_words = kept.connection.scalars(text("select content from event_content")).all()
    assert len(kept_words) == 29
    assert not any('kata 3"' in words for words in kept_words)


def test_what_was_erased_cannot_be_guessed_from_what_stays(kept: Trail) -> None:
    trail.erase(kept.connection, Actor("account:1"), "uji", "U-3")
    left = kept.connection.scalar(text("select content_hash from event where subject = 'U-3' and act = 'note'"))
    assert bytes(left) != hashlib.sha256(b'{"note": "kata 3"}').digest()


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner)
)


@given(actor=TEXTS, act=TEXTS, subject=st.none() | TEXTS, told=JSON, words=TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_the_hash_that_the_database_makes_is_the_one_that_is_checked(
    connection: Connection, actor: str, act: str, subject: str | None, told: object, words: str
) -> None:
    with connection.begin_nested() as attempt:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("truncate event, event_content, event_link, event_pending"))
        connection.execute(text("set local session_replication_role = origin"))
        record_words(connection, actor, act, "uji", subject or "", {"words": words} if words else {}, told=told)
        record(connection, actor, act, None, subject)
        assert proof.verify(connection, []).faults == []
        attempt.rollback()


def test_events_are_told_apart_however_their_parts_are_cut(connection: Connection) -> None:
    parts = [["ab", "c"], ["a", "bc"], ["ab", "c", None], ["ab", None, "c"], ["2:ab", "c"]]
    assert len({proof.event_hash(b"", one) for one in parts}) == len(parts)


def test_nobody_who_writes_an_event_waits_for_the_chain(lasting: Engine) -> None:
    """While one writer has not committed, others write and are joined; the slow one becomes a later link."""
    with lasting.connect() as slow, slow.begin() as writing:
        late = record(slow, "account:1", "slow", "uji", "U")
        quick: list[int] = []

        def write() -> None:
            with lasting.begin() as connection:
                quick.append(record(connection, "account:2", "quick", "uji", "U"))
            with lasting.begin() as connection:
                trail.join(connection)

        threads = [Thread(target=write) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert len(quick) == 4
        writing.commit()
    with lasting.begin() as connection:
        trail.join(connection)
        order = text("select event_id from event_link where event_id = any(:ids) order by position")
        assert set(connection.scalars(order, {"ids": [late, *quick]}).all()[:4]) == set(quick)
        assert connection.scalar(text("select count(*) from event_pending")) == 0
        assert proof.verify(connection, []).faults == []


@pytest.fixture
def many(connection: Connection) -> Iterator[Connection]:
    connection.execute(
        text(
            "insert into event (actor, act, layer, subject, detail)"
            " select 'a', 'b', 'complaints', 'LP-' || n, '{}' from generate_series(1, 20000) as n"
        )
    )
    connection.execute(text("analyze event"))
    return connection


def test_the_events_of_one_thing_are_found_by_an_index(many: Connection) -> None:
    question = "explain select * from event where layer = 'complaints' and subject = 'LP-7' order by id"
    assert any("ix_event_subject" in line for line in many.scalars(text(question)))
