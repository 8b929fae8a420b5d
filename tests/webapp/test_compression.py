"""What people read and take along travels small; what programs ask for in quick succession travels at once."""

import gzip
from collections.abc import Iterator

import brotli
import pytest
from flask.testing import FlaskClient

from layers.settings import Settings
from webapp import create_app


@pytest.fixture(scope="module")
def client(sample_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    yield create_app(Settings(sample_url, tmp_path_factory.mktemp("data"))).test_client()


@pytest.mark.parametrize("address", ["/layers", "/map.svg", "/map/style.json", "/map/labels.json"])
def test_what_a_page_loads_travels_small(client: FlaskClient, address: str) -> None:
    plain = client.get(address)
    small = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_a_download_travels_small_and_row_by_row(client: FlaskClient, form: str) -> None:
    plain = client.get(f"/layers/offices/export.{form}")
    small = client.get(f"/layers/offices/export.{form}", headers={"Accept-Encoding": "gzip, br"}, buffered=False)
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.is_streamed
    assert gzip.decompress(small.data) == plain.data
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize("address", ["/ogc/collections/offices/items?f=json", "/api/nearest?lat=-4.83&lon=104.9"])
def test_answers_to_programs_are_sent_as_they_are(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert len(answer.data) > 1_000
    assert "Content-Encoding" not in answer.headers


def test_a_browser_that_has_the_style_is_told_so(client: FlaskClient) -> None:
    asked = {"Accept-Encoding": "br"}
    known = client.get("/map/style.json", headers=asked).headers["ETag"]
    assert client.get("/map/style.json", headers=asked | {"If-None-Match": known}).status_code == 304
