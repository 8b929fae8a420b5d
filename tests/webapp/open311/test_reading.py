"""GeoReport v2 as the specification words it, and as a client that people use reads it."""

import re
from datetime import datetime, timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from flask.testing import FlaskClient
from georeport import GeoReport
from jsonschema import Draft202012Validator, FormatChecker
from sqlalchemy import Connection, Engine, event, text

from layers.complaints.categories import CATEGORIES, KINDS

BASE = "/open311/v2"
TEXT, MAYBE = {"type": "string"}, {"type": ["string", "null"]}
MOMENT = {"type": "string", "format": "date-time"}
SERVICE = {
    "service_code": {"type": "string", "pattern": "^[^.]+$"},
    "service_name": TEXT,
    "description": TEXT,
    "metadata": {"type": "boolean"},
    "type": {"enum": ["realtime", "batch", "blackbox"]},
    "keywords": TEXT,
    "group": TEXT,
}
REQUEST = {
    "service_request_id": TEXT,
    "status": {"enum": ["open", "closed"]},
    "status_notes": TEXT,
    "service_name": TEXT,
    "service_code": {"type": "string", "pattern": "^[^.]+$"},
    "description": MAYBE,
    "agency_responsible": MAYBE,
    "service_notice": MAYBE,
    "requested_datetime": MOMENT,
    "updated_datetime": MOMENT,
    "expected_datetime": {"anyOf": [MOMENT, {"type": "null"}]},
    "address": MAYBE,
    "address_id": MAYBE,
    "zipcode": MAYBE,
    "lat": {"type": "number", "minimum": -90, "maximum": 90},
    "long": {"type": "number", "minimum": -180, "maximum": 180},
    "media_url": MAYBE,
}


def check(found: Any, properties: dict[str, Any]) -> None:
    """Hold a bare array of records against a schema in which every field is there and no other."""
    record = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    validator = Draft202012Validator({"type": "array", "minItems": 1, "items": record}, format_checker=FormatChecker())
    assert [error.message for error in validator.iter_errors(found)] == []


def test_services_are_a_bare_array_of_every_category_and_kind(client: FlaskClient) -> None:
    found = client.get(f"{BASE}/services.json")
    assert found.headers["Content-Type"] == "application/json; charset=utf-8"
    check(found.json, SERVICE)
    assert {service["service_code"] for service in found.json} == {one.id for one in (*CATEGORIES, *KINDS)}


def test_requests_have_every_field_of_the_specification(client: FlaskClient) -> None:
    check(client.get(f"{BASE}/requests.json?page_size=50").json, REQUEST)


def test_xml_tells_the_same_as_json(client: FlaskClient) -> None:
    address = f"{BASE}/requests.{{}}?page_size=20&extensions=true"
    answer = client.get(address.format("xml"))
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.data.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = fromstring(answer.data)
    assert root.tag == "service_requests"
    for written, known in zip(root.findall("request"), client.get(address.format("json")).json, strict=True):
        for name in REQUEST:
            assert (written.findtext(name) or None) == (None if known[name] is None else str(known[name]))
        assert (
            written.findtext("extended_attributes/detailed_status") == known["extended_attributes"]["detailed_status"]
        )
        assert len(written.findall("notes/note")) == len(known["notes"])


def test_booleans_are_small_letters_in_xml(client: FlaskClient) -> None:
    root = fromstring(client.get(f"{BASE}/services.xml").data)
    assert {service.findtext("metadata") for service in root.findall("service")} == {"true"}


def test_discovery_names_this_very_address(client: FlaskClient) -> None:
    root = fromstring(client.get(f"{BASE}/discovery.xml").data)
    assert root.findtext("endpoints/endpoint/url") == "http://localhost/open311/v2"
    formats = [found.text for found in root.findall("endpoints/endpoint/formats/format")]
    assert formats == ["text/xml", "application/json"]


