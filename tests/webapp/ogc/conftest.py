"""A server with a few features in every layer, for real clients to read."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Column, Engine, Integer, delete, insert
from werkzeug.serving import make_server

from layers.layer import Layer
from layers.registry import layers
from layers.settings import Settings
from webapp import create_app

WKT = {
    "Point": "POINT({x} {y})",
    "Geometry": "POINT({x} {y})",
    "MultiLineString": "MULTILINESTRING(({x} {y},{x}5 {y}5))",
    "MultiPolygon": "MULTIPOLYGON((({x} {y},{x}5 {y},{x}5 {y}5,{x} {y}5,{x} {y})))",
}
NEEDED = {"number": 1, "integer": 1, "date": date(2026, 1, 1)}
NUMBERS = {layer_id: 230 + 10 * n for n, layer_id in enumerate(layers())}


def row(layer: Layer, n: int) -> dict[str, Any]:
    """Make up a feature: its place on a grid of hundredths of a degree, its day in January, its choices in turn."""
    place = WKT[layer.geometry].format(x=f"{104 + n % 20 / 100:.2f}", y=f"{-4.5 + n // 20 / 100:.2f}")
    made: dict[str, Any] = {
        "source": "uji-ogc",
        "source_id": str(n),
        "name": f"Contoh {n}",
        "geom": f"SRID=4326;{place}",
    }
    columns = layer.table.__table__.c
    for field in layer.fields:
        if field.choices:
            made[field.name] = field.choices[n % len(field.choices)].id
        elif columns[field.name].unique and not columns[field.name].computed:
            made[field.name] = f"U-{n}"
        elif field.kind in NEEDED and not (columns[field.name].nullable or columns[field.name].computed):
            made[field.name] = NEEDED[field.kind]
    made |= {column.name: n for column in columns if column.name not in made and is_asked_for(column)}
    moment = datetime(2026, 1, 1 + n % 31, 12, tzinfo=UTC)
    return made | {layer.datetime_field: moment if layer.datetime_field == "reported_at" else date(2026, 1, 1 + n % 31)}


def is_asked_for(column: Column[Any]) -> bool:
    """Say whether a row needs a number in a column that is no field, such as the id of its road."""
    filled = column.primary_key or column.computed is not None or column.server_default is not None
    return isinstance(column.type, Integer) and not (column.nullable or filled)


@pytest.fixture(scope="module")
def filled(engine: Engine) -> Iterator[None]:
    with engine.begin() as connection:
        for layer in layers().values():
            connection.execute(insert(layer.table), [row(layer, n) for n in range(NUMBERS[layer.id])])
    yield
    with engine.begin() as connection:
        for layer in layers().values():
            connection.execute(delete(layer.table).where(layer.table.source == "uji-ogc"))


@pytest.fixture
def app(settings: Settings, filled: None) -> Flask:
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def server(database_url: str, filled: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server's OGC API."""
    app = create_app(Settings(database_url=database_url, data_dir=tmp_path_factory.mktemp("data")))
    running = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/ogc"
    running.shutdown()
    thread.join()
