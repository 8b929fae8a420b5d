"""Feeds hold what anyone may see, as somebody else's reader understands it; nothing secret, no word nobody has read."""

import time
from collections.abc import Iterator
from uuid import uuid4

import feedparser
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from layers import db
from layers.complaints.acts import Receipt, Submission, moderate, submit
from layers.db import sql
from layers.records.actors import VISITOR, Actor, Grant
from layers.settings import Settings
from tests.databases import beside
from webapp import create_app

VERIFIER = Actor("account:1", (Grant("verifier"),))
HERE = (104.9, -4.8)
SQUARE = "SRID=4326;MULTIPOLYGON(((104.8 -4.9,105 -4.9,105 -4.7,104.8 -4.7,104.8 -4.9)))"
AREAS = (("desa", "18.03.05.2001", "18.03.05", "Kotabumi"), ("kecamatan", "18.03.05", "18.03", "Kotabumi Kota"))


@pytest.fixture(scope="module")
def reader(
    database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[FlaskClient, dict[str, Receipt]]]:
    """A server over three complaints: one that a moderator has read, one that nobody has, and a secret one."""
    url = beside(database_url, "feeds")
    engine = db.connect(url)
    with engine.begin() as connection:
        told = plant(connection)
    yield create_app(Settings(database_url=url, data_dir=tmp_path_factory.mktemp("data"))).test_client(), told
    engine.dispose()


def plant(connection: Connection) -> dict[str, Receipt]:
    columns = "source, source_id, level, code, parent_code, name, geom"
    area = f"insert into area ({columns}) values ('uji', :c, :l, :c, :p, :n, :g)"
    for level, code, parent, name in AREAS:
        connection.execute(text(area), {"l": level, "c": code, "p": parent, "n": name, "g": SQUARE})
    kinds = {"read": "jalan_berlubang", "unread": "pohon", "secret": "jalan_berlubang"}
    told = {
        name: submit(
            connection,
            VISITOR,
            Submission(uuid4(), kind, *HERE, f"tanda {name}", visibility="secret" if name == "secret" else "public"),
        )
        for name, kind in kinds.items()
    }
    shown = {"title": "Lubang <besar> & dalam\x0b", "story": "Di depan pasar"}
    moderate(connection, VERIFIER, told["read"].complaint_id, "approved", seen_version=1, **shown)
    return told


