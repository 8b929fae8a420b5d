"""Messages wait, are tried with growing pauses, and are given up where everybody can see it; no address is told."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Row, text

from layers.db import sql
from layers.records import identities, outbox
from layers.records.actors import SYSTEM
from layers.records.identities import Contact
from layers.records.mail import Letter, Relay, is_address
from layers.records.sending import PAUSES, Write, send_due, standings, try_again
from tests.layers.records.postboxes import Postbox, running

SITI = Contact("Siti", "siti.marka@contoh.test")


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def relay(postbox: Postbox) -> Iterator[Relay]:
    with running(postbox) as address:
        yield Relay.from_address(address, "peta@contoh.test")


def write(_: Connection, message: Row[Any]) -> Letter:
    return Letter(f"Tentang {message.subject}", "Jalan sudah diperbaiki.\n")


def send(connection: Connection, folder: Path, relay: Relay, write: Write = write) -> list[str | None]:
    @contextmanager
    def act() -> Iterator[Connection]:
        yield connection

    return send_due(act, folder, relay, write)


def post(connection: Connection, folder: Path, contact: Contact | None = SITI) -> str:
    if contact:
        identities.keep(connection, folder, SYSTEM, "complaint:7", contact, "Saya setuju.")
    return outbox.post(connection, 1, "moved", "reporter:7", "LP-2026-000007", {"state": "resolved"})


def message(connection: Connection) -> Row[Any]:
    return connection.execute(text("select *, next_try_at - clock_timestamp() as pause from outbox")).one()


def wait(connection: Connection, days: int = 0) -> None:
    """Let the pause be over, and the message so many days old."""
    older = text("update outbox set next_try_at = now(), posted_at = now() - cast(:age as interval)")
    connection.execute(older, {"age": timedelta(days=days)})


def test_a_message_reaches_its_recipient_once_and_the_look_at_the_contact_is_on_record(
    connection: Connection, tmp_path: Path, relay: Relay, postbox: Postbox
) -> None:
    kept = post(connection, tmp_path)
    assert send(connection, tmp_path, relay) == [None]
    assert send(connection, tmp_path, relay) == []
    (letter,) = postbox.came
    assert postbox.recipients == [[SITI.email]]
    assert f"Message-ID: <{kept}@contoh.test>".encode() in letter
    looks = "select actor || ' ' || subject from event where act = 'look_at_identity'"
    assert connection.scalars(text(looks)).all() == ["sender complaint:7"]


def test_a_link_in_a_header_stays_whole_however_long_it_is(postbox: Postbox, relay: Relay) -> None:
    """Folded or encoded word by word, mail programs would not find it."""
    address = f"<https://peta.contoh.test/kabar/berhenti/{'Aa1_-' * 40}>"
    letter = Letter("Kabar dari desa – hari ini", "Isi.\n", {"List-Unsubscribe": address})
    relay.deliver(letter, SITI.email, "7", datetime(2026, 3, 2, tzinfo=UTC))
    assert f"\r\nList-Unsubscribe: {address}\r\n".encode() in postbox.came[0]


def test_pauses_grow_and_after_five_days_it_is_given_up_in_sight_and_may_be_tried_again(
    connection: Connection, tmp_path: Path, relay: Relay, postbox: Postbox
) -> None:
    post(connection, tmp_path)
    postbox.says = "451 later"
    pauses = []
    for _ in range(len(PAUSES) + 2):
        wait(connection)
        assert send(connection, tmp_path, relay) == ["message refused (451)"]
        pauses.append(round(message(connection).pause / timedelta(minutes=1)))
    assert pauses == [1, 5, 15, 60, 240, 240, 240]
    wait(connection, days=6)
    send(connection, tmp_path, relay)
    assert [(one.stage, one.problem) for one in standings(connection)] == [("given up", "message refused (451)")]
    wait(connection)
    assert send(connection, tmp_path, relay) == []
    postbox.says = "250 OK"
    assert try_again(connection) == 1
    assert send(connection, tmp_path, relay) == [None]
    assert [one.stage for one in standings(connection)] == ["sent"]


def test_while_the_mail_server_is_away_the_others_are_left_alone(connection: Connection, tmp_path: Path) -> None:
    away = Relay.from_address("smtp://127.0.0.1:1", "peta@contoh.test")
    post(connection, tmp_path)
    outbox.post(connection, 2, "moved", "reporter:7", "LP-2026-000007", {"state": "closed"})
    assert send(connection, tmp_path, away) == ["mail server: ConnectionRefusedError"]
    assert sorted(connection.scalars(text("select tries from outbox"))) == [0, 1]


@pytest.mark.parametrize("contact", [None, Contact("Siti", "", "0812"), Contact("Siti", "siti@a.test,budi@b.test")])
def test_who_left_no_address_is_not_written_to(
    contact: Contact | None, connection: Connection, tmp_path: Path, relay: Relay, postbox: Postbox
) -> None:
    post(connection, tmp_path, contact)
    assert send(connection, tmp_path, relay) == ["no address"]
    assert try_again(connection) == 0
    assert postbox.came == []


FAULTS: dict[str, Callable[[Row[Any]], str]] = {
    "its words miss something": lambda message: message.data["missing"],
    "its subject is two lines": lambda _: "dua\nbaris",
    "the key of its address is lost": lambda _: "Kabar",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_message_that_cannot_be_written_waits_in_sight_and_the_next_goes_out(
    connection: Connection, tmp_path: Path, relay: Relay, postbox: Postbox, fault: str
) -> None:
    post(connection, tmp_path)
    outbox.post(connection, 2, "moved", "account:7", "", {})
    connection.execute(text("insert into account (id, email, name) values (7, 'ani@contoh.test', 'Ani')"))
    connection.execute(text("update outbox set next_try_at = now() - interval '1 hour' where recipient = 'reporter:7'"))
    if "key" in fault:
        shutil.rmtree(tmp_path / "keys")

    def write_one(_: Connection, message: Row[Any]) -> Letter:
        return Letter(FAULTS[fault](message) if message.recipient == "reporter:7" else "Kabar", "Isi.\n")

    first, second = send(connection, tmp_path, relay, write_one)
    assert first and first.startswith("cannot be written") and second is None
    assert postbox.recipients == [["ani@contoh.test"]]
    assert {one.stage: one.problem for one in standings(connection)} == {"waiting": first, "sent": None}
    wait(connection, days=6)
    assert send(connection, tmp_path, relay, write_one) == [first]
    assert {one.stage for one in standings(connection)} == {"given up", "sent"}


def test_nothing_that_is_kept_of_a_refusal_holds_the_address(
    connection: Connection, tmp_path: Path, relay: Relay, postbox: Postbox
) -> None:
    post(connection, tmp_path)
    postbox.says = f"550 no mailbox {SITI.email}"
    assert send(connection, tmp_path, relay) == ["message refused (550)"]
    kept = str([*connection.execute(text("select * from outbox")), *connection.execute(text("select * from event"))])
    assert SITI.email not in kept


@given(st.text(alphabet="ab.@,;<> \n\r\t\"'é\0:", max_size=20))
def test_no_address_smuggles_another_one_in(written: str) -> None:
    if is_address(written):
        assert written.count("@") == 1
        assert not set(written) & set(',;<> \n\r\t"\0:')


@pytest.mark.parametrize("address", ["", "mail.contoh.test", "http://mail.contoh.test", "smtp://"])
def test_a_mail_server_that_cannot_be_understood_is_refused_in_words(address: str) -> None:
    with pytest.raises(ValueError, match="PETA_SMTP_URL"):
        Relay.from_address(address, "peta@contoh.test")


def test_the_next_message_is_found_by_its_index(connection: Connection) -> None:
    connection.execute(
        text(
            "insert into outbox (message_id, kind, recipient, data, sent_at)"
            " select n, 'moved', 'reporter:1', '{}', now() from generate_series(1, 20000) as n"
        )
    )
    connection.execute(text("analyze outbox"))
    asked = {"pauses": list(PAUSES), "last": len(PAUSES)}
    plan = connection.scalars(text(f"explain {sql('records/take_message.sql').text}"), asked).all()
    assert any("ix_outbox_waiting" in line for line in plan)
    assert not any("Seq Scan" in line for line in plan)
