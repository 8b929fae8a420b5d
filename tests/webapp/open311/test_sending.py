"""A program that holds a key sends reports, which pass the same guards as every other."""

import re
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.complaints.acts import moderate, moderate_photo
from layers.complaints.files import history
from layers.complaints.photos import photos
from layers.records import api_keys
from layers.records.actors import SYSTEM, Actor, Grant
from tests.layers.records.pictures import MARK, from_a_phone
from tests.webapp.open311.conftest import KOTABUMI, row

BASE = "/open311/v2"


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_report_is_kept_and_can_be_read_at_once_but_not_its_words(sent: Any, client: FlaskClient, form: str) -> None:
    answer = sent(form)
    assert answer.status_code == 200
    number = (
        answer.json[0]["service_request_id"] if form == "json" else answer.text.split("service_request_id>")[1][:-2]
    )
    found = client.get(f"{BASE}/requests/{number}.json").json[0]
    assert (found["service_code"], found["status"]) == ("jalan_berlubang", "open")
    assert found["description"] is None, "nobody has looked at it yet"
    assert found["expected_datetime"]


def test_what_is_told_is_kept_and_the_contact_only_sealed(sent: Any, sample: Engine) -> None:
    marked = {
        "email": "siti.tertanda@example.id",
        "phone": "0812-9988-7766",
        "first_name": "Siti",
        "last_name": "Tertanda",
    }
    told = {"attribute__patokan": "depan masjid", "attribute__terlihat": "anonymous"}
    number = sent(**marked, **told).json[0]["service_request_id"]
    with sample.connect() as connection:
        kept = row(connection, number)
        assert (kept.place_note, kept.visibility, kept.channel) == ("depan masjid", "anonymous", "open311")
        everything = connection.scalars(
            text("select row_to_json(e)::text from event e union all select row_to_json(c)::text from complaint c")
        )
        said = "\n".join(everything)
        assert (
            connection.scalar(text("select count(*) from identity where subject = :s"), {"s": f"complaint:{kept.id}"})
            == 1
        )
    assert not [word for word in ("tertanda", "99887766", "9988-7766") if word in said.casefold()]


@pytest.mark.parametrize("visibility", ["public", "secret"])
def test_the_answer_holds_the_code_that_opens_the_report_to_whoever_reported(
    sent: Any, client: FlaskClient, visibility: str
) -> None:
    told = sent(attribute__terlihat=visibility).json[0]
    (code,) = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", told["service_notice"])
    reporter = client.application.test_client()
    assert reporter.post("/laporan/kode", data={"code": code}).location == "/laporan/saya"
    own = reporter.get("/laporan/saya").text
    assert told["service_request_id"] in own and "Lubang sedalam lutut" in own
    assert code not in client.get(f"{BASE}/requests/{told['service_request_id']}.json").text


def test_photos_that_come_along_wait_for_a_moderator_and_are_then_all_named(
    sent: Any, client: FlaskClient, sample: Engine
) -> None:
    number = sent(media=[from_a_phone("JPEG"), from_a_phone("PNG")]).json[0]["service_request_id"]
    address = f"{BASE}/requests/{number}.{{}}?extensions=true"

    def named() -> tuple[str | None, list[str]]:
        found = client.get(address.format("json")).json[0]
        return found["media_url"], found["extended_attributes"]["media_urls"]

    assert named() == (None, [])
    with sample.begin() as connection:
        kept = photos(connection, row(connection, number).id)
        assert [(one.purpose, one.moderation, one.by) for one in kept] == [
            ("report", "pending", f"reporter:{row(connection, number).id}")
        ] * 2
        moderator = Actor("account:1", (Grant("verifier"),))
        for one in kept:
            moderate_photo(connection, moderator, one.id, "approved", seen_version=None)
    first, every = named()
    assert every == [f"http://localhost/laporan/foto/{one.id}.jpg" for one in kept] and first == every[0]
    shown = client.get(first.removeprefix("http://localhost")).data
    assert shown.startswith(b"\xff\xd8") and MARK not in shown, "made anew, without what the file told besides"
    root = fromstring(client.get(address.format("xml")).data)
    assert [one.text for one in root.findall("request/extended_attributes/media_urls/media_url")] == every


