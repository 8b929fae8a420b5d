"""How often callers came: counted together, forgotten in time, and never kept for good."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, Engine, text

from layers.db import sql
from layers.records.tally import tables
from layers.records.visits import count_visit, forget, visits


@pytest.fixture
def emptied(engine: Engine) -> Iterator[Engine]:
    yield engine
    with engine.begin() as connection:
        forget(connection)


def test_visits_of_many_at_once_are_all_counted(emptied: Engine) -> None:
    def visit(_: int) -> int:
        with emptied.begin() as connection:
            return count_visit(connection, "ramai", 60)

    with ThreadPoolExecutor(6) as together:
        assert sorted(together.map(visit, range(30))) == list(range(1, 31))


def test_counting_begins_anew_once_the_time_is_over(connection: Connection) -> None:
    assert [count_visit(connection, "a", 60) for _ in range(3)] == [1, 2, 3]
    connection.execute(text("update visit set expires_at = now() - interval '1 second'"))
    assert visits(connection, "a") is None
    assert count_visit(connection, "a", 60) == 1


def test_who_came_long_ago_is_forgotten_when_another_comes(connection: Connection) -> None:
    count_visit(connection, "lama", 60)
    connection.execute(text("update visit set expires_at = now() - interval '1 second'"))
    count_visit(connection, "baru", 60)
    assert connection.scalars(text("select key from visit")).all() == ["baru"]


def test_one_caller_is_forgotten_without_the_others(connection: Connection) -> None:
    for key in "ab":
        count_visit(connection, key, 60)
    assert forget(connection, "a") == 1
    assert visits(connection, "a") is None
    assert visits(connection, "b")[0] == 1


def test_forgetting_reads_an_index(connection: Connection) -> None:
    many = "insert into visit select 'k' || n, 1, now() + interval '1 hour' from generate_series(1, 50000) as n"
    connection.execute(text(many))
    connection.execute(text("analyze visit"))
    explained = connection.execute(text(f"explain {sql('records/forget_visits.sql').text}"), {"most": 100})
    assert "Seq Scan on visit" not in "\n".join(line for (line,) in explained)


def test_no_backup_counts_what_a_crash_may_forget(connection: Connection) -> None:
    assert "visit" not in tables(connection)
    assert "preference" in tables(connection)
