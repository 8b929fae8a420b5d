"""Connections: no statement without an end, no transaction around a question, none that the server has closed."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from layers import db

STATE = "select state from pg_stat_activity where pid = :pid"


@pytest.fixture
def questions(database_url: str) -> Iterator[Engine]:
    engine = db.connect_for_questions(database_url, pool_size=1)
    yield engine
    engine.dispose()


def test_a_question_leaves_no_transaction_open(questions: Engine, engine: Engine) -> None:
    with questions.connect() as asking, engine.connect() as other:
        pid = asking.scalar(text("select pg_backend_pid()"))
        assert other.scalar(text(STATE), {"pid": pid}) == "idle"


def test_a_connection_that_the_server_has_closed_is_replaced(questions: Engine, engine: Engine) -> None:
    with questions.connect() as asking:
        pid = asking.scalar(text("select pg_backend_pid()"))
    with engine.connect() as other:
        other.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})
        while other.scalar(text(STATE), {"pid": pid}) is not None:
            other.rollback()
            time.sleep(0.01)
    with questions.connect() as asking:
        assert asking.scalar(text("select pg_backend_pid()")) != pid


def test_a_statement_ends_by_itself_except_in_tests_whose_seeds_may_take_their_time(
    connection: Connection, engine: Engine, questions: Engine
) -> None:
    for serving in (engine, questions):
        with serving.connect() as asking:
            assert asking.scalar(text("show statement_timeout")) == "15s"
    assert connection.scalar(text("show statement_timeout")) == "0"
