"""How many rows each table holds and what they come to: two databases with the same tally hold the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.db import sql


@dataclass(frozen=True)
class Count:
    """The rows of one table: their number, and a sum over the MD5 of each, in whatever order they lie."""

    rows: int
    hash: str


def tables(connection: Connection) -> list[str]:
    """Name the project's tables, those of extensions left out."""
    return [str(name) for name in connection.scalars(sql("records/own_tables.sql"))]


def tally(connection: Connection) -> Iterator[tuple[str, Count]]:
    """Count and hash table by table, however long that takes."""
    connection.execute(text("set local statement_timeout = 0"))
    for table in tables(connection):
        quoted = connection.dialect.identifier_preparer.quote(table)
        row = connection.execute(text(f"{COUNT} from {quoted} as each")).one()  # a name from the catalogue
        yield table, Count(int(row.rows), str(row.hash))


COUNT = """
select count(*) as rows, coalesce(sum(('x' || left(md5(each::text), 15))::bit(60)::bigint), 0) as hash
"""
