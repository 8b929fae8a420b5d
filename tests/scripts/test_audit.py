"""scripts/audit says what is proven, up to when, and what was tampered with; a backup carries the proof along."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from layers import db
from layers.records import seals, trail
from layers.records.events import record
from scripts import auditing
from scripts.keeping.backup import backup, unsealed
from scripts.keeping.restore import restore
from scripts.setup.progress import Trouble
from tests.databases import beside


@pytest.fixture(scope="module")
def url(database_url: str) -> str:
    return beside(database_url, "audited")


@pytest.fixture
def audited(url: str) -> Iterator[Engine]:
    engine = db.connect(url, pool_size=1)
    with engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("truncate event, event_content, event_link, event_pending"))
    with engine.begin() as connection:
        for number in range(5):
            record(connection, "account:1", "note", "uji", f"U-{number}")
    yield engine
    engine.dispose()


def test_before_the_first_seal_nothing_is_proven(
    audited: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    auditing.verify(audited, tmp_path, tmp_path / seals.FILE)
    assert "Nothing is proven yet" in capsys.readouterr().out


def test_it_says_up_to_when_and_what_came_later(
    audited: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    auditing.seal(audited, tmp_path)
    with audited.begin() as connection:
        record(connection, "account:1", "note", "uji", "U-6")
    auditing.verify(audited, tmp_path, tmp_path / seals.FILE)
    said = capsys.readouterr().out
    assert "6 events are as they were written" in said
    assert "Proven up to" in said
    assert "5 events. 1 came later" in said


def test_it_names_what_was_tampered_with(audited: Engine, tmp_path: Path) -> None:
    auditing.seal(audited, tmp_path)
    with audited.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        event = connection.scalar(text("update event set actor = 'account:2' where subject = 'U-3' returning id"))
    with pytest.raises(Trouble, match=f"event {event} was changed"):
        auditing.verify(audited, tmp_path, tmp_path / seals.FILE)


def test_a_copy_of_the_seals_kept_elsewhere_shows_what_the_shortened_file_does_not(
    audited: Engine, tmp_path: Path
) -> None:
    auditing.seal(audited, tmp_path)
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes((tmp_path / seals.FILE).read_bytes())
    with audited.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("truncate event, event_link, event_pending, event_content"))
    (tmp_path / seals.FILE).write_text("")
    auditing.verify(audited, tmp_path, tmp_path / seals.FILE)
    with pytest.raises(Trouble, match="5 events are missing"):
        auditing.verify(audited, tmp_path, copy)


def test_what_comes_back_from_a_backup_is_still_proven(
    audited: Engine, url: str, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    auditing.seal(audited, tmp_path / "data")
    folder = backup(url, tmp_path / "data", tmp_path / "backups")
    target = new_database("audited_again")
    restore(target, tmp_path / "restored", folder, replace=False)
    engine = db.connect(target, pool_size=1)
    with engine.begin() as connection:
        record(connection, "account:1", "note", "uji", "U-7")
    auditing.verify(engine, tmp_path / "restored", tmp_path / "restored" / seals.FILE)
    auditing.seal(engine, tmp_path / "restored")
    auditing.verify(engine, tmp_path / "restored", tmp_path / "restored" / seals.FILE)
    engine.dispose()


def test_no_seal_is_made_while_a_backup_is(audited: Engine, url: str, tmp_path: Path) -> None:
    with unsealed(url), audited.begin() as connection:
        connection.execute(text("set local lock_timeout = 200"))
        with pytest.raises(DBAPIError, match="lock timeout"), connection.begin_nested():
            trail.seal(connection, tmp_path)
    assert not (tmp_path / seals.FILE).exists()
