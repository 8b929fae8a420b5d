"""A regency of one village, where phones measure and people tell."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers import db
from layers.settings import Settings
from webapp import create_app


@pytest.fixture
def app(reporting_url: str, tmp_path: Path) -> Flask:
    return create_app(Settings(database_url=reporting_url, data_dir=tmp_path))


@pytest.fixture
def kept(reporting_url: str) -> Iterator[Engine]:
    """The database behind the pages; what was sent is gone when the test ends."""
    engine = db.connect(reporting_url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into internet_site (source, source_id, kind, operator, geom)"
                " values ('uji', 'm', 'menara', 'Operator A', st_point(104.9, -4.8, 4326))"
            )
        )
    yield engine
    with engine.begin() as connection:
        for table in ("internet_measurement", "internet_site", "visit"):
            connection.execute(text(f"delete from {table}"))
    engine.dispose()


@pytest.fixture
def phone(app: Flask, kept: Engine) -> FlaskClient:
    return app.test_client()
