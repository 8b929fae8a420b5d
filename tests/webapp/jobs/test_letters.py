"""The worker that sends is killed at every moment: each message arrives all the same, under one Message-ID."""

import email
import email.policy
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, text

from layers import db
from layers.complaints.acts import Submission, submit
from layers.complaints.tracking import give_code
from layers.records import identities
from layers.records.actors import SYSTEM, VISITOR
from layers.records.identities import Contact
from tests.databases import beside
from tests.layers.records.postboxes import Postbox, running
from tests.webapp.conftest import until

WORKER = [sys.executable, "-m", "webapp.jobs"]
SITI = Contact("Siti", "siti.marka@contoh.test")
SITE = "https://peta.contoh.test"
BLOCKED = text(
    "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"
)


@pytest.fixture(scope="module")
def letters_url(database_url: str) -> str:
    """A database of its own, since the worker commits."""
    url = beside(database_url, "letters")
    engine = db.connect(url)
    with engine.begin() as connection:
        square = "SRID=4326;MULTIPOLYGON(((104.8 -4.9,105 -4.9,105 -4.7,104.8 -4.7,104.8 -4.9)))"
        area = (
            "insert into area (source, source_id, name, level, code, geom) values ('uji', '1', 'Kotabumi', :l, :c, :g)"
        )
        connection.execute(text(area), {"l": "desa", "c": "18.03.05.2001", "g": square})
    engine.dispose()
    return url


@pytest.fixture
def engine(letters_url: str) -> Iterator[Engine]:
    engine = db.connect(letters_url)
    with engine.begin() as connection:
        connection.execute(text("truncate outbox"))
    yield engine
    engine.dispose()


def report(engine: Engine, folder: Path) -> tuple[str, str]:
    """Send a report with an e-mail address; gives its number and its code."""
    with engine.begin() as connection:
        receipt = submit(connection, VISITOR, Submission(uuid4(), "jalan_berlubang", 104.9, -4.8, "Lubang besar"))
        identities.keep(connection, folder, SYSTEM, f"complaint:{receipt.complaint_id}", SITI, "Saya setuju.")
        return receipt.number, give_code(connection, folder, receipt.complaint_id)


@contextmanager
def sender(url: str, folder: Path, smtp: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the worker with a mail server, until the test ends or kills it."""
    told = {"DATABASE_URL": url, "PETA_DATA_DIR": str(folder), "PETA_SMTP_URL": smtp}
    told |= {"PETA_MAIL_FROM": "peta@contoh.test", "PETA_SITE_ADDRESS": SITE}
    with (folder / "said").open("ab") as output:
        process = subprocess.Popen(WORKER, env=os.environ | told, stdout=output, stderr=output)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def asked(engine: Engine, question: str) -> object:
    with engine.connect() as connection:
        return connection.scalar(text(question))


def end_pause(engine: Engine) -> None:
    """Let the pause after a try be over."""
    with engine.begin() as connection:
        connection.execute(text("update outbox set next_try_at = now()"))


def arrives_once_more(engine: Engine, url: str, folder: Path, smtp: str) -> None:
    """Start another worker, and wait until the message is noted as sent."""
    end_pause(engine)
    with sender(url, folder, smtp):
        until(lambda: asked(engine, "select count(*) from outbox where sent_at is not null") == 1)


def ids(postbox: Postbox) -> list[str]:
    return [email.message_from_bytes(letter)["Message-ID"] for letter in postbox.came]


def test_killed_before_the_mail_server_greets(engine: Engine, letters_url: str, tmp_path: Path) -> None:
    report(engine, tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mute = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        with sender(letters_url, tmp_path, mute) as process:
            until(lambda: asked(engine, "select tries from outbox") == 1)
            kill(process)
    assert asked(engine, "select sent_at from outbox") is None
    postbox = Postbox()
    with running(postbox) as smtp:
        arrives_once_more(engine, letters_url, tmp_path, smtp)
    assert len(ids(postbox)) == 1


def test_killed_after_data_before_the_answer(engine: Engine, letters_url: str, tmp_path: Path) -> None:
    report(engine, tmp_path)
    postbox, killed = Postbox(), Event()
    with running(postbox) as smtp:
        with sender(letters_url, tmp_path, smtp) as process:
            postbox.on_data = lambda: kill_once(process, killed)
            until(killed.is_set)
        assert asked(engine, "select sent_at from outbox") is None
        postbox.on_data = lambda: None
        arrives_once_more(engine, letters_url, tmp_path, smtp)
    assert len(ids(postbox)) == 2
    assert len(set(ids(postbox))) == 1


def kill_once(process: subprocess.Popen[bytes], killed: Event) -> None:
    kill(process)
    killed.set()


def test_killed_after_the_server_took_it_before_that_is_written_down(
    engine: Engine, letters_url: str, tmp_path: Path
) -> None:
    """A lock on the row holds the worker exactly between the server's 250 and its own note."""
    report(engine, tmp_path)
    postbox = Postbox()
    holder = engine.connect()
    postbox.on_data = lambda: hold(holder)
    with running(postbox) as smtp:
        with sender(letters_url, tmp_path, smtp) as process:
            until(lambda: bool(postbox.came) and blocked(engine))
            kill(process)
        holder.rollback()
        holder.close()
        assert asked(engine, "select sent_at from outbox") is None
        postbox.on_data = lambda: None
        arrives_once_more(engine, letters_url, tmp_path, smtp)
    assert len(ids(postbox)) == 2
    assert len(set(ids(postbox))) == 1


def hold(holder: Connection) -> None:
    holder.execute(text("select from outbox for update"))


def blocked(engine: Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.scalar(BLOCKED))


def test_the_letter_tells_number_and_link_and_neither_code_nor_address_is_said_elsewhere(
    engine: Engine, letters_url: str, tmp_path: Path
) -> None:
    number, code = report(engine, tmp_path)
    postbox = Postbox()
    with running(postbox) as smtp:
        arrives_once_more(engine, letters_url, tmp_path, smtp)
    letter = email.message_from_bytes(postbox.came[0], policy=email.policy.default)
    words = letter.get_content()  # type: ignore[attr-defined]
    assert (letter["To"], letter["Subject"]) == (SITI.email, f"Laporan {number}: sudah kami terima")
    assert f"{SITE}/laporan/{number}" in words
    assert code not in words.replace("-", "")
    said = (tmp_path / "said").read_text()
    assert "worker started" in said
    assert [secret for secret in (code, SITI.email, "Lubang besar") if secret in said] == []


def test_without_a_mail_server_messages_wait(engine: Engine, letters_url: str, tmp_path: Path) -> None:
    report(engine, tmp_path)
    with engine.begin() as connection:
        connection.execute(text("truncate heartbeat"))
    with sender(letters_url, tmp_path, ""):
        until(lambda: asked(engine, "select count(*) from heartbeat") == 1)
    assert (asked(engine, "select tries from outbox"), asked(engine, "select sent_at from outbox")) == (0, None)
