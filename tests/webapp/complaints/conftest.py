"""A regency of one village in a database of its own, and somebody who reports in it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers import db
from layers.settings import Settings
from webapp import create_app

INSIDE, OUTSIDE = {"lat": "-4.8", "lon": "104.9"}, {"lat": "-6.2", "lon": "106.8"}
BOX = "SRID=4326;MULTIPOLYGON(((104.8 -4.9,105 -4.9,105 -4.7,104.8 -4.7,104.8 -4.9)))"
AREAS = [
    ("Lampung Utara", "kabupaten", "18.03", None),
    ("Kotabumi", "kecamatan", "18.03.05", "18.03"),
    ("Rejosari", "desa", "18.03.05.2001", "18.03.05"),
]
ANSWERS: dict[str, dict[str, str]] = {
    "tempat": INSIDE,
    "patokan": {"landmark": "depan masjid Al-Hidayah"},
    "jenis": {"kind": "jalan_berlubang"},
    "rincian": {"details": "Lubang lebar di tikungan, motor sering jatuh."},
    "siapa": {"visibility": "public"},
    "kontak": {},
}
Write = Callable[..., None]
Send = Callable[..., tuple[str, str]]


def settle(url: str) -> None:
    """Put a regency with one kecamatan and one desa on the map of a database."""
    engine = db.connect(url)
    with engine.begin() as connection:
        connection.execute(text("insert into preference values ('regency', '18.03')"))
        for name, level, code, parent in AREAS:
            row = {"name": name, "level": level, "code": code, "parent": parent, "box": BOX}
            connection.execute(text(AREA), row)
    engine.dispose()


AREA = """
insert into area (source, source_id, name, level, code, parent_code, geom)
values ('uji', :code, :name, :level, :code, :parent, st_geomfromewkt(:box))
"""


@pytest.fixture
def app(reporting_url: str, tmp_path: Path) -> Flask:
    return create_app(Settings(database_url=reporting_url, data_dir=tmp_path))


@pytest.fixture
def rows(reporting_url: str) -> Iterator[Engine]:
    """The database behind the pages; what was reported is gone when the test ends."""
    engine = db.connect(reporting_url)
    yield engine
    with engine.begin() as connection:
        for table in ("complaint", "draft", "identity", "visit", "reader", "mail_link", "outbox"):
            connection.execute(text(f"delete from {table}"))
    engine.dispose()


@pytest.fixture
def reporter(app: Flask, rows: Engine) -> FlaskClient:
    """A browser that has pressed "Mulai melapor"."""
    client = app.test_client()
    assert client.post("/lapor").location == "/lapor/tempat"
    return client


@pytest.fixture
def write(reporter: FlaskClient) -> Write:
    """Answer every question, each as usual but for what is different, up to one."""

    def do(until: str = "", **different: dict[str, str]) -> None:
        for step, usual in ANSWERS.items():
            if step == until:
                return
            reporter.post(f"/lapor/{step}", data={**usual, **different.get(step, {}), "go": "1"})

    return do


@pytest.fixture
def send(reporter: FlaskClient, write: Write) -> Send:
    """Write a report and send it; gives its number and its code."""

    def do(**different: dict[str, str]) -> tuple[str, str]:
        write(**different)
        assert reporter.post("/lapor/kirim").location == "/lapor/terima"
        page = reporter.get("/lapor/terima").text
        return shown("LP-[0-9]{4}-[0-9]{6}", page), shown("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)

    return do


def shown(pattern: str, page: str) -> str:
    """What a page shows; fails where it does not."""
    found = re.search(pattern, page)
    assert found, pattern
    return found[0]