def test_a_definition_lists_its_attributes_and_their_values(client: FlaskClient) -> None:
    root = fromstring(client.get(f"{BASE}/services/jalan_berlubang.xml").data)
    assert root.findtext("service_code") == "jalan_berlubang"
    attributes = root.findall("attributes/attribute")
    assert [one.findtext("datatype") for one in attributes] == ["string", "datetime", "singlevaluelist"]
    assert [v.findtext("key") for v in attributes[2].findall("values/value")] == ["public", "anonymous"]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_client_that_people_use_reads_everything(server: str, form: str, records: Connection) -> None:
    reader = GeoReport(server, output_format=form)
    services = reader.get_service_list()
    assert len(services) == len(CATEGORIES) + len(KINDS)
    assert reader.get_service_definition(services[0]["service_code"])["service_code"] == services[0]["service_code"]
    first, last = records.execute(
        text("select min(reported_at), max(reported_at) from complaint where source = 'contoh'")
    ).one()
    asked = {"start_date": (last - timedelta(days=89)).isoformat(), "end_date": last.isoformat()}
    found = reader.get_service_requests(**asked)
    one = reader.get_service_request(found[0]["service_request_id"])
    assert one == found[0]
    assert {request["status"] for request in reader.get_service_requests(**asked, status="closed")} == {"closed"}
    assert first < last


def test_filters_find_what_the_table_holds(client: FlaskClient, records: Connection) -> None:
    last = records.scalar(text("select max(reported_at) from complaint where source = 'contoh'"))
    start = (last - timedelta(days=30)).isoformat().replace("+", "%2B")
    end = last.isoformat().replace("+", "%2B")
    asked = f"start_date={start}&end_date={end}&service_code=jalan_berlubang,sinyal_hilang&status=open"
    found = {one["service_request_id"] for one in client.get(f"{BASE}/requests.json?{asked}").json}
    expected = records.scalars(
        text(
            "select number from complaint where reported_at between :last - interval '30 days' and :last"
            " and coalesce(kind, category) in ('jalan_berlubang', 'sinyal_hilang') and visibility <> 'secret'"
            " and moderation <> 'hidden' and state not in ('resolved', 'closed', 'rejected', 'merged', 'withdrawn')"
        ),
        {"last": last},
    )
    assert found == set(expected)
    assert found


def test_pages_give_each_request_once(client: FlaskClient) -> None:
    pages = [client.get(f"{BASE}/requests.json?page_size=7&page={page}").json for page in (1, 2, 3)]
    together = client.get(f"{BASE}/requests.json?page_size=21").json
    assert [one for page in pages for one in page] == together


def test_ids_override_all_else(client: FlaskClient, records: Connection) -> None:
    oldest = records.scalar(text("select number from complaint where source = 'contoh' order by reported_at limit 1"))
    found = client.get(f"{BASE}/requests.json?service_request_id={oldest},LP-0000&status=closed&start_date=2026-11-01Z")
    assert [one["service_request_id"] for one in found.json] == [oldest]