@pytest.mark.parametrize(
    ("media", "words"), [([b"<svg/>"], "no JPEG"), ([from_a_phone("JPEG")] * 11, "10 photos"), ([b""], "empty")]
)
def test_a_report_whose_photos_will_not_do_is_refused_with_them(
    sent: Any, sample: Engine, media: list[bytes], words: str
) -> None:
    count = text("select (select count(*) from complaint), (select count(*) from complaint_photo)")
    with sample.connect() as connection:
        before = connection.execute(count).one()
    answer = sent(media=media)
    assert (answer.status_code, answer.json[0]["code"]) == (400, 400) and words in answer.json[0]["description"]
    assert sent(media=[from_a_phone("JPEG")], api_key="salah").status_code == 403
    with sample.connect() as connection:
        assert connection.execute(count).one() == before


def test_an_answer_may_be_written_as_a_list_but_is_one(sent: Any, client: FlaskClient, sample: Engine) -> None:
    usual = {"attribute[patokan][]": ["depan masjid"], "attribute[terlihat][]": "anonymous"}
    number = sent(**usual).json[0]["service_request_id"]
    with sample.connect() as connection:
        kept = row(connection, number)
    assert (kept.place_note, kept.visibility) == ("depan masjid", "anonymous")
    refused = sent(**{"attribute[terlihat][]": ["anonymous", "public"]})
    assert refused.status_code == 400 and "one value" in refused.json[0]["description"]


def test_no_letter_that_a_moderator_lets_pass_breaks_the_xml(sent: Any, client: FlaskClient, sample: Engine) -> None:
    number = sent().json[0]["service_request_id"]
    with sample.begin() as connection:
        mine, moderator = row(connection, number).id, Actor("account:1", (Grant("verifier"),))
        moderate(
            connection, moderator, mine, "approved", seen_version=None, title="Lubang", story="Da\ufffelam\uffff\x0b"
        )
    found = fromstring(client.get(f"{BASE}/requests/{number}.xml").data)
    assert found.findtext("request/description") == "Dalam"


def test_the_code_of_a_village_is_a_place_too(sent: Any, sample: Engine) -> None:
    with sample.connect() as connection:
        code = connection.scalar(text("select code from area where level = 'desa' order by code limit 1"))
    number = sent(lat="", long="", address_id=code).json[0]["service_request_id"]
    with sample.connect() as connection:
        kept = row(connection, number)
    assert (kept.village_code, kept.precision, kept.asset_id) == (code, "village", None)


def test_the_name_of_a_place_will_do(sent: Any) -> None:
    assert sent(lat="", long="", address_string="Bukit Kemuning").status_code == 200


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"api_key": ""}, 403),
        ({"api_key": "salah"}, 403),
        ({"service_code": ""}, 400),
        ({"service_code": "tak_ada"}, 400),
        ({"lat": "", "long": ""}, 400),
        ({"lat": "utara"}, 400),
        ({"lat": "-91"}, 400),
        ({"lat": "nan"}, 400),
        ({"lat": "-6.2", "long": "106.8"}, 400),
        ({"lat": "", "long": "", "address_id": "99.99"}, 400),
        ({"lat": "", "long": "", "address_string": "zzzzqqqq"}, 400),
        ({"description": "x" * 4_001}, 400),
        ({"attribute__terlihat": "secret?"}, 400),
        ({"attribute__waktu": "kemarin"}, 400),
        ({"attribute__waktu": "2999-01-01T00:00:00Z"}, 400),
        ({"email": "siti di desa"}, 400),
        ({"email": f"{'s' * 200}@desa.id"}, 400),
        ({"phone": "telepon saja"}, 400),
        ({"first_name": "S" * 150, "last_name": "T" * 150}, 400),
    ],
)
def test_what_is_wrong_is_refused_in_words_and_nothing_is_kept(
    sent: Any, sample: Engine, changes: dict[str, str], status: int
) -> None:
    with sample.connect() as connection:
        before = connection.scalar(text("select count(*) from complaint"))
    answer = sent(**changes)
    assert answer.status_code == status
    assert answer.json[0]["code"] == status
    assert len(answer.json[0]["description"]) > 10
    with sample.connect() as connection:
        assert connection.scalar(text("select count(*) from complaint")) == before


