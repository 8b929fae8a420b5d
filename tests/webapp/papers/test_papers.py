"""A sheet that was ordered: waited for, handed to whoever ordered it alone, kept for a week."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from layers.records import papers
from layers.records.actors import Actor, Grant
from layers.settings import Settings
from tests.databases import beside
from tests.webapp.staff import engine_of, hire, sit_down, staff
from webapp import create_app

Seat = tuple[FlaskClient, Actor]


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(beside(database_url, "papers"), tmp_path_factory.mktemp("papers")))


@pytest.fixture
def seat(app: Flask) -> Seat:
    with engine_of(app).begin() as connection:
        number = hire(connection, Grant("planner"))
    return sit_down(app, number), Actor(f"account:{number}")


@pytest.fixture
def acting(app: Flask) -> Iterator[Connection]:
    with engine_of(app).begin() as connection:
        connection.execute(text("truncate paper"))
    with engine_of(app).connect() as connection:
        yield connection


def ordered(connection: Connection, actor: Actor) -> int:
    number = papers.order(connection, actor, "Waktu ke puskesmas", "jangkauan-puskesmas", "/perencana?a=1", "<p>isi")
    connection.commit()
    return number


def set_(app: Flask, connection: Connection, pdf: bytes | None) -> Path:
    """Have the next sheet set as the worker does; gives where its file lies."""
    folder: Path = app.config["SETTINGS"].data_dir
    seen: list[str] = []
    papers.settle_next(connection, folder, lambda html: seen.append(html) or pdf)  # type: ignore[func-returns-value]
    connection.commit()
    assert seen == ["<p>isi"]
    assert not papers.any_waiting(connection)
    return papers.path(folder, str(connection.scalar(text("select file from paper order by id desc limit 1"))))


def test_the_page_waits_and_then_hands_the_file_to_its_owner_alone(app: Flask, seat: Seat, acting: Connection) -> None:
    client, actor = seat
    address = f"/cetak/{ordered(acting, actor)}"
    waiting = client.get(address)
    assert waiting.headers["Refresh"] and "sedang dibuat" in waiting.text
    assert client.get(f"{address}.pdf").status_code == 404
    file = set_(app, acting, b"%PDF-isi")
    assert file.stat().st_mode & 0o077 == 0
    ready = client.get(address)
    assert "Refresh" not in ready.headers
    assert "PDF siap" in ready.text and 'href="/perencana?a=1"' in ready.text
    sent = client.get(f"{address}.pdf")
    assert sent.data == b"%PDF-isi"
    assert "jangkauan-puskesmas.pdf" in sent.headers["Content-Disposition"]
    assert "no-store" in sent.headers["Cache-Control"]
    other = staff(app, Grant("planner"), Grant("administrator"))
    assert [other.get(a).status_code for a in (address, f"{address}.pdf")] == [404, 404]
    assert acting.scalar(text("select html from paper")) is None
    assert acting.scalar(text("select count(*) from event where act = 'order_paper'")) == 1


def test_what_cannot_be_set_says_so_and_what_to_do(app: Flask, seat: Seat, acting: Connection) -> None:
    client, actor = seat
    address = f"/cetak/{ordered(acting, actor)}"
    set_(app, acting, None)
    page = client.get(address)
    assert "tidak dapat dibuat" in page.text and "Refresh" not in page.headers
    assert client.get(f"{address}.pdf").status_code == 404


def test_after_a_week_sheet_and_file_are_gone_and_younger_ones_stay(app: Flask, seat: Seat, acting: Connection) -> None:
    _, actor = seat
    ordered(acting, actor)
    old = set_(app, acting, b"%PDF-lama")
    acting.execute(text("update paper set ordered_at = now() - interval '8 days'"))
    ordered(acting, actor)
    young = set_(app, acting, b"%PDF-baru")
    two_hours_ago = time.time() - 7200
    for file in (old, young):
        os.utime(file, (two_hours_ago, two_hours_ago))
    just_written = young.with_name("0.pdf")
    just_written.write_bytes(b"%PDF-")
    assert papers.forget_old(acting) == 1
    assert list(papers.orphans(acting, app.config["SETTINGS"].data_dir)) == [old]
