"""The sample with its priorities, as tests of them share it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from layers import computing, db
from layers.priority import LAYER
from layers.records.versions import versions


@pytest.fixture(scope="package")
def computed(sample_url: str) -> Iterator[Connection]:
    """A connection to the sample with its priorities, of which nothing stays."""
    engine = db.connect(sample_url)
    with engine.connect() as connection:
        outer = connection.begin()
        connection.execute(text("set local statement_timeout = 0"))
        computing.compute(connection, LAYER)
        yield connection
        outer.rollback()
    engine.dispose()


@pytest.fixture
def undone(computed: Connection) -> Iterator[Connection]:
    """The same connection, of which a test's own changes are taken back."""
    with computed.begin_nested() as attempt:
        yield computed
        attempt.rollback()


def watched(connection: Connection) -> dict[str, int]:
    """The versions of what priorities are computed from beside layers: when one is another, they are stale."""
    current = versions(connection)
    return {name: current.get(name, 0) for name in LAYER.watches}
