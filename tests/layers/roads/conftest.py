"""Roads to survey, in a transaction that is rolled back."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, text

from layers import db
from layers.records.actors import Actor, Grant
from layers.roads.acts import Order, survey
from layers.roads.queries import rules as rules_in_force
from layers.roads.rules import Rules

OFFICER = Actor("account:7", (Grant("officer"),))
ADMINISTRATOR = Actor("admin:uji", (Grant("administrator"),))
TODAY = date(2026, 11, 21)
METRES_A_DEGREE = 111_319.49  # along the equator


@pytest.fixture
def rules(connection: Connection) -> Rules:
    return rules_in_force(connection)


@pytest.fixture
def lay(connection: Connection) -> Callable[..., int]:
    """Put a road of a length in m on the equator, and give its number."""
    connection.execute(text("delete from road"))

    def lay(length_m: float = 1000, surface: str | None = "aspal", status: str = "kabupaten", name: str = "1") -> int:
        line = f"MULTILINESTRING((104.9 0, {104.9 + length_m / METRES_A_DEGREE} 0))"
        asked = text(
            "insert into road (source, source_id, status, surface, geom)"
            " values ('uji', :name, :status, :surface, st_geomfromtext(:line, 4326)) returning id"
        )
        values = {"name": name, "status": status, "surface": surface, "line": line}
        return int(connection.execute(asked, values).scalar_one())

    return lay


@pytest.fixture
def see(connection: Connection) -> Callable[..., int]:
    """Survey a road by eye, or by another kind with its inputs."""

    def see(road: int, condition: str = "baik", day: date = TODAY, **wishes: object) -> int:
        order = Order(road, "eye", day, "Budi", {"condition": condition}, **wishes)  # type: ignore[arg-type]
        return survey(connection, OFFICER, order, TODAY)

    return see


@pytest.fixture
def sampled(sample_url: str) -> Iterator[Connection]:
    """The roads of the sample, only read."""
    engine = db.connect(sample_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