def test_changes_are_found_by_when_they_were_made(client: FlaskClient) -> None:
    """The last step of each as its timeline tells it, which is kept elsewhere."""
    every = client.get(f"{BASE}/servicerequestupdates.json?updated_after=2000-01-01T00:00:00Z").json
    last: dict[str, datetime] = {}
    for step in every:
        number, at = step["service_request_id"], datetime.fromisoformat(step["updated_datetime"])
        last[number] = max(at, last.get(number, at))
    middle = sorted(last.values())[len(last) // 2]
    asked = {"updated_after": middle.isoformat()}
    after = {one["service_request_id"] for one in client.get(f"{BASE}/requests.json", query_string=asked).json}
    assert after == {number for number, at in last.items() if at >= middle}
    assert 0 < len(after) < len(last)


def test_updates_tell_the_public_steps(client: FlaskClient) -> None:
    found = client.get(f"{BASE}/servicerequestupdates.json?page_size=200").json
    assert all(one["status"] in ("open", "closed") for one in found)


@pytest.mark.parametrize("address", ["servicerequestupdates.json?", "requests.json?extensions=true&"])
def test_the_steps_of_many_complaints_are_asked_for_at_once(client: FlaskClient, address: str) -> None:
    asked: list[str] = []
    engine = client.application.extensions["engine"]

    def note(*about: Any) -> None:
        asked.extend([about[2]] if re.search("from event\\b", about[2]) else [])

    event.listen(engine, "before_cursor_execute", note)
    answer = client.get(f"{BASE}/{address}page_size=50")
    event.remove(engine, "before_cursor_execute", note)
    assert len(answer.json) >= 50
    assert len(asked) == 1


def test_an_unknown_thing_is_404_in_the_form_asked_for(client: FlaskClient) -> None:
    for address in ("requests/LP-0000-1", "services/tak_ada", "tokens/tak_ada"):
        as_json, as_xml = client.get(f"{BASE}/{address}.json"), client.get(f"{BASE}/{address}.xml")
        assert as_json.status_code == as_xml.status_code == 404
        assert as_json.json[0].keys() == {"code", "description"}
        assert fromstring(as_xml.data).findtext("error/code") == "404"


@pytest.mark.parametrize(
    "asked",
    [
        "status=broken", "service_code=tak_ada", "start_date=kemarin", "start_date=2026-01-01T00:00:00",
        "start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", "page=0", "page=-1", "page_size=1001",
        "start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z", "updated_after=0001-01-01T00:00:00%2B23:00",
        "start_date=9999-12-01T00:00:00Z", "end_date=0001-01-15T00:00:00Z",
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_400_and_says_why(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"{BASE}/requests.json?{asked}")
    assert answer.status_code == 400
    assert len(answer.json[0]["description"]) > 10


def test_an_empty_parameter_counts_as_absent(client: FlaskClient) -> None:
    assert client.get(f"{BASE}/requests.json?status=&page=&start_date=&service_code=").status_code == 200


@pytest.mark.parametrize("change", ["visibility = 'secret'", "moderation = 'hidden'"])
def test_a_secret_or_hidden_request_is_nowhere(client: FlaskClient, sample: Engine, change: str) -> None:
    with sample.connect() as connection:
        number = connection.scalar(text("select number from complaint where visibility = 'public' order by id limit 1"))
    try:
        with sample.begin() as connection:
            connection.execute(text(f"update complaint set {change} where number = :n"), {"n": number})
        assert client.get(f"{BASE}/requests/{number}.json").status_code == 404
        assert client.get(f"{BASE}/tokens/{number}.json").status_code == 404
        assert client.get(f"{BASE}/requests.json?service_request_id={number}").json == []
        assert client.get(f"{BASE}/servicerequestupdates.json?service_request_id={number}").json == []
    finally:
        with sample.begin() as connection:
            undo = "update complaint set visibility = 'public', moderation = 'approved' where number = :n"
            connection.execute(text(undo), {"n": number})


def test_a_photo_is_named_once_a_moderator_has_let_it_pass(client: FlaskClient, sample: Engine) -> None:
    with sample.begin() as connection:
        case = connection.execute(text("select id, number from complaint where visibility = 'public' limit 1")).one()
        added = text(
            "insert into complaint_photo (complaint_id, name, purpose, width, height, by)"
            " values (:id, 'uji', 'report', 4, 3, 'reporter') returning id"
        )
        photo = connection.scalar(added, {"id": case.id})
    try:
        assert client.get(f"{BASE}/requests/{case.number}.json").json[0]["media_url"] is None
        with sample.begin() as connection:
            connection.execute(text("update complaint_photo set moderation = 'approved'"))
        found = client.get(f"{BASE}/requests/{case.number}.json").json[0]["media_url"]
        assert found == f"http://localhost/laporan/foto/{photo}.jpg"
    finally:
        with sample.begin() as connection:
            connection.execute(text("delete from complaint_photo"))
