"""A planner at the sample's priorities."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from layers.records.actors import Grant
from layers.settings import Settings
from tests.databases import SAMPLED, beside
from tests.webapp.staff import engine_of, staff
from webapp import create_app


@pytest.fixture(scope="session")
def ranked_url(sample_url: str) -> str:
    """A copy of the sample, since what planners keep, lock and ask is committed."""
    return beside(sample_url, "ranked", like=SAMPLED)


@pytest.fixture(scope="package")
def app(ranked_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(database_url=ranked_url, data_dir=tmp_path_factory.mktemp("priority")))


@pytest.fixture(scope="package")
def planner(app: Flask) -> FlaskClient:
    return staff(app, Grant("planner"))


@contextmanager
def roads_changed(app: Flask) -> Iterator[None]:
    """Let roads have changed for a while."""
    with engine_of(app).begin() as connection:
        number = connection.scalar(text("insert into layer_change (layer) values ('roads') returning id"))
    yield
    with engine_of(app).begin() as connection:
        connection.execute(text("delete from layer_change where id = :id"), {"id": number})


@pytest.fixture
def changed(app: Flask) -> Iterator[None]:
    """Roads that have changed since all was computed."""
    with roads_changed(app):
        yield
