"""A client over a database that holds nothing, and the folder of built files."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from layers.settings import Settings
from webapp import create_app


@pytest.fixture
def bare(settings: Settings) -> FlaskClient:
    """A client of an installation before its first data."""
    return create_app(settings).test_client()


@pytest.fixture(scope="session")
def dist() -> Path:
    return Path(__file__).parents[3] / "webapp" / "static" / "dist"
