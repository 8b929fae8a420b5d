"""An agency that keeps its works in a database of its own."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from layers import db
from layers.records.actors import Grant
from layers.settings import Settings
from tests.webapp.staff import staff
from webapp import create_app

PUPR = Grant("coordinator", "pupr")


@pytest.fixture(scope="module")
def rows(staffed_url: str) -> Iterator[Engine]:
    engine = db.connect(staffed_url)
    yield engine
    with engine.begin() as connection:
        connection.execute(text("delete from work"))
        connection.execute(text("delete from road where source = 'uji-pekerjaan'"))
    engine.dispose()


@pytest.fixture(scope="module")
def app(staffed_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(staffed_url, tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def coordinator(app: Flask) -> FlaskClient:
    return staff(app, PUPR)


@pytest.fixture(scope="module")
def road(rows: Engine) -> int:
    made = text(
        "insert into road (source, source_id, name, status, surface, geom) values ('uji-pekerjaan', '1', 'Ruas Uji',"
        " 'kabupaten', 'aspal', st_geomfromtext('MULTILINESTRING((104.9 0, 104.91 0))', 4326)) returning id"
    )
    with rows.begin() as connection:
        return int(connection.execute(made).scalar_one())


@pytest.fixture
def work(coordinator: FlaskClient, road: int) -> int:
    """The number of a work that was registered by its form."""
    page = coordinator.get("/pekerjaan/baru?q=ruas+uji").text
    assert f'name="road" value="{road}"' in page
    form = {"client_id": re.search(r'name="client_id" value="([^"]+)"', page)[1], "road": str(road)}  # type: ignore[index]
    form |= {"name": "Rehabilitasi Ruas Uji", "kind": "rehabilitasi_jalan", "agency": "pupr", "to_m": "500"}
    answer = coordinator.post("/pekerjaan/baru", data=form)
    assert answer.status_code == 303, answer.text
    return int(answer.headers["Location"].split("/")[2])


def send(client: FlaskClient, work: int, act: str, **form: object) -> TestResponse:
    """Fill in one of the forms of the page as it stands now, and send it."""
    page = client.get(f"/pekerjaan/{work}/kelola").text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    return client.post(f"/pekerjaan/{work}/kelola/{act}", data={"version": version[1], **form})
