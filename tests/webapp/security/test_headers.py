"""Headers: what a browser may load, and from where, on every answer."""

from dataclasses import replace

import pytest
from flask import Flask, url_for

from layers.settings import Settings
from webapp import create_app
from webapp.assets import asset


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings)


def policy(app: Flask, path: str = "/map") -> dict[str, list[str]]:
    header = app.test_client().get(path).headers["Content-Security-Policy"]
    return {name: values for name, *values in (rule.split() for rule in header.split(";"))}


def test_nothing_is_allowed_that_is_not_named_and_nothing_inline(app: Flask) -> None:
    rules = policy(app)
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == ["'self'"]
    assert rules["frame-ancestors"] == rules["base-uri"] == ["'none'"]
    assert not any("unsafe" in value for values in rules.values() for value in values)


@pytest.mark.parametrize("path", ["/map", "/map/style.json", "/tidak-ada"])
def test_pages_data_and_errors_carry_the_same_policy(app: Flask, path: str) -> None:
    assert policy(app, path) == policy(app, "/map")


def test_every_answer_says_who_may_keep_it_and_no_page_may_be_kept_for_others(app: Flask) -> None:
    client = app.test_client()
    filled = {"layer_id": "offices", "format_id": "csv", "feature_id": 1, "collection_id": "offices", "form": "json"}
    with app.test_request_context():
        rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
        addresses = [url_for(rule.endpoint, **{a: filled.get(a, 0) for a in rule.arguments}) for rule in rules]
    assert len(addresses) > 25
    for address in [*addresses, "/tidak-ada"]:
        for answer in (client.get(address), client.get(address, headers={"Accept": "text/html"})):
            kept = answer.cache_control
            assert "Cache-Control" in answer.headers, address
            assert not answer.data or answer.mimetype != "text/html" or kept.private or kept.no_store, address


def test_an_address_that_holds_a_position_never_becomes_a_referrer(app: Flask) -> None:
    answer = app.test_client().get("/nearest?lat=-4.8&lon=104.9")
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_only_our_own_pages_may_ask_where_the_device_is(app: Flask) -> None:
    assert "geolocation=(self)" in app.test_client().get("/map").headers["Permissions-Policy"]


def test_built_files_are_kept_for_good_and_never_sniffed(app: Flask) -> None:
    answer = app.test_client().get(asset("site.js"))
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_built_files_are_sent_small_to_browsers_that_can_read_them(app: Flask) -> None:
    answer = app.test_client().get(asset("map.js"), headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) < 300_000


def test_https_is_remembered_only_where_it_is_spoken(app: Flask) -> None:
    assert "Strict-Transport-Security" not in app.test_client().get("/map").headers
    secure = app.test_client().get("/map", base_url="https://peta.example")
    assert "Strict-Transport-Security" in secure.headers


def test_only_a_trusted_proxy_is_believed_that_https_is_spoken(app: Flask, settings: Settings) -> None:
    told = {"X-Forwarded-Proto": "https"}
    assert "Strict-Transport-Security" not in app.test_client().get("/map", headers=told).headers
    behind = create_app(replace(settings, trusted_proxies=1)).test_client()
    assert "Strict-Transport-Security" in behind.get("/map", headers=told).headers
    assert "Strict-Transport-Security" not in behind.get("/map").headers


@pytest.mark.parametrize(
    ("changes", "host"),
    [
        ({"basemap_tiles": "https://ubin.example/{z}/{x}/{y}.png"}, "https://ubin.example"),
        ({"basemap_pmtiles": "https://arsip.example:8443/lampung.pmtiles"}, "https://arsip.example:8443"),
    ],
)
def test_a_configured_base_map_opens_its_own_host_and_no_other(
    settings: Settings, changes: dict[str, str], host: str
) -> None:
    rules = policy(create_app(replace(settings, **changes)))
    assert rules["connect-src"] == ["'self'", host]
    assert rules["img-src"] == ["'self'", "data:", "blob:", host]
    assert rules["script-src"] == ["'self'"]


def test_a_base_map_file_of_this_machine_opens_no_host(settings: Settings) -> None:
    rules = policy(create_app(replace(settings, basemap_pmtiles="/srv/lampung.pmtiles")))
    assert rules["connect-src"] == ["'self'"]


@pytest.mark.parametrize(
    ("setting", "written"),
    [
        ("basemap_tiles", "https://ubin.example; script-src */{z}/{x}/{y}.png"),
        ("basemap_tiles", "https://petugas:rahasia@ubin.example/{z}/{x}/{y}.png"),
        ("basemap_tiles", "https://{s}.ubin.example/{z}/{x}/{y}.png"),
        ("basemap_tiles", "//ubin.example/{z}/{x}/{y}.png"),
        ("basemap_tiles", "ftp://ubin.example/{z}/{x}/{y}.png"),
        ("basemap_pmtiles", "lampung.pmtiles"),
        ("basemap_pmtiles", "https://petugas:rahasia@arsip.example/lampung.pmtiles"),
    ],
)
def test_a_base_map_that_browsers_cannot_load_is_refused_at_the_start(
    settings: Settings, setting: str, written: str
) -> None:
    with pytest.raises(ValueError, match=f"^PETA_{setting.upper()} must be") as refused:
        create_app(replace(settings, **{setting: written}))
    assert "rahasia" not in str(refused.value)
