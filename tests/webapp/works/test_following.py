"""A work is followed from its page: by an address that says yes itself, until any letter ends it, or by a feed."""

from pathlib import Path

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.settings import Settings
from layers.works.letters import Writer
from tests.layers.complaints.letterbox import SITE, link, sent
from tests.webapp.works.conftest import send

BUDI = {"email": "budi.marka@contoh.test", "consent": "1"}
FROM_ELSEWHERE = {"Origin": "https://surat.contoh.test", "Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def folder(app: Flask) -> Path:
    settings: Settings = app.config["SETTINGS"]
    return settings.data_dir


@pytest.fixture(autouse=True)
def forgotten(rows: Engine) -> None:
    """Nobody has asked for anything before."""
    with rows.begin() as connection:
        for table in ("reader", "identity", "mail_link", "outbox", "visit"):
            connection.execute(text(f"delete from {table}"))


def test_the_way_from_the_page_of_a_work_to_a_letter_and_to_the_end_of_them(
    app: Flask, coordinator: FlaskClient, work: int, rows: Engine, folder: Path
) -> None:
    visitor = app.test_client()
    assert f'action="/pekerjaan/{work}/ikut#ikuti"' in visitor.get(f"/pekerjaan/{work}").text
    asked = visitor.post(f"/pekerjaan/{work}/ikut", data=BUDI)
    assert "Periksa e-mail Anda" in visitor.get(asked.location).text
    with rows.begin() as connection:
        address = f"/kabar/konfirmasi/{link(sent(connection, folder, Writer(SITE, folder))[-1], 'kabar/konfirmasi')}"
    assert "Ikuti pekerjaan ini lewat e-mail?" in visitor.get(address).text
    assert "akan dikabari setiap tahap" in visitor.get(visitor.post(address).location).text
    assert visitor.get(address).status_code == visitor.post(address).status_code == 410
    send(coordinator, work, "tahap", to="planned")
    with rows.begin() as connection:
        letter = sent(connection, folder, Writer(SITE, folder))[-1]
    assert (letter["To"], letter["Subject"]) == (BUDI["email"], f"Pekerjaan P-{work}: direncanakan")
    stop = f"/kabar/berhenti/{link(letter, 'kabar/berhenti')}"
    assert f"surat tentang pekerjaan P-{work}?" in visitor.get(stop).text
    for _ in range(2):
        ended = visitor.post(stop, data={"List-Unsubscribe": "One-Click"}, headers=FROM_ELSEWHERE)
        assert ended.status_code == 200
    with rows.connect() as connection:
        assert connection.scalar(text("select count(*) from work_follower")) == 0
    assert "sudah kami hapus" in visitor.post(stop, data={"all": "1"}).text
    with rows.connect() as connection:
        assert connection.scalar(text("select count(*) from identity")) == 0


def test_what_will_not_do_is_said_and_stays_typed(app: Flask, work: int, rows: Engine) -> None:
    visitor = app.test_client()
    for told, words in (({**BUDI, "email": "budi"}, "Tulis satu alamat"), ({"email": BUDI["email"]}, "Centang")):
        answer = visitor.post(f"/pekerjaan/{work}/ikut", data=told)
        assert answer.status_code == 422
        assert words in answer.text
        assert f'value="{told["email"]}"' in answer.text
    assert visitor.post("/pekerjaan/999999/ikut", data=BUDI).status_code == 404
    with rows.connect() as connection:
        assert connection.scalar(text("select count(*) from outbox")) == 0


def test_a_work_that_is_over_has_nothing_to_follow(app: Flask, coordinator: FlaskClient, work: int) -> None:
    send(coordinator, work, "tahap", to="cancelled", reason="Dana dialihkan")
    visitor = app.test_client()
    assert 'id="ikuti"' not in visitor.get(f"/pekerjaan/{work}").text
    assert visitor.post(f"/pekerjaan/{work}/ikut", data=BUDI).status_code == 422


def test_a_feed_tells_every_act_the_newest_first(app: Flask, coordinator: FlaskClient, work: int) -> None:
    send(coordinator, work, "tahap", to="planned")
    answer = app.test_client().get(f"/umpan/pekerjaan/{work}.atom")
    feed = feedparser.parse(answer.data)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Direncanakan", "Diusulkan"]
    assert len({entry.id for entry in feed.entries}) == 2
    assert feed.entries[0].link.endswith(f"/pekerjaan/{work}")
    again = app.test_client().get(f"/umpan/pekerjaan/{work}.atom", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert app.test_client().get("/umpan/pekerjaan/999999.atom").status_code == 404
