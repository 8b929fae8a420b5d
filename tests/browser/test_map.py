"""The interactive map as a visitor meets it, in Chromium with WebGL drawn by software."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Route, expect
from sqlalchemy import Connection, text

from layers import db
from layers.records.versions import fold
from scripts.setup import frontend
from tests.browser.conftest import DESK, PHONE

Visit = Callable[..., Page]
OFFICES = "offices,areas"
LAND = (251, 250, 246)
SLOW_MS = 60_000  # WebGL drawn by software on a busy machine
LOSE_CONTEXT = """document.querySelector(".map-canvas canvas").getContext("webgl2")
    .getExtension("WEBGL_lose_context").loseContext()"""
ATTACK = "<img src=x onerror=\"document.title='dicuri'\"><b>Kantor</b>"


@pytest.fixture
def records(sample_url: str) -> Iterator[Connection]:
    """The database behind the server, for what the screen is compared with."""
    engine = db.connect(sample_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def planted(records: Connection) -> Iterator[tuple[int, float, float]]:
    """An office whose name is an attack, far from all others; gives its id and where it is."""
    lon, lat = 104.02, -5.42
    added = (
        "insert into office (source, source_id, kind, name, geom) values ('ujian', 'x', 'pos', :name, {}) returning id"
    )
    point = "st_setsrid(st_makepoint(:lon, :lat), 4326)"
    values = {"name": ATTACK, "lon": lon, "lat": lat}
    number = records.execute(text(added.format(point)), values).scalar_one()
    records.commit()
    yield number, lon, lat
    records.execute(text("delete from office where id = :id"), {"id": number})
    records.commit()


@pytest.fixture
def crowd(records: Connection) -> Iterator[int]:
    """More complaints in one village than a tile may hold one by one; gives their number."""
    number = 5000
    added = """insert into complaint (source, source_id, number, category, state, reported_at, geom)
        select 'ujian', n, 'U' || n, 'sampah', 'received', now(),
            st_setsrid(st_makepoint(104.2 + n % 50 / 1000.0, -5.5 + n / 50 / 1000.0), 4326)
        from generate_series(1, :number) as n"""
    records.execute(text(added), {"number": number})
    fold(records)
    records.commit()
    yield number
    records.execute(text("delete from complaint where source = 'ujian'"))
    fold(records)
    records.commit()


def opened(page: Page) -> Page:
    """Wait until the map has come to rest: then its counts are written."""
    expect(page.locator("[data-in-view]:not(:empty)").first).to_be_attached(timeout=SLOW_MS)
    return page


def row(page: Page, layer: str) -> Locator:
    return page.locator(f'[data-layer="{layer}"]')


def switch(page: Page, layer: str, on: bool) -> None:
    row(page, layer).get_by_role("checkbox").set_checked(on)


def click_middle(page: Page) -> None:
    box = page.locator(".map-canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_the_map_counts_as_many_offices_as_the_database_holds(visit: Visit, records: Connection, shots: Path) -> None:
    page = opened(visit("/map"))
    held = records.execute(text("select count(*) from office")).scalar_one()
    shown = page.locator('[data-layer="offices"] .map-switch [data-in-view]')
    expect(shown).to_have_text(f"{held:,}".replace(",", "."), timeout=SLOW_MS)
    page.screenshot(path=shots / "map-1280.png")


def test_a_layer_is_switched_on_and_off_and_the_link_keeps_it(visit: Visit) -> None:
    page = opened(visit("/map"))
    switch(page, "complaints", True)
    expect(page).to_have_url(re.compile(r"layers=[^&]*complaints"))
    expect(row(page, "complaints").locator(".map-switch [data-in-view]")).to_have_text(re.compile("[1-9]"))
    switch(page, "complaints", False)
    expect(page).not_to_have_url(re.compile("complaints"))
    expect(row(page, "complaints").locator(".map-legend")).to_be_hidden()


def test_a_link_brings_back_place_layers_and_opacity(visit: Visit) -> None:
    page = opened(visit("/map#map=12.5/-4.83/104.89&layers=offices,waste.40"))
    expect(row(page, "waste").get_by_role("checkbox")).to_be_checked()
    expect(row(page, "roads").get_by_role("checkbox")).not_to_be_checked()
    row(page, "waste").locator("summary").click()
    expect(row(page, "waste").get_by_role("slider")).to_have_value("40")
    page.locator(".map-canvas canvas").press("ArrowUp")
    expect(page).not_to_have_url(re.compile(r"map=12\.5/-4\.83/104\.89"))
    expect(page).to_have_url(re.compile(r"map=12\.5/.*layers=offices,waste\.40"))


def test_the_copied_link_opens_the_same_view(visit: Visit) -> None:
    page = opened(visit("/map#map=11/-4.8/104.8&layers=roads", permissions=["clipboard-read", "clipboard-write"]))
    page.get_by_role("button", name="Salin tautan").click()
    expect(page.get_by_text("Tautan tersalin")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("/map#map=11.00/-4.80000/104.80000&layers=roads")


def test_a_click_names_the_office_and_leads_to_its_page(visit: Visit, records: Connection) -> None:
    office = records.execute(
        text("select id, name, st_x(geom) as lon, st_y(geom) as lat from office where kind = 'kantor_bupati' limit 1")
    ).one()
    page = opened(visit(f"/map#map=17/{office.lat}/{office.lon}&layers={OFFICES}"))
    click_middle(page)
    details = page.locator(".map-details article").first
    expect(details.get_by_role("heading")).to_have_text(office.name)
    expect(details.get_by_role("link", name="Lihat rincian")).to_have_attribute("href", f"/layers/offices/{office.id}")
    expect(details.locator("dt", has_text="Desa")).to_be_visible()
    expect(details.locator(".map-facts")).not_to_contain_text(re.compile(r"Mo-|18\.03"))


def test_an_attack_in_a_name_is_shown_as_text(visit: Visit, planted: tuple[int, float, float]) -> None:
    _, lon, lat = planted
    page = opened(visit(f"/map#map=16/{lat}/{lon}&layers={OFFICES}"))
    click_middle(page)
    expect(page.locator(".map-details h2")).to_have_text(ATTACK)
    expect(page.locator(".map-details img")).to_have_count(0)
    expect(page).to_have_title(re.compile("Peta"))


def test_a_click_beside_everything_leads_to_what_is_nearest(visit: Visit) -> None:
    page = opened(visit("/map#map=14/-5.6/104.1&layers=offices"))
    click_middle(page)
    address = page.get_by_role("link", name="Kantor terdekat dari sini").get_attribute("href")
    asked = parse_qs(urlsplit(address or "").query)
    assert float(asked["lat"][0]) == pytest.approx(-5.6, abs=1e-3)
    assert float(asked["lon"][0]) == pytest.approx(104.1, abs=1e-3)


def test_where_points_are_too_many_circles_say_how_many(visit: Visit, crowd: int, shots: Path) -> None:
    page = opened(visit("/map#map=10/-5.45/104.2&layers=complaints,areas"))
    shown = row(page, "complaints").locator(".map-switch [data-in-view]")
    expect(shown).to_have_text(f"{crowd:,}".replace(",", "."), timeout=SLOW_MS)
    expect(row(page, "complaints").get_by_text("Lingkaran bernomor")).to_be_visible()
    page.screenshot(path=shots / "map-crowd.png")


def test_a_page_swaps_its_drawn_map_for_the_interactive_one_when_asked(visit: Visit, shots: Path) -> None:
    page = visit("/nearest?lat=-4.83&lon=104.89")
    expect(page.locator(".map-live")).to_have_count(0)
    page.get_by_role("button", name="Buka peta interaktif").click()
    opened(page)
    expect(page.locator("[data-map-still]")).to_be_hidden()
    page.screenshot(path=shots / "map-nearest.png")
    page.locator(".map-panel > summary").click()
    expect(row(page, "offices").get_by_role("checkbox")).to_be_checked()
    expect(row(page, "areas").get_by_role("checkbox")).to_be_checked()
    assert "#" not in page.url


def test_my_location_is_sent_with_the_form_and_nowhere_else(visit: Visit) -> None:
    place = {"latitude": -4.8305, "longitude": 104.8903}
    page = visit("/nearest", geolocation=place, permissions=["geolocation"])
    page.locator("button[data-locate]").first.click()
    expect(page).to_have_url(
        re.compile(r"/nearest\?.*lat=-4\.83050.*lon=104\.89030|/nearest\?.*lon=104\.89030.*lat=-4\.83050")
    )


def test_a_refused_location_is_explained(visit: Visit) -> None:
    page = visit("/nearest", permissions=[])
    page.locator("button[data-locate]").first.click()
    expect(page.locator("[data-locate-status]").first).to_contain_text(re.compile("izin", re.IGNORECASE))


def test_while_parts_are_on_their_way_the_map_says_so(visit: Visit) -> None:
    page = opened(visit("/map#map=10/-4.8/104.85&layers=offices"))
    expect(page.get_by_text("Memuat peta…")).to_be_hidden(timeout=SLOW_MS)
    held: list[Route] = []
    page.route("**/tiles/waste/**", lambda route: held.append(route))
    switch(page, "waste", True)
    expect(page.get_by_text("Memuat peta…")).to_be_visible(timeout=SLOW_MS)
    for route in held:
        route.continue_()
    page.unroute("**/tiles/waste/**")
    expect(page.get_by_text("Memuat peta…")).to_be_hidden(timeout=SLOW_MS)


def test_the_regencys_outline_stays_where_the_areas_are_off(visit: Visit) -> None:
    page = opened(visit("/map#map=9/-4.8/104.85&layers=offices"))
    whole = page.locator(".map-canvas").screenshot()
    assert LAND in [pixel for _, pixel in Image.open(BytesIO(whole)).convert("RGB").getcolors(maxcolors=1_000_000)]


def test_on_a_phone_the_layers_wait_behind_a_button_and_nothing_is_cut_off(visit: Visit, shots: Path) -> None:
    page = opened(visit("/map", viewport=PHONE))
    expect(page.locator(".map-panel")).not_to_have_attribute("open", "")
    page.screenshot(path=shots / "map-360.png")
    page.locator(".map-panel > summary").click()
    expect(row(page, "offices").get_by_role("checkbox")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.screenshot(path=shots / "map-360-layers.png")


def test_axe_finds_nothing_serious_in_the_open_map(visit: Visit) -> None:
    page = opened(visit(f"/map#map=14/-4.83/104.89&layers={OFFICES}"))
    click_middle(page)
    expect(page.locator(".map-details article").first).to_be_visible()
    page.evaluate((frontend.SOURCE / "node_modules" / "axe-core" / "axe.min.js").read_text())
    found = page.evaluate("axe.run()")["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []


def test_the_map_speaks_english(visit: Visit) -> None:
    page = opened(visit("/map?lang=en"))
    expect(row(page, "offices").locator(".map-switch")).to_contain_text("Service offices")


def test_when_the_graphics_card_gives_up_the_drawn_map_comes_back(visit: Visit) -> None:
    page = opened(visit("/map"))
    expect(page.locator("[data-map-still]")).to_be_hidden()
    page.evaluate(LOSE_CONTEXT)
    expect(page.locator("[data-map-still]")).to_be_visible()
    expect(page.get_by_text("Peta interaktif terhenti. Peta sederhana ditampilkan.")).to_be_visible()
    page.get_by_role("button", name="Buka peta interaktif").click()
    opened(page)
    expect(page.locator(".map-canvas canvas")).to_have_count(1)
    expect(page.get_by_text("Peta interaktif terhenti.")).to_have_count(0)


def test_a_map_that_did_not_load_is_tried_again_by_the_same_button(visit: Visit) -> None:
    page = visit("/nearest?lat=-4.83&lon=104.89")
    page.route("**/map/style.json", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="Buka peta interaktif").click()
    again = page.get_by_role("button", name="Peta interaktif tidak dapat dimuat. Coba lagi")
    expect(again).to_be_enabled()
    page.unroute("**/map/style.json")
    again.click()
    opened(page)


def test_a_map_whose_points_do_not_come_stays_open(visit: Visit) -> None:
    page = visit("/nearest?lat=-4.83&lon=104.89")
    page.route("**/api/nearest*", lambda route: route.fulfill(status=200, body="rusak"))
    page.get_by_role("button", name="Buka peta interaktif").click()
    opened(page)
    expect(page.get_by_text("Sebagian peta belum dapat dimuat.")).to_be_visible(timeout=SLOW_MS)
    expect(page.locator(".map-live")).to_be_visible()


def test_without_a_clipboard_the_link_stands_in_a_field_to_copy_from(visit: Visit) -> None:
    page = opened(visit("/map#map=11/-4.8/104.8&layers=roads"))
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Salin tautan").click()
    field = page.get_by_role("textbox", name="Salin tautan")
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile("/map#map=11.00/-4.80000/104.80000&layers=roads$"))
    assert page.evaluate("getSelection().toString()") == field.input_value()


def test_without_webgl_the_drawn_map_stays_and_nothing_is_offered_that_fails(
    visit: Visit, chromium_without_webgl: Browser
) -> None:
    page = visit("/map", browser=chromium_without_webgl)
    assert page.evaluate("document.createElement('canvas').getContext('webgl2')") is None
    expect(page.locator("[data-map-still] img")).to_be_visible()
    expect(page.locator("[data-map-open]")).to_be_hidden()
    expect(page.locator(".map-live")).to_have_count(0)


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_without_javascript_the_drawn_map_and_the_lists_answer(visit: Visit, viewport: dict[str, int]) -> None:
    page = visit("/map", viewport=viewport, java_script_enabled=False)
    expect(page.locator("[data-map-still] img")).to_be_visible()
    expect(page.locator("[data-map-open]")).to_be_hidden()
    expect(page.get_by_role("link", name="Kantor layanan")).to_be_visible()
