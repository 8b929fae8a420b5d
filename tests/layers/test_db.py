"""Connections: no statement without an end, no transaction around a question, none that the server has closed."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from sqlalchemy import Connection, Engine, make_url, text

from layers import db

Make = Callable[..., Engine]
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


@pytest.mark.parametrize("make", [db.connect, db.connect_for_questions])
def test_a_connection_that_the_server_has_closed_is_replaced(make: Make, database_url: str, engine: Engine) -> None:
    serving = make(database_url, pool_size=1)
    with serving.connect() as asking:
        pid = asking.scalar(text("select pg_backend_pid()"))
    with engine.connect() as other:
        other.execute(text("select pg_terminate_backend(:pid)"), {"pid": pid})
        while other.scalar(text(STATE), {"pid": pid}) is not None:
            other.rollback()
            time.sleep(0.01)
    with serving.connect() as asking:
        assert asking.scalar(text("select pg_backend_pid()")) != pid
    serving.dispose()


def test_a_server_that_is_cut_off_without_a_farewell_is_given_up_within_seconds(database_url: str) -> None:
    with over_tcp(database_url) as address:
        serving = db.connect(address, pool_size=1)
        with serving.connect() as asking:
            raw = asking.connection.dbapi_connection
            assert raw is not None
            line = socket.socket(fileno=socket.dup(raw.fileno()))
            options = [socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT, socket.TCP_USER_TIMEOUT]
            idle, between, times, unheard_ms = [line.getsockopt(socket.IPPROTO_TCP, option) for option in options]
            line.close()
        serving.dispose()
    assert idle + between * times < 15 and 0 < unheard_ms <= 5_000


@contextmanager
def over_tcp(database_url: str) -> Iterator[str]:
    """Lend a TCP address that leads to the database's own socket, for one connection."""
    url = make_url(database_url)
    with socket.create_server(("127.0.0.1", 0)) as door:

        def lead() -> None:
            caller, _ = door.accept()
            server = socket.socket(socket.AF_UNIX)
            server.connect(f"{url.query['host']}/.s.PGSQL.{url.query['port']}")
            back = Thread(target=pour, args=(server, caller), daemon=True)
            back.start()
            pour(caller, server)
            back.join()

        leading = Thread(target=lead, daemon=True)
        leading.start()
        plain = url.difference_update_query(["host", "port"]).set(host="127.0.0.1", port=door.getsockname()[1])
        yield plain.render_as_string(hide_password=False)
        leading.join()


def pour(source: socket.socket, target: socket.socket) -> None:
    while part := source.recv(65536):
        target.sendall(part)
    target.shutdown(socket.SHUT_WR)


def test_a_statement_ends_by_itself_except_in_tests_whose_seeds_may_take_their_time(
    connection: Connection, engine: Engine, questions: Engine
) -> None:
    for serving in (engine, questions):
        with serving.connect() as asking:
            assert asking.scalar(text("show statement_timeout")) == "15s"
    assert connection.scalar(text("show statement_timeout")) == "0"
