"""Offices, areas and a client that the tests of the API share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.offices.acts import assign_default_services
from layers.settings import Settings
from webapp import create_app

SOURCE = "uji-api"


@pytest.fixture(scope="module")
def planted(engine: Engine) -> Iterator[None]:
    """Committed rows, since the application brings its own connections; taken away after the module."""
    with engine.begin() as connection:
        connection.execute(
            text("""insert into office (source, source_id, name, kind, phone, wheelchair, opening_hours, geom)
                    select :source, i::text, 'Puskesmas Abung ' || i, (array['puskesmas', 'sd'])[1 + i % 2],
                           '0724-100' || i, (array['yes', 'no', null])[1 + i % 3],
                           (array['24/7', 'tidak tentu', 'Mo-Fr 07:30-16:00'])[1 + i % 3],
                           st_point(104.8 + i * 0.01, -4.8, 4326) from generate_series(0, 59) i"""),
            {"source": SOURCE},
        )
        connection.execute(
            text("""insert into area (source, source_id, code, level, name, geom)
                    values (:source, '1', '99.01.01', 'kecamatan', 'Abung Timur',
                            st_multi(st_makeenvelope(104.8, -4.9, 104.9, -4.8, 4326)))"""),
            {"source": SOURCE},
        )
        assign_default_services(connection)
    yield
    with engine.begin() as connection:
        for table in ("office", "area"):
            connection.execute(text(f"delete from {table} where source = :source"), {"source": SOURCE})


@pytest.fixture(scope="module")
def app(database_url: str, planted: None, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("data")
    return create_app(Settings(database_url=database_url, data_dir=folder))


@pytest.fixture
def api(app: Flask) -> FlaskClient:
    return app.test_client()