def test_a_quota_ends_and_says_when_to_come_back(client: FlaskClient, sample: Engine) -> None:
    with sample.begin() as connection:
        key = api_keys.issue(connection, SYSTEM, "Hemat", 2)
    told = {"api_key": key, "service_code": "jalan_berlubang", **KOTABUMI}
    answers = [client.post(f"{BASE}/requests.json", data=told | more) for more in ({}, {"service_code": "salah"}, {})]
    assert [answer.status_code for answer in answers] == [200, 400, 429], "what is refused counts too"
    assert int(answers[2].headers["Retry-After"]) > 0


def test_a_revoked_key_opens_nothing(client: FlaskClient, sample: Engine) -> None:
    with sample.begin() as connection:
        key = api_keys.issue(connection, SYSTEM, "Dicabut", 10)
        assert api_keys.revoke(connection, SYSTEM, "Dicabut")
        assert not api_keys.revoke(connection, SYSTEM, "Dicabut")
    told = {"api_key": key, "service_code": "jalan_berlubang", **KOTABUMI}
    assert client.post(f"{BASE}/requests.json", data=told).status_code == 403


def test_a_key_is_kept_as_a_hash_alone(sample: Engine, key: str) -> None:
    with sample.connect() as connection:
        kept = connection.scalars(text("select row_to_json(k)::text from api_key k")).all()
    assert kept
    assert not [one for one in kept if key in one]


def test_markup_in_a_report_is_only_text(sent: Any, client: FlaskClient) -> None:
    number = sent(description="<script>alert(1)</script>", attribute__patokan="<b>x</b>").json[0]["service_request_id"]
    assert "<script>alert" not in client.get(f"{BASE}/requests/{number}.xml").text


def test_a_category_alone_will_do_and_is_one_of_the_services(sent: Any, client: FlaskClient) -> None:
    number = sent(service_code="jalan_rusak").json[0]["service_request_id"]
    code = client.get(f"{BASE}/requests/{number}.json").json[0]["service_code"]
    assert code in {one["service_code"] for one in client.get(f"{BASE}/services.json").json}
    assert client.get(f"{BASE}/services/{code}.json").json["service_code"] == code


TOLD = {"update_id": "PLN-7", "updated_datetime": "2026-11-20T08:00:00+07:00", "status": "closed"}


@pytest.mark.parametrize("form", ["json", "xml"])
def test_an_update_of_another_program_is_for_staff_alone_and_moves_nothing(
    sent: Any, client: FlaskClient, key: str, sample: Engine, form: str
) -> None:
    number = sent().json[0]["service_request_id"]
    told = {**TOLD, "api_key": key, "service_request_id": number, "description": "Tiang tertanda diganti"}
    answer = client.post(f"{BASE}/servicerequestupdates.{form}", data=told)
    assert answer.status_code == 200 and "PLN-7" in answer.text
    repeated = client.post(f"{BASE}/servicerequestupdates.json", data=told)
    assert repeated.status_code == 400 and "update_id" in repeated.json[0]["description"]
    with sample.connect() as connection:
        assert row(connection, number).state == "received"
        said = [entry.words.get("note") for entry in history(connection, number) if entry.act == "update"]
    assert said == ["Tiang tertanda diganti"]
    for address in (f"{BASE}/servicerequestupdates.json?service_request_id={number}", f"/laporan/{number}"):
        assert "tertanda" not in client.get(address).text


def test_an_update_without_a_key_a_field_or_a_request_is_refused(sent: Any, client: FlaskClient, key: str) -> None:
    number, secret = (sent(**more).json[0]["service_request_id"] for more in ({}, {"attribute__terlihat": "secret"}))
    whole = {**TOLD, "api_key": key, "service_request_id": number, "description": "Selesai"}
    for name, value, status in [
        *((name, "", 400) for name in ("update_id", "updated_datetime", "status", "description")),
        ("status", "done", 400),
        ("updated_datetime", "kemarin", 400),
        ("update_id", "x" * 101, 400),
        ("service_request_id", "LP-0000-1", 404),
        ("service_request_id", secret, 404),
        ("api_key", "salah", 403),
    ]:
        answer = client.post(f"{BASE}/servicerequestupdates.json", data={**whole, name: value})
        assert answer.status_code == status, (name, value)
        assert len(answer.json[0]["description"]) > 10
