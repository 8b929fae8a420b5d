"""What somebody has typed stays until it is sent, and is readable for nobody else."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from layers.records import drafts


def test_answers_come_back_and_later_ones_stand_beside_them(connection: Connection, tmp_path: Path) -> None:
    token = drafts.begin(connection, tmp_path, {"lat": -4.8})
    drafts.keep(connection, tmp_path, token, {"details": "Lubang di tikungan"})
    assert drafts.answers(connection, tmp_path, token) == {"lat": -4.8, "details": "Lubang di tikungan"}
    drafts.keep(connection, tmp_path, token, {"lat": -4.9})
    assert drafts.answers(connection, tmp_path, token) == {"lat": -4.9, "details": "Lubang di tikungan"}


def test_the_database_holds_neither_the_answers_nor_what_opens_them(connection: Connection, tmp_path: Path) -> None:
    token = drafts.begin(connection, tmp_path, {"details": "Lubang di tikungan", "lat": -4.81234})
    row = str(connection.execute(text("select token, encode(sealed, 'escape') from draft")).all())
    assert not any(told in row for told in ("Lubang", "4.81234", token))


def test_nobody_reads_a_draft_without_its_token(connection: Connection, tmp_path: Path) -> None:
    drafts.begin(connection, tmp_path, {"details": "x"})
    assert drafts.answers(connection, tmp_path, "") is None
    assert drafts.keep(connection, tmp_path, "guess", {"details": "y"}) is None


def test_a_draft_that_nobody_came_back_to_is_forgotten(connection: Connection, tmp_path: Path) -> None:
    left = drafts.begin(connection, tmp_path, {"details": "x"})
    connection.execute(text("update draft set expires_at = now() - interval '1 minute'"))
    assert drafts.answers(connection, tmp_path, left) is None
    drafts.begin(connection, tmp_path, {})
    assert connection.scalar(text("select count(*) from draft")) == 1


def test_what_is_replaced_is_gone(connection: Connection, tmp_path: Path) -> None:
    token = drafts.begin(connection, tmp_path, {"details": "x"})
    drafts.replace(connection, tmp_path, token, {"number": "26-00001"})
    assert drafts.answers(connection, tmp_path, token) == {"number": "26-00001"}


def test_a_draft_that_was_sent_is_gone(connection: Connection, tmp_path: Path) -> None:
    token = drafts.begin(connection, tmp_path, {})
    drafts.drop(connection, token)
    assert drafts.answers(connection, tmp_path, token) is None


def test_two_pages_that_are_sent_at_once_both_count(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        token = drafts.begin(connection, tmp_path, {})
    with engine.connect() as one, engine.connect() as other:
        drafts.keep(one, tmp_path, token, {"lat": -4.8})
        other.execute(text("set local lock_timeout = '50ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            drafts.keep(other, tmp_path, token, {"details": "x"})
        one.commit()
        other.rollback()
        drafts.keep(other, tmp_path, token, {"details": "x"})
        other.commit()
        assert drafts.answers(one, tmp_path, token) == {"lat": -4.8, "details": "x"}
        drafts.drop(one, token)
        one.commit()
