"""What tests of the layers share: a database where what is committed stays, since no event can be taken back."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from layers import db
from tests.databases import beside


@pytest.fixture(scope="session")
def lasting(database_url: str) -> Iterator[Engine]:
    """A database of its own, so that other tests' trails stay empty."""
    engine = db.connect(beside(database_url, "lasting"))
    yield engine
    engine.dispose()