def numbers(client: FlaskClient, address: str) -> set[str]:
    """Read a feed with an independent parser, and give the numbers of its cases."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    feed = feedparser.parse(answer.data)
    assert not feed.bozo
    assert feed.version == "atom10"
    return {entry.link.rpartition("/")[2] for entry in feed.entries}


def test_each_feed_holds_its_public_cases(reader: tuple[FlaskClient, dict[str, Receipt]]) -> None:
    client, told = reader
    read, unread = told["read"].number, told["unread"].number
    assert numbers(client, "/umpan/laporan.atom") == {read, unread}
    assert numbers(client, "/umpan/wilayah/18.03.05.2001.atom") == {read, unread}
    assert numbers(client, "/umpan/wilayah/18.03.05.atom") == {read, unread}
    assert numbers(client, f"/umpan/laporan/{read}.atom") == {read}
    with reader_connection(client) as connection:
        kind = connection.scalar(text("select category from complaint where number = :n"), {"n": unread})
    assert numbers(client, f"/umpan/jenis/{kind}.atom") == {unread}


def reader_connection(client: FlaskClient) -> Connection:
    return client.application.extensions["engine"].connect()  # type: ignore[no-any-return]


def test_an_entry_tells_moderated_words_state_and_place(reader: tuple[FlaskClient, dict[str, Receipt]]) -> None:
    client, told = reader
    entries = {
        entry.link.rpartition("/")[2]: entry
        for entry in feedparser.parse(client.get("/umpan/laporan.atom").data).entries
    }
    read = entries[told["read"].number]
    assert read.title == "Lubang <besar> & dalam (Menunggu verifikasi)"
    assert "Di depan pasar" in read.content[0].value
    assert read.where["coordinates"] == HERE
    assert entries[told["unread"].number].title.startswith("Pohon")


def test_nothing_secret_and_no_word_that_nobody_has_read(reader: tuple[FlaskClient, dict[str, Receipt]]) -> None:
    client, told = reader
    for address in (
        "/umpan/laporan.atom",
        "/umpan/wilayah/18.03.05.atom",
        f"/umpan/laporan/{told['unread'].number}.atom",
    ):
        body = client.get(address).get_data(as_text=True)
        assert "tanda" not in body
        assert told["secret"].number not in body
    assert client.get(f"/umpan/laporan/{told['secret'].number}.atom").status_code == 404


def test_who_has_the_newest_gets_no_body(reader: tuple[FlaskClient, dict[str, Receipt]]) -> None:
    client, _ = reader
    first = client.get("/umpan/laporan.atom")
    again = client.get("/umpan/laporan.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_reader_that_tells_only_the_time_gets_words_that_a_moderator_lets_pass_later(
    reader: tuple[FlaskClient, dict[str, Receipt]],
) -> None:
    client, told = reader
    feeds = ["/umpan/laporan.atom", "/umpan/wilayah/18.03.05.atom", f"/umpan/laporan/{told['unread'].number}.atom"]
    with client.application.extensions["engine"].begin() as connection:
        connection.execute(text("update complaint set updated_at = updated_at - interval '1 minute'"))
    seen = {address: client.get(address).headers["Last-Modified"] for address in feeds}

    def asked(address: str) -> int:
        return client.get(address, headers={"If-Modified-Since": seen[address]}).status_code

    assert [asked(address) for address in feeds] == [304] * 3
    time.sleep(1)  # the times of HTTP are whole seconds
    with client.application.extensions["engine"].begin() as connection:
        mine = told["unread"].complaint_id
        moderate(connection, VERIFIER, mine, "approved", seen_version=None, title="Pohon tumbang", story="Di jalan")
    assert [asked(address) for address in feeds] == [200] * 3
    assert all("Pohon tumbang" in client.get(address).text for address in feeds)
    with client.application.extensions["engine"].begin() as connection:
        connection.execute(text("update complaint set name = null, story = null where id = :id"), {"id": mine})


@pytest.mark.parametrize(
    "address", ["/umpan/wilayah/99.99.atom", "/umpan/jenis/tidak-ada.atom", "/umpan/laporan/LP-1.atom"]
)
def test_what_is_not_there_has_no_feed(address: str, reader: tuple[FlaskClient, dict[str, Receipt]]) -> None:
    assert reader[0].get(address).status_code == 404


def test_a_case_names_its_feeds(reader: tuple[FlaskClient, dict[str, Receipt]]) -> None:
    client, told = reader
    page = client.get(f"/laporan/{told['read'].number}").get_data(as_text=True)
    linked = [part.split('"')[0] for part in page.split('type="application/atom+xml" href="')[1:]]
    assert f"/umpan/laporan/{told['read'].number}.atom" in linked
    assert all(client.get(address).status_code == 200 for address in linked)
    assert len(linked) == 4


def test_the_latest_are_found_by_the_index_on_changes(connection: Connection) -> None:
    connection.execute(
        text(
            "insert into complaint (source, source_id, number, category, state, updated_at, reported_at, geom)"
            " select 'uji', n, n, 'lampu_jalan', 'received', now() - n * interval '1 minute',"
            " now() - interval '9 days', st_point(104.9, -4.8, 4326)"
            " from generate_series(1, 5000) as n"
        )
    )
    connection.execute(text("analyze complaint"))
    asked = {"area": None, "category": None, "most": 50}
    plan = connection.scalars(text(f"explain {sql('complaints/latest.sql').text}"), asked).all()
    assert any("ix_complaint_changed" in line for line in plan)
