"""Secret and hidden complaints, and words that nobody has read yet, are in no public answer whatever is asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import asinh, pi, radians, tan
from uuid import uuid4

import mapbox_vector_tile
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, text
from werkzeug.routing import Rule

from layers import db, legend, provenance
from layers.complaints.acts import Receipt, Submission, moderate, submit
from layers.exporting.formats import FORMATS
from layers.records.actors import VISITOR, Actor, Grant
from layers.records.versions import fold
from layers.registry import layers
from layers.settings import Settings
from tests.databases import beside
from tests.webapp.export.test_files import unpacked
from webapp import create_app

AREA = "SRID=4326;MULTIPOLYGON(((104.8 -4.9,105 -4.9,105 -4.7,104.8 -4.7,104.8 -4.9)))"
SHOWN_AT, UNSEEN_AT = (104.9, -4.8), (104.87654, -4.81234)
MARK = "tandapelapor"
VERIFIER = Actor("account:1", (Grant("verifier"),))
ZOOMS = (5, 8, 11, 14, 16)
COMPLAINTS = layers()["complaints"]


@dataclass(frozen=True)
class Planted:
    """A server over a few complaints: some that anyone may see, some that nobody may, all with marked words."""

    client: FlaskClient
    connection: Connection
    shown: list[Receipt]
    unseen: list[Receipt]


def plant(connection: Connection) -> tuple[list[Receipt], list[Receipt]]:
    connection.execute(
        text(
            "insert into area (source, source_id, name, level, code, geom) values ('uji', '1', 'Kotabumi', 'desa',"
            " '18.03.05.2001', :area)"
        ),
        {"area": AREA},
    )

    def report(visibility: str, place: tuple[float, float]) -> Receipt:
        told = {"description": f"{MARK} uraian", "place_note": f"{MARK} patokan", "visibility": visibility}
        return submit(connection, VISITOR, Submission(uuid4(), "jalan_berlubang", *place, **told), datetime.now(UTC))

    shown = [report(visibility, SHOWN_AT) for visibility in ("public", "anonymous", "public")]
    moderate(connection, VERIFIER, shown[0].complaint_id, "approved", seen_version=1, title="Jalan berlubang besar")
    unseen = [report(visibility, UNSEEN_AT) for visibility in ("secret", "secret", "public")]
    moderate(
        connection, VERIFIER, unseen[1].complaint_id, "approved", seen_version=1, title=f"{MARK} judul", story=MARK
    )
    moderate(connection, VERIFIER, unseen[2].complaint_id, "hidden", seen_version=1)
    named = text("update complaint set name = :name where id = any(:ids)")
    connection.execute(named, {"name": f"{MARK} judul", "ids": [one.complaint_id for one in unseen]})
    fold(connection)
    return shown, unseen


@pytest.fixture(scope="module")
def planted(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    url = beside(database_url, "unseen")
    engine = db.connect(url)
    with engine.begin() as connection:
        shown, unseen = plant(connection)
    app = create_app(Settings(database_url=url, data_dir=tmp_path_factory.mktemp("data")))
    with engine.connect() as connection:
        yield Planted(app.test_client(), connection, shown, unseen)
    engine.dispose()


def tile_of(z: int, place: tuple[float, float]) -> tuple[int, int]:
    lon, lat = place
    return int((lon + 180) / 360 * 2**z), int((1 - asinh(tan(radians(lat))) / pi) / 2 * 2**z)


def values_of(rule: Rule, mine: Receipt) -> Iterator[dict[str, object]]:
    """Fill in the arguments of a route so that it asks for an unseen complaint, in every way that it can."""
    number = mine.complaint_id if "int:number" in rule.rule else mine.number  # photos have numbers of their own
    known = {"layer_id": "complaints", "feature_id": mine.complaint_id, "number": number}
    if "z" in rule.arguments:
        for z in ZOOMS:
            yield known | {"z": z, "x": tile_of(z, UNSEEN_AT)[0], "y": tile_of(z, UNSEEN_AT)[1]}
    elif "format_id" in rule.arguments:
        yield from (known | {"format_id": form} for form in FORMATS)
    else:
        yield known


def addresses(planted: Planted) -> Iterator[str]:
    """Every address that can be asked for with GET, about an unseen complaint where it is about one."""
    adapter = planted.client.application.url_map.bind("localhost")
    filled = {"layer_id", "feature_id", "number", "z", "x", "y", "format_id"}
    for rule in planted.client.application.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= filled:
            for mine in planted.unseen:
                for values in values_of(rule, mine):
                    wanted = {name: values[name] for name in rule.arguments}
                    yield adapter.build(rule.endpoint, wanted, method="GET")


def questions(planted: Planted) -> Iterator[str]:
    """Ways to ask for them by what only they have."""
    lon, lat = UNSEEN_AT
    for mine in planted.unseen:
        yield from (f"/layers/complaints?q={words}" for words in (MARK, mine.number))
        yield from (f"/{where}?q={words}" for where in ("search", "api/search") for words in (MARK, mine.number))
        yield f"/ogc/collections/complaints/items?number={mine.number}"
        yield f"/layers/complaints/export.csv?q={mine.number}"
    yield from ("/umpan/wilayah/18.03.05.2001.atom", "/umpan/jenis/jalan_rusak.atom")
    box = f"{lon - 0.001},{lat - 0.001},{lon + 0.001},{lat + 0.001}"
    yield from (f"/layers/complaints?bbox={box}", f"/ogc/collections/complaints/items?bbox={box}")
    yield from (f"/layers/complaints/export.{form}?bbox={box}" for form in FORMATS)


def tells(body: bytes, planted: Planted) -> list[str]:
    """Find what an answer tells of the unseen: their words, their numbers, their place."""
    told = unpacked(body).decode("utf-8", "replace")
    numbers = [one.number for one in planted.unseen]
    return [mark for mark in (MARK, *numbers, "104.8765", "-4.8123") if mark in told]


def test_no_address_tells_of_them(planted: Planted) -> None:
    asked = set(addresses(planted))
    assert {f"/layers/complaints/{planted.unseen[0].complaint_id}", f"/laporan/{planted.unseen[0].number}"} <= asked
    about = re.compile("|".join(one.number for one in planted.unseen))
    found = {}
    for address in sorted(asked):
        answer = planted.client.get(address)
        body = answer.data.replace(address.encode(), b"")  # a page may repeat the address it was asked by
        told = [mark for mark in tells(body, planted) if not (about.fullmatch(mark) and mark in address)]
        if told or (answer.status_code == 500):
            found[address] = (answer.status_code, told)
    assert found == {}


def test_no_question_finds_them(planted: Planted) -> None:
    found = {}
    for address in questions(planted):
        body = planted.client.get(address).data
        words = re.findall(r"[?&](?:q|number|bbox)=([^&]*)", address)
        told = [mark for mark in tells(body, planted) if not any(mark in word for word in words)]
        if told or f'"id":{planted.unseen[0].complaint_id}'.encode() in body:
            found[address] = told
    assert found == {}


@pytest.mark.parametrize("which", [0, 1, 2])
def test_each_is_not_found_by_anybody(planted: Planted, which: int) -> None:
    mine = planted.unseen[which]
    for address in (
        f"/layers/complaints/{mine.complaint_id}",
        f"/map/facts/complaints/{mine.complaint_id}.json",
        f"/ogc/collections/complaints/items/{mine.complaint_id}",
        f"/laporan/{mine.number}",
    ):
        assert planted.client.get(address).status_code == 404, address


def test_a_search_for_their_numbers_is_answered_as_for_one_that_does_not_exist(planted: Planted) -> None:
    numbers = [*(mine.number for mine in planted.unseen), "LP-1999-000001"]
    answers = [planted.client.get(f"/search?q={number}") for number in numbers]
    assert {answer.status_code for answer in answers} == {200}
    pages = {answer.text.replace(number, "NOMOR") for answer, number in zip(answers, numbers, strict=True)}
    assert len(pages) == 1
    page = pages.pop()
    assert "Laporan NOMOR tidak ada, atau tidak untuk umum" in page and 'href="/laporan/kode"' in page
    assert planted.client.get(f"/search?q={planted.shown[0].number}").location == f"/laporan/{planted.shown[0].number}"


@pytest.mark.parametrize("z", ZOOMS)
def test_tiles_hold_the_others_alone(planted: Planted, z: int) -> None:
    shown = set()
    for place in (SHOWN_AT, UNSEEN_AT):
        x, y = tile_of(z, place)
        drawn = mapbox_vector_tile.decode(planted.client.get(f"/tiles/complaints/{z}/{x}/{y}.mvt").data)
        shown |= {one["id"] for one in drawn.get("complaints", {}).get("features", [])}
    assert shown == {one.complaint_id for one in planted.shown}


def test_counts_are_those_of_the_others(planted: Planted) -> None:
    assert legend.counts(planted.connection, COMPLAINTS) == {"jalan_rusak": 3}
    assert [(one.source, one.number) for one in provenance.origins(planted.connection, COMPLAINTS)] == [("warga", 3)]
    cells = text("select z, sum(n) from tile_cell where layer = 'complaints' group by z")
    assert {int(n) for _, n in planted.connection.execute(cells)} == {3}


def test_counts_follow_when_a_complaint_becomes_secret_and_open_again(planted: Planted) -> None:
    changes = text("update complaint set visibility = :v where id = :id")
    pending = text("select sum(n) from layer_change where layer = 'complaints'")
    mine = planted.shown[0].complaint_id
    with planted.connection.begin_nested() as attempt:
        planted.connection.execute(changes, {"v": "secret", "id": mine})
        assert planted.connection.scalar(pending) == -1
        planted.connection.execute(changes, {"v": "public", "id": mine})
        assert planted.connection.scalar(pending) == 0
        attempt.rollback()
