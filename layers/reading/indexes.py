"""Indexes set aside while many rows are written: built once at the end they cost a third."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from layers.db import sql

MANY = 100_000
SHARE = 4


def worth_it(rows_coming: int, rows_there: int) -> bool:
    """Say whether so many rows come that building every index anew is cheaper."""
    return rows_coming >= MANY and rows_coming >= SHARE * rows_there


def alone(connection: Connection) -> bool:
    """Say whether nobody else uses the database, so that nobody waits for a table that is locked."""
    return not connection.scalar(sql("reading/others.sql"))


@contextmanager
def set_aside(connection: Connection, table: str) -> Iterator[None]:
    """Take all of a table's indexes but the primary key's away and build them again; the table is locked meanwhile."""
    connection.execute(text("set local maintenance_work_mem = '256MB'"))
    indexes = connection.execute(sql("reading/indexes.sql"), {"table": table}).all()
    for index in indexes:
        connection.execute(text(index.drop))
    yield
    for index in indexes:
        connection.execute(text(index.make))
