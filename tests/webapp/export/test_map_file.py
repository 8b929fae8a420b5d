"""The map to take along, opened from disk in a real Chromium without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine, delete, insert

from layers.areas.table import Area
from layers.offices.table import Office
from tests.webapp.export.conftest import SCRIPTS, SOURCE

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1000, "height": 800})
    yield context.new_page()
    context.close()


def opened(page: Page, body: bytes, folder: Path) -> list[str]:
    """Open a file as from a stick; gives what it asked of the outside and what its console complained of, so far."""
    file = folder / "peta.html"
    file.write_bytes(body)
    faults: list[str] = []
    own = ("data:", file.as_uri())
    page.on("request", lambda request: None if request.url.startswith(own) else faults.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(file.as_uri())
    expect(page.locator(".leaflet-container")).to_be_visible()
    return faults


@pytest.mark.parametrize("number", range(len(SCRIPTS)))
def test_a_script_in_every_text_field_stays_text(
    client: FlaskClient, planted: list[str], page: Page, tmp_path: Path, number: int
) -> None:
    attack = SCRIPTS[number]
    place = planted.index(attack) / 1000 + 104.9
    box = f"{place - 0.0001},-5,{place + 0.0001},-4"
    body = client.get(f"/layers/offices/export.html?source={SOURCE}&bbox={box}").data
    faults = opened(page, body, tmp_path)
    page.locator(".leaflet-container").hover()
    expect(page.locator(".leaflet-tooltip")).to_contain_text(attack)
    page.locator(".leaflet-container").click()
    expect(page.locator(".leaflet-popup-content")).to_contain_text(attack)
    assert page.evaluate("window.stolen") is None
    assert faults == []


def test_the_name_of_a_district_stays_text(engine: Engine, client: FlaskClient, page: Page, tmp_path: Path) -> None:
    attack = "".join(SCRIPTS)
    square = "MULTIPOLYGON(((104 -5,105 -5,105 -4,104 -4,104 -5)))"
    row = {"source": SOURCE, "source_id": "1", "level": "kecamatan", "code": "99.99.99", "name": attack}
    with engine.begin() as connection:
        connection.execute(insert(Area), {**row, "geom": f"SRID=4326;{square}"})
    body = client.get(f"/layers/areas/export.html?source={SOURCE}").data
    with engine.begin() as connection:
        connection.execute(delete(Area).where(Area.source == SOURCE))
    faults = opened(page, body, tmp_path)
    expect(page.locator(".place").first).to_have_text(attack)
    assert page.evaluate("window.stolen") is None
    assert faults == []


def test_the_file_names_itself_in_the_readers_language(client: FlaskClient, page: Page, tmp_path: Path) -> None:
    opened(page, client.get("/layers/offices/export.html?lang=en&source=tidak-ada").data, tmp_path)
    expect(page).to_have_title("Service offices – Peta Layanan")
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(("source", "notices"), [("contoh", 1), (SOURCE, 0)])
def test_sample_data_is_called_so(
    engine: Engine, client: FlaskClient, page: Page, tmp_path: Path, source: str, notices: int
) -> None:
    row = {"source": source, "source_id": "ujian", "kind": "pos", "geom": "SRID=4326;POINT(150 -4.8)"}
    with engine.begin() as connection:
        connection.execute(insert(Office), row)
    body = client.get("/layers/offices/export.html?bbox=149,-5,151,-4").data
    with engine.begin() as connection:
        connection.execute(delete(Office).where(Office.source_id == "ujian"))
    opened(page, body, tmp_path)
    expect(page.get_by_text("DATA CONTOH")).to_have_count(notices)
