"""An application over the sample data, a program that holds a key, and a server for real clients."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from threading import Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, create_engine, text
from werkzeug.serving import make_server

from layers.records import api_keys
from layers.records.actors import SYSTEM

KOTABUMI = {"lat": "-4.83", "long": "104.89"}
Sent = dict[str, str]


@pytest.fixture(scope="module")
def sample(sample_url: str) -> Iterator[Engine]:
    engine = create_engine(sample_url)
    yield engine
    with engine.begin() as connection:
        connection.execute(text("delete from complaint where channel = 'open311'"))
        connection.execute(text("delete from api_key"))
    engine.dispose()


@pytest.fixture(scope="module")
def key(sample: Engine) -> str:
    """The key of a program that may send 1,000 reports a day."""
    with sample.begin() as connection:
        return api_keys.issue(connection, SYSTEM, "Aplikasi Warga", 1_000)


@pytest.fixture
def sent(client: FlaskClient, key: str) -> Any:
    """Send a report that is right but for what a test changes, and give the answer."""

    def send(form: str = "json", media: Sequence[bytes] = (), **changes: str) -> Any:
        usual = {"api_key": key, "service_code": "jalan_berlubang", "description": "Lubang sedalam lutut", **KOTABUMI}
        told = {name.replace("__", "[") + "]" if "__" in name else name: value for name, value in changes.items()}
        files = {"media": [(BytesIO(photo), f"{number}.jpg") for number, photo in enumerate(media)]} if media else {}
        written = {name: value for name, value in (usual | told).items() if value}
        return client.post(f"/open311/v2/requests.{form}", data=written | files)

    return send


@pytest.fixture(scope="module")
def server(client: FlaskClient) -> Iterator[str]:
    running = make_server("127.0.0.1", 0, client.application, threaded=True)
    thread = Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/open311/v2"
    running.shutdown()
    thread.join()


def row(connection: Connection, number: str) -> Any:
    return connection.execute(text("select * from complaint where number = :n"), {"n": number}).one()
