"""What is sent under a session comes from our own pages, or is refused; who has no session is not asked here."""

from collections.abc import Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.records.actors import Grant
from layers.settings import Settings
from tests.webapp.staff import staff
from webapp import create_app
from webapp.security.access import EVERYONE, open_to

OURS = [
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Origin": "http://localhost"},
]
FOREIGN: list[dict[str, str]] = [
    {},
    {"Origin": "null"},
    {"Origin": "https://localhost"},
    {"Origin": "http://localhost:8080"},
    {"Origin": "http://jahat.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://jahat.example"},
]
METHODS = ["POST", "PUT", "PATCH", "DELETE"]


@pytest.fixture(scope="module")
def app(staffed_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = create_app(Settings(staffed_url, tmp_path_factory.mktemp("data")))
    app.add_url_rule("/change", "change", open_to(EVERYONE)(lambda: "changed"), methods=[*METHODS, "GET"])
    return app


@pytest.fixture(scope="module")
def signed_in(app: Flask) -> FlaskClient:
    client = staff(app, Grant("verifier"))
    client.environ_base = {key: value for key, value in client.environ_base.items() if "SEC_FETCH" not in key}
    return client


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("headers", OURS, ids=str)
def test_what_our_pages_send_arrives(signed_in: FlaskClient, method: str, headers: Mapping[str, str]) -> None:
    assert signed_in.open("/change", method=method, headers=headers).text == "changed"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_what_comes_from_elsewhere_or_tells_nothing_is_refused(
    signed_in: FlaskClient, method: str, headers: Mapping[str, str]
) -> None:
    refused = signed_in.open("/change", method=method, headers=headers)
    assert refused.status_code == 403
    assert "halaman kami" in refused.text


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_to_look_is_always_allowed(signed_in: FlaskClient, headers: Mapping[str, str]) -> None:
    assert signed_in.get("/change", headers=headers).text == "changed"


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_without_a_session_other_guards_decide(app: Flask, headers: Mapping[str, str]) -> None:
    assert app.test_client().post("/change", headers=headers).text == "changed"


@pytest.mark.parametrize("headers", [one for one in FOREIGN if one], ids=str)
def test_no_other_site_signs_anybody_in(app: Flask, headers: Mapping[str, str]) -> None:
    sent = {"email": "a@b.example", "password": "x"}
    assert app.test_client().post("/account/sign-in", data=sent, headers=headers).status_code == 403


def test_behind_a_trusted_proxy_the_origin_is_the_one_that_browsers_see(staffed_url: str, settings: Settings) -> None:
    app = create_app(Settings(staffed_url, settings.data_dir, trusted_proxies=1))
    app.add_url_rule("/change", "change", open_to(EVERYONE)(lambda: "changed"), methods=["POST"])
    client = app.test_client()
    client.set_cookie("__Host-session", "x")
    proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "peta.example", "X-Forwarded-For": "192.0.2.1"}
    assert client.post("/change", headers={**proxied, "Origin": "https://peta.example"}).text == "changed"
    assert client.post("/change", headers={**proxied, "Origin": "http://localhost"}).status_code == 403
