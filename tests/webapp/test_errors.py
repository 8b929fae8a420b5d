"""What bad input and a lost database get: one clear sentence, never a trace."""

import re
from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine
from werkzeug import exceptions
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from layers.settings import Settings, driver_url
from scripts.cluster import Cluster
from tests.conftest import ROOT
from webapp import create_app, pace
from webapp.errors import title
from webapp.security.access import EVERYONE, open_to

HOSTILE = (
    "-1",
    "nan",
    "1e400",
    "99999999999999999999999",
    "' or 1=1; drop table office; --",
    "<script>alert(1)</script>{{ 7 * 7 }}%s",
    "\u202e\U0001f600٣",
    "104,-4,103,-5",
)
PARAMETERS = ("lat", "lon", "kind", "service", "limit", "offset", "page", "bbox", "datetime", "q", "sort", "view")
PARAMETERS += ("lang", "crs", "bbox-crs", "f", "after", "source", "village_code", "open", "wheelchair", "v")
PARAMETERS += ("map328.x", "map328.y", "map²x1.x", "map².x", "map.x", "map-1.x", "<b>", "lat[]")
SOUND = {"layer_id": "offices", "layer": "offices", "collection_id": "offices", "format_id": "csv", "feature_id": "1"}
TRACE = re.compile(r"Traceback|File \"|psycopg2|sqlalchemy|werkzeug\.|\.py\b")


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(database_url, tmp_path_factory.mktemp("data")))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests ask more often than people may."""
    monkeypatch.setattr(pace, "PACES", {})


def rules() -> list[Rule]:
    """List every address that can be asked for; the map of addresses needs no database."""
    app = create_app(Settings("postgresql+psycopg2://nobody@/nothing"))
    return [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]


def filled(rule: Rule, value: Callable[[str], str]) -> str:
    """Write an address with a value in each of its gaps."""
    return re.sub(r"<(?:[^<>:]+:)?([^<>]+)>", lambda gap: quote(value(gap[1]), safe=""), rule.rule)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.rule)
def test_no_address_fails_on_hostile_input(client: FlaskClient, rule: Rule) -> None:
    sound = filled(rule, lambda gap: SOUND.get(gap, "8"))
    for number, value in enumerate(HOSTILE):
        check(client.get(filled(rule, lambda gap, value=value: value)))
        check(client.get(filled(rule, lambda gap, value=value: SOUND.get(gap, value))))
        for name in PARAMETERS[number % 2 :: 2]:  # half of them each time, the other half with the next
            check(client.get(sound, query_string={name: value}))


def check(answer: TestResponse) -> None:
    answer.get_data()
    answer.close()
    assert answer.status_code < 500 or answer.request.path == "/health"
    if answer.status_code >= 400:
        assert not TRACE.search(answer.text)


@pytest.mark.parametrize("sent", [b"%00", b"%ff", b"%c3%28", b"%ed%a0%80", b"%f8%a1%a1%a1%a1"])
@pytest.mark.parametrize("place", ["/layers/{}", "/search?q={}", "/api/search?q={}", "/search?{}=1"])
def test_what_is_no_text_is_refused_everywhere(client: FlaskClient, place: str, sent: bytes) -> None:
    path, _, query = place.format(sent.decode()).partition("?")
    raw = re.sub(rb"%(..)", lambda pair: bytes.fromhex(pair[1].decode()), path.encode())
    answer = client.get("/", environ_overrides={"PATH_INFO": raw.decode("latin-1"), "QUERY_STRING": query})
    assert answer.status_code == 400


@pytest.mark.parametrize("sent", [b"a=%00", b"a=%ff", b"%00=a", b"a=\xff"])
def test_a_form_that_is_no_text_is_refused(client: FlaskClient, sent: bytes) -> None:
    answer = client.post("/search", data=sent, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/account/sign-in", {"email": "ani@uji.example\0", "password": "x"}),
        ("/account/sign-in", {"em\0ail": "ani@uji.example"}),
        ("/laporan/kode", {"code": "AAAA\0"}),
        ("/lapor/tempat/foto", {"photo": (BytesIO(b"x"), "a\0.jpg")}),
    ],
)
def test_a_form_with_files_that_is_no_text_is_refused(client: FlaskClient, path: str, form: dict[str, object]) -> None:
    answer = client.post(path, data=form, content_type="multipart/form-data")
    assert answer.status_code == 400


@pytest.mark.parametrize("digits", [18, 19, 3_900, 5_000, 7_000])
def test_a_number_without_end_is_no_thing_on_the_map(client: FlaskClient, digits: int) -> None:
    number = "9" * digits
    assert client.get(f"/layers/offices/{number}").status_code in (404, 414)
    assert client.get(f"/tiles/offices/{number}/0/0.mvt").status_code in (404, 414)
    begun = client.post("/lapor", data={"about": f"roads:{number}"})
    assert begun.location == "/lapor/tempat"


def test_a_form_of_megabytes_is_refused(client: FlaskClient) -> None:
    answer = client.post("/search", data=b"a" * 3_000_000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_an_endless_query_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=" + "a" * 10_000_000)
    assert answer.status_code == 414
    assert "terlalu panjang" in answer.json["detail"]


def test_programs_get_a_problem_and_people_a_page(client: FlaskClient) -> None:
    for address in ("/api/nothing", "/ogc/nothing", "/tiles/nothing"):
        answer = client.get(address)
        assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
        assert set(answer.json) == {"type", "title", "status", "detail", "reference"}
    page = client.get("/nothing")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert page.text.count("<h1>") == 1


def test_a_problem_is_told_in_the_language_of_the_reader(client: FlaskClient) -> None:
    assert client.get("/nothing").text.count('<html lang="id">') == 1
    assert client.get("/nothing?lang=en").text.count('<html lang="en">') == 1


def statuses_aborted() -> set[int]:
    """Every status that some page or act is refused with, as the source says."""
    files = [*(ROOT / "webapp").glob("*.py"), *(ROOT / "webapp").glob("*/*.py")]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    aborted = {int(status) for status in re.findall(r"abort\(\s*(\d{3})", source)}
    raised = {getattr(getattr(exceptions, name, None), "code", None) for name in re.findall(r"\b[A-Z]\w+\b", source)}
    return aborted | (raised - {None})


@pytest.mark.parametrize("status", sorted(statuses_aborted()))
def test_every_refusal_has_a_heading_of_its_own_in_both_languages(app: Flask, status: int) -> None:
    told = {}
    for language in ("id", "en"):
        with app.test_request_context(f"/?lang={language}"):
            app.preprocess_request()
            told[language] = title(status)
            assert told[language] != title(418)
    assert told["id"] != told["en"]
    assert told["id"] != HTTPStatus(status).phrase


def test_a_status_that_nobody_named_is_told_in_the_language_of_the_reader(app: Flask) -> None:
    with app.test_request_context("/?lang=id"):
        app.preprocess_request()
        assert title(418) == "Permintaan tidak dapat dilayani"


def test_an_unexpected_error_gives_the_number_that_its_log_line_has(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    app = create_app(settings)

    @app.get("/api/broken")
    @open_to(EVERYONE)
    def broken() -> str:
        raise LookupError("secret")

    answer = app.test_client().get("/api/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    logged = capsys.readouterr().out
    assert answer.json["reference"] in logged
    assert "LookupError" in logged


def test_a_page_that_is_not_there_is_404_even_while_every_connection_is_lent(settings: Settings) -> None:
    app = create_app(settings)
    app.extensions["engine"] = create_engine(settings.database_url, pool_size=1, max_overflow=0, pool_timeout=0.1)
    with app.extensions["engine"].connect():
        assert app.test_client().get("/nothing").status_code == 404
        assert app.test_client().get("/layers").status_code == 503
    app.extensions["engine"].dispose()


def test_a_lost_database_is_503_and_comes_back_by_itself(mortal: Cluster, settings: Settings) -> None:
    client = create_app(Settings(driver_url(mortal.url), settings.data_dir)).test_client()
    assert client.get("/layers").status_code == 200
    mortal.stop()
    try:
        page, problem = client.get("/layers"), client.get("/api/nearest?lat=-4.8&lon=104.9")
    finally:
        mortal.start()
    assert (page.status_code, page.mimetype) == (503, "text/html")
    assert (problem.status_code, problem.mimetype) == (503, "application/problem+json")
    assert int(page.headers["Retry-After"]) > 0
    assert int(problem.headers["Retry-After"]) > 0
    assert not TRACE.search(page.text + problem.text)
    assert client.get("/layers").status_code == 200
