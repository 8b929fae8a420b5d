"""Who reported is in no public answer: marked people are planted, every address is asked, and each byte searched."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection
from werkzeug.routing import Rule

from layers import db
from layers.complaints import photos
from layers.complaints.acts import Receipt, Submission, answer, assign, follow, moderate, move, note, submit
from layers.complaints.tracking import give_code
from layers.exporting.formats import FORMATS
from layers.records import drafts, identities
from layers.records.actors import VISITOR, Actor, Grant
from layers.records.codes import grouped
from layers.records.identities import Contact, plain_phone
from layers.records.photos import develop
from layers.records.versions import fold
from layers.settings import Settings
from tests.databases import beside
from tests.layers.records.pictures import from_a_phone, on_disk
from tests.webapp.complaints.conftest import settle
from tests.webapp.export.test_files import unpacked
from tests.webapp.staff import hire
from tests.webapp.test_unseen_complaints import tile_of
from webapp import create_app, pace
from webapp.security.access import permission

SITI = Contact("Siti Tandawarga", "siti.tandawarga@contoh.test", "0812-7777-1234")
WORDS = "tandatulisan"  # in all that no moderator has let pass
SHOWN_AT, SECRET_AT = (104.9, -4.8), (104.87654, -4.81234)
GAP = re.compile(r"<(?:(?P<kind>\w+)(?:\((?P<choices>[^)]*)\))?:)?(?P<name>\w+)>")
ASKED_ALSO = (
    "/search?q=tanda",
    "/api/search?q=siti",
    "/layers/complaints?q=tandawarga",
    "/layers/complaints?sort=-reported_at&lang=en",
    "/ogc/collections/complaints/items?f=html&limit=100",
    "/open311/v2/requests.json?extensions=true",
    "/open311/v2/requests.xml?extensions=true",
    "/api/nearest?lat=-4.8&lon=104.9",
    "/?lat=-4.81234&lon=104.87654",
)


@dataclass(frozen=True)
class Planted:
    """A server over complaints of every visibility, the marks of their people, and what addresses may name."""

    client: FlaskClient
    marks: list[bytes]
    named: dict[str, list[str]]


def report(connection: Connection, data_dir: Path, visibility: str, place: tuple[float, float]) -> tuple[Receipt, str]:
    """Report as a person who leaves marks everywhere, with a photo that tells where it was taken."""
    told = {
        "description": f"{WORDS} {SITI.phone}",
        "place_note": f"{WORDS} rumah {SITI.name}",
        "visibility": visibility,
    }
    made = submit(connection, VISITOR, Submission(uuid4(), "jalan_berlubang", *place, **told))
    me = Actor(f"reporter:{made.complaint_id}")
    identities.keep(connection, data_dir, me, f"complaint:{made.complaint_id}", SITI, "setuju")
    photos.add_photo(connection, data_dir, me, made.complaint_id, develop(on_disk(from_a_phone("JPEG"))))
    follow(connection, made.complaint_id, "browser:tandapengikut", confirmed=True)
    return made, give_code(connection, data_dir, made.complaint_id)


def handle(connection: Connection, made: Receipt, account: int) -> None:
    """Do what staff do, who write of people among themselves, and let some words and a photo pass."""
    me, staff = (
        Actor(f"reporter:{made.complaint_id}"),
        Actor(f"account:{account}", (Grant("verifier"), Grant("officer"))),
    )
    note(connection, staff, made.complaint_id, f"{WORDS}: menelepon {SITI.name}", seen_version=None)
    move(connection, staff, made.complaint_id, "needs_info", seen_version=None, reason=f"{WORDS}: di mana?")
    move(connection, me, made.complaint_id, "received", seen_version=None, reason=f"{WORDS}: rumah saya")
    answer(connection, staff, made.complaint_id, "Akan ditambal.", seen_version=None)
    assign(connection, staff, made.complaint_id, staff.name, seen_version=None)
    moderate(connection, staff, made.complaint_id, "approved", seen_version=None, title="Lubang", story="Dalam")
    shown = photos.photos(connection, made.complaint_id)[0].id
    photos.moderate_photo(connection, staff, shown, "approved", seen_version=None)


@pytest.fixture(scope="module")
def planted(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    url, data_dir = beside(database_url, "planted"), tmp_path_factory.mktemp("data")
    settle(url)
    engine = db.connect(url)
    with engine.begin() as connection:
        account = hire(connection, Grant("verifier"), Grant("officer"))
        made = [report(connection, data_dir, seen, SHOWN_AT) for seen in ("public", "anonymous", "public")]
        made.append(report(connection, data_dir, "secret", SECRET_AT))
        for one in (made[0], made[1], made[3]):
            handle(connection, one[0], account)
        drafts.begin(connection, data_dir, {"details": WORDS, "name": SITI.name})
        fold(connection)
        pictures = [one.id for receipt, _ in made for one in photos.photos(connection, receipt.complaint_id)]
    engine.dispose()
    codes = [form for _, code in made for form in (code, grouped(code))]
    secret = made[3][0].number
    marks = [
        SITI.name,
        "tandawarga",
        SITI.phone,
        plain_phone(SITI.phone),
        WORDS,
        "tandapengikut",
        "petugas-",
        *codes,
        secret,
    ]
    places = [repr(axis)[:7] for axis in SECRET_AT]
    binary = [struct.pack(order, axis) for order in ("<d", ">d") for axis in SECRET_AT]
    named = {
        "layer_id": ["complaints"],
        "format_id": list(FORMATS),
        "int": [str(number) for number in sorted({receipt.complaint_id for receipt, _ in made} | set(pictures))],
        "text": [*(receipt.number for receipt, _ in made), "18.03.05.2001", "jalan_rusak", "kontak"],
    }
    app = create_app(Settings(database_url=url, data_dir=data_dir))
    yield Planted(app.test_client(), [*(mark.encode() for mark in (*marks, *places)), *binary], named)
    app.extensions["engine"].dispose()


def addresses(planted: Planted) -> Iterator[str]:
    """Every address that answers a visitor, about every complaint in every way that its gaps allow."""
    app = planted.client.application
    for rule in app.url_map.iter_rules():
        stated = permission(app, rule.endpoint)
        if "GET" in (rule.methods or ()) and stated and stated.public:
            yield from filled(rule, planted)


def filled(rule: Rule, planted: Planted) -> Iterator[str]:
    gaps = list(GAP.finditer(rule.rule))
    tiled = {"z", "x", "y"} <= {gap["name"] for gap in gaps}
    grids = (
        [{}]
        if not tiled
        else [
            {"z": str(z), "x": str(tile_of(z, place)[0]), "y": str(tile_of(z, place)[1])}
            for z in (8, 11, 14)
            for place in (SHOWN_AT, SECRET_AT)
        ]
    )
    for grid in grids:
        choices = [[grid[gap["name"]]] if gap["name"] in grid else wanted(gap, planted) for gap in gaps]
        for chosen in product(*choices):
            left = iter(chosen)
            yield GAP.sub(lambda _: quote(next(left)), rule.rule)  # noqa: B023 used up before the next turn


def wanted(gap: re.Match[str], planted: Planted) -> list[str]:
    """What an address may name in a gap, also in one that no test has seen before."""
    if gap["choices"]:
        return gap["choices"].split(",")
    kind = "int" if gap["kind"] == "int" or gap["name"] == "feature_id" else "text"
    return planted.named.get(gap["name"], planted.named[kind])


def test_no_public_answer_tells_of_a_person(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "PACES", {})
    asked, answered, found = sorted({*addresses(planted), *ASKED_ALSO}), set(), {}
    for address in asked:
        response = planted.client.get(address)
        body = b"".join((response.data, unpacked(response.data), str(response.headers).encode()))
        said = body.replace(address.encode(), b"").replace(
            quote(address).encode(), b""
        )  # a page may repeat its address
        own = [mark for mark in planted.marks if mark.decode("latin-1") in address]
        told = [mark for mark in planted.marks if mark in said and mark not in own]
        if told or response.status_code == 500:
            found[address] = (response.status_code, told)
        if response.status_code == 200:
            answered.add(address)
    assert found == {}
    for kind in (
        *(f"/layers/complaints/export.{form}" for form in FORMATS),
        "/umpan/laporan.atom",
        "/laporan/foto/1.jpg",
    ):
        assert kind in answered, f"{kind} answered nothing, so that nothing was searched"
    assert len(answered) > 100


def test_the_search_would_find_what_leaks(planted: Planted) -> None:
    """A marked word that a moderator lets pass by mistake shows at once, in files of every kind too."""
    app = planted.client.application
    leak = Actor("account:9", (Grant("verifier"),))
    with app.extensions["engine"].begin() as connection:
        moderate(connection, leak, 1, "approved", seen_version=None, title=SITI.name, story="Dalam")
    for form in FORMATS:
        body = planted.client.get(f"/layers/complaints/export.{form}").data
        assert SITI.name.encode() in body + unpacked(body), form
