"""Clerks who bring files in, over a database of its own."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text, update
from werkzeug.test import TestResponse

from layers import db
from layers.records.actors import Grant
from layers.records.preferences import REGENCY, set_preference
from layers.settings import Settings
from layers.uploads import turns
from layers.uploads.queries import upload
from layers.uploads.states import WORKING
from layers.uploads.table import Upload
from layers.uploads.work import advance
from tests.databases import beside
from tests.webapp.staff import staff
from webapp import create_app

HERE = "/admin/impor"
HEAD = "id;nama;jenis;bujur;lintang\n"
INSIDE = "1;TPS Pasar;TPS;104,88;-4,83\n2;TPA Utara;TPA;104,90;-4,80\n"
SITES = HEAD + INSIDE + "3;TPS Jauh;TPS;110,5;-7,2\n4;TPS Apa;entah;104,89;-4,81\n"

AREAS = text("""
insert into area (source, source_id, code, name, level, geom)
select 'uji', code, code, name, level, st_multi(st_makeenvelope(104.4, -5.1, 105.1, -4.5, 4326))
from (values ('18.03', 'Kabupaten Lampung Utara', 'kabupaten'), ('18.03.05', 'Abung Timur', 'kecamatan'),
             ('18.03.05.2001', 'Bumi Agung', 'desa')) as given (code, name, level)
""")
Send = Callable[..., int]


@pytest.fixture(scope="session")
def importing_url(database_url: str) -> str:
    """A database of its own, since imports are committed; it knows its regency, a square, and one village in it."""
    url = beside(database_url, "importing")
    engine = db.connect(url)
    with engine.begin() as connection:
        connection.execute(AREAS)
        set_preference(connection, REGENCY, "18.03")
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def app(importing_url: str, data_dir: Path) -> Flask:
    return create_app(Settings(database_url=importing_url, data_dir=data_dir))


@pytest.fixture(scope="session")
def store(importing_url: str) -> Iterator[Engine]:
    engine = db.connect(importing_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def clerk(app: Flask) -> FlaskClient:
    return staff(app, Grant("planner"))


@pytest.fixture
def send(clerk: FlaskClient) -> Send:
    """Send a file as the page's form does, and give the number of its upload."""

    def do(content: bytes | str, name: str, layer: str = "waste") -> int:
        answer = deliver(clerk, content, name, layer)
        assert answer.status_code == 303, answer.text
        return int(answer.headers["Location"].rpartition("/")[2])

    return do


def deliver(client: FlaskClient, content: bytes | str, name: str, layer: str = "waste", **headers: str) -> TestResponse:
    raw = content.encode() if isinstance(content, str) else content
    return client.post(HERE, data={"layer": layer, "file": (io.BytesIO(raw), name)}, headers=headers)


@pytest.fixture
def turn(store: Engine, data_dir: Path) -> Callable[[int], str]:
    """Do the step an upload waits for as the worker's process does, and give its state afterwards."""

    def do(number: int) -> str:
        with store.connect() as connection:
            row = upload(connection, number)
        assert row is not None
        advance(store, data_dir, row)
        with store.connect() as connection:
            return str(upload(connection, number).state)  # type: ignore[union-attr]

    return do


@pytest.fixture
def apart(importing_url: str, store: Engine, data_dir: Path) -> Callable[[], str]:
    """Let the worker take its turn, in a process of its own; what other tests have left waiting is out of its way."""
    with store.begin() as connection:
        connection.execute(update(Upload).where(Upload.state.in_(WORKING)).values(state="refused"))
    return lambda: turns.take_turn(store.begin, lambda _: nullcontext(), importing_url, data_dir)


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of the form of columns as it stands."""
    form = page[page.index('<form method="post"') :]
    filled = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    filled |= dict(re.findall(r'<input id="\w+" name="(\w+)"[^>]* value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        filled[name] = chosen[1] if chosen else ""
    return filled
