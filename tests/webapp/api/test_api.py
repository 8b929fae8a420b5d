"""What programs get from the API, and what bad questions get."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from pydantic import BaseModel
from pyproj import Geod

from layers.offices.kinds import KINDS
from webapp.api import schemas

HERE = {"lat": "-4.8", "lon": "104.8"}


def ask(api: FlaskClient, path: str, model: type[BaseModel], **query: str) -> Any:
    answer = api.get(f"/api/{path}", query_string=query)
    assert answer.status_code == 200, answer.text
    model.model_validate_json(answer.data, strict=False)
    return answer.get_json(force=True)


def nearest(api: FlaskClient, **query: str) -> list[dict[str, Any]]:
    found = ask(api, "nearest", schemas.NearOffices, **(HERE | query))
    return [feature["properties"] for feature in found["features"]]


def test_the_nearest_offices_come_in_order_with_their_geodesic_distances(api: FlaskClient) -> None:
    found = ask(api, "nearest", schemas.NearOffices, **HERE, limit="50")["features"]
    true = [Geod(ellps="WGS84").inv(104.8, -4.8, *feature["geometry"]["coordinates"]) for feature in found]
    assert len(found) == 50
    assert [f["properties"]["distance_m"] for f in found] == pytest.approx([d for _, _, d in true], abs=0.1)
    assert [f["properties"]["bearing_deg"] for f in found[1:]] == pytest.approx([a for a, _, _ in true[1:]], abs=0.1)
    assert [f["id"] for f in found] == [f["properties"]["id"] for f in found]


def test_three_are_given_where_nobody_says_how_many(api: FlaskClient) -> None:
    assert len(nearest(api)) == 3


def test_a_direction_is_told_in_the_readers_language(api: FlaskClient) -> None:
    assert nearest(api, lon="104.7")[0]["direction"] == "timur"
    assert nearest(api, lon="104.7", lang="en")[0]["direction"] == "east"
    spoken = api.get("/api/nearest", query_string=HERE | {"lon": "104.7"}, headers={"Accept-Language": "en-GB"})
    assert spoken.get_json(force=True)["features"][0]["properties"]["direction"] == "east"


def test_standing_on_an_office_leaves_the_direction_open(api: FlaskClient) -> None:
    office = nearest(api)[0]
    assert (office["distance_m"], office["bearing_deg"], office["direction"]) == (0, None, None)


def test_filters_keep_what_fits(api: FlaskClient) -> None:
    assert {office["kind"] for office in nearest(api, kind="sd", limit="50")} == {"sd"}
    assert {office["wheelchair"] for office in nearest(api, wheelchair="true", limit="50")} == {"yes"}
    assert {office["open"] for office in nearest(api, open_now="true", limit="50")} == {True}
    for office in nearest(api, service="imunisasi", limit="50"):
        assert "imunisasi" in {service["id"] for service in office["services"]}


def test_unknown_hours_are_null_rather_than_closed(api: FlaskClient) -> None:
    told = {office["opening_hours"]: office["open"] for office in nearest(api, limit="50")}
    assert (told["24/7"], told["tidak tentu"]) == (True, None)


@pytest.mark.parametrize("typed", ["abung timor", "abng timr"])
def test_a_misspelt_place_is_found_as_on_the_pages(api: FlaskClient, typed: str) -> None:
    found = ask(api, "search", schemas.Places, q=typed)["features"]
    assert found[0]["properties"]["name"] == "Abung Timur"


def test_every_kind_and_service_is_listed(api: FlaskClient) -> None:
    kinds = ask(api, "kinds", schemas.Kinds)["kinds"]
    assert [kind["id"] for kind in kinds] == [kind.id for kind in KINDS]
    services = {service["id"]: service for service in ask(api, "services", schemas.Services)["services"]}
    assert services["akta_kelahiran"]["name"] == {"id": "Akta kelahiran", "en": "Birth certificate"}


BAD = [
    {"lat": "nan"},
    {"lat": "inf"},
    {"lon": "-inf"},
    {"lat": "91"},
    {"lon": "180.1"},
    {"lat": ""},
    {"lat": "4,8"},
    {"lat": "1e999"},
    {"kind": "istana"},
    {"kind": ""},
    {"limit": "0"},
    {"limit": "51"},
    {"limit": "-1"},
    {"limit": "9" * 400},
    {"open_now": "mungkin"},
    {"lng": "104.8"},
    {"lang": "fr"},
    {"service": "a" * 51},
    {"kind": "'; drop table office; --"},
    {"kind": "<script>alert(1)</script>"},
]


@pytest.mark.parametrize("wrong", BAD, ids=str)
def test_a_bad_question_gets_one_sentence_that_never_repeats_it(api: FlaskClient, wrong: dict[str, str]) -> None:
    answer = api.get("/api/nearest", query_string=HERE | wrong)
    problem = answer.get_json(force=True)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert problem["detail"].endswith(".")
    assert not any(len(value) > 3 and value in answer.text for value in wrong.values())


def test_a_bad_question_is_refused_in_the_readers_language(api: FlaskClient) -> None:
    refused = api.get("/api/nearest", query_string=HERE | {"lat": "91"}, headers={"Accept-Language": "en"})
    assert (refused.status_code, "latitude" in refused.get_json(force=True)["detail"]) == (400, True)


@pytest.mark.parametrize("missing", ["lat", "lon"])
def test_a_missing_coordinate_is_named(api: FlaskClient, missing: str) -> None:
    answer = api.get("/api/nearest", query_string={k: v for k, v in HERE.items() if k != missing})
    assert answer.get_json(force=True)["detail"].startswith(f"{missing} ")


def test_a_coordinate_given_twice_is_refused(api: FlaskClient) -> None:
    assert api.get("/api/nearest?lat=-4.8&lon=104.8&lat=-4.9").status_code == 400


@pytest.mark.parametrize("q", ["", "%FF%FE", "%00", "a" * 101])
def test_a_name_that_is_none_is_refused(api: FlaskClient, q: str) -> None:
    assert api.get(f"/api/search?q={q}").status_code == 400


@pytest.mark.parametrize("q", ["' or 1=1 --", "<script>alert(1)</script>", "../../etc/passwd", "%", "\\", "🏥" * 50])
def test_any_text_may_be_a_name(api: FlaskClient, q: str) -> None:
    answer = api.get("/api/search", query_string={"q": q})
    assert (answer.status_code, answer.mimetype) == (200, "application/geo+json")


def test_an_unknown_service_is_told_from_none_nearby(api: FlaskClient) -> None:
    assert api.get("/api/nearest", query_string=HERE | {"service": "terbang"}).status_code == 404
    assert nearest(api, service="kirim_surat") == []


def test_ten_megabytes_of_query_are_refused(api: FlaskClient) -> None:
    answer = api.get("/api/search?q=" + "a" * 10_000_000)
    assert (answer.status_code, answer.mimetype) == (414, "application/problem+json")


@pytest.mark.parametrize("path", ["nearest", "search", "kinds", "services", "openapi.json"])
def test_only_reading_is_offered(api: FlaskClient, path: str) -> None:
    refused = api.post(f"/api/{path}")
    assert (refused.status_code, refused.mimetype) == (405, "application/problem+json")
    assert set(refused.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert api.options(f"/api/{path}").status_code == 200


def test_a_head_request_gets_the_headers_alone(api: FlaskClient) -> None:
    answer = api.head("/api/nearest", query_string=HERE)
    assert (answer.status_code, answer.data) == (200, b"")


def test_other_sites_may_read_and_nobody_may_store(api: FlaskClient) -> None:
    answer = api.get("/api/nearest", query_string=HERE)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_address_of_the_api_is_described(api: FlaskClient) -> None:
    described = api.get("/api/openapi.json").get_json(force=True)
    assert described["openapi"].startswith("3.")
    own = {"/api/nearest", "/api/way", "/api/search", "/api/kinds", "/api/services"}
    beside = {"/tiles/{layer_id}/{z}/{x}/{y}.mvt", "/layers/{layer_id}/export.{format_id}", "/health"}
    assert set(described["paths"]) == own | beside
    rules = {re.sub(r"<(?:int:)?(\w+)>", r"{\1}", rule.rule) for rule in api.application.url_map.iter_rules()}
    assert set(described["paths"]) <= rules
    assert api.get(described["externalDocs"]["url"]).status_code == 200
    assert described["paths"]["/api/nearest"]["get"]["responses"].keys() == {"200", "400", "404"}


def test_the_root_leads_to_the_description_and_on(api: FlaskClient) -> None:
    answer = api.get("/api", follow_redirects=True).json
    addresses = {link["rel"]: link["href"] for link in answer["links"]}
    assert addresses["service-desc"] == "/api/openapi.json"
    for address in addresses.values():
        assert api.get(address).status_code == 200
