"""A planner at the sample's ways."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.records.actors import Grant
from layers.settings import Settings
from tests.webapp.staff import staff
from webapp import create_app


@pytest.fixture(scope="package")
def app(sample_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(database_url=sample_url, data_dir=tmp_path_factory.mktemp("planning")))


@pytest.fixture(scope="package")
def planner(app: Flask) -> FlaskClient:
    return staff(app, Grant("planner"))
