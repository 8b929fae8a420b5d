"""An administrator and rules in a database of their own: those changed here would change what other tests expect."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers import db
from layers.records.actors import Grant
from layers.settings import Settings
from tests.databases import beside
from tests.webapp.complaints.conftest import settle
from tests.webapp.staff import staff
from webapp import create_app


@pytest.fixture(scope="session")
def rules_url(database_url: str) -> str:
    url = beside(database_url, "rulebook")
    settle(url)
    return url


@pytest.fixture
def app(rules_url: str, tmp_path: Path) -> Flask:
    return create_app(Settings(database_url=rules_url, data_dir=tmp_path))


@pytest.fixture
def rows(rules_url: str) -> Iterator[Engine]:
    engine = db.connect(rules_url)
    yield engine
    with engine.begin() as connection:
        connection.execute(text("delete from complaint_route where area_name is not null"))
    engine.dispose()


@pytest.fixture
def administrator(app: Flask) -> FlaskClient:
    return staff(app, Grant("administrator"))
