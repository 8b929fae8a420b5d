"""Houses and databases for the tests of the commands."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.scripts.houses import House


@pytest.fixture
def house(built: None) -> Iterator[House]:
    """A house whose packages and front end are those of this checkout."""
    made = House(made=True)
    yield made
    made.tear_down()


@pytest.fixture
def bare_house() -> Iterator[House]:
    """A house as it is after git clone."""
    made = House(made=False)
    yield made
    made.tear_down()


@pytest.fixture(scope="module")
def new_database(database_url: str) -> Iterator[Callable[[str], str]]:
    """Make databases beside the one of the other tests, since an event that was committed stays; they go at the end."""
    server = create_engine(database_url, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def make(name: str) -> str:
        made.append(name)
        with server.connect() as connection:
            connection.execute(text(f"create database {name}"))
        return make_url(database_url).set(database=name).render_as_string(hide_password=False)

    yield make
    with server.connect() as connection:
        for name in made:
            connection.execute(text(f"drop database {name} with (force)"))
    server.dispose()
