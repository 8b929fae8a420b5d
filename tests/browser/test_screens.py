"""The pages as visitors meet them: on a phone and on a desk, with and without JavaScript, by keyboard, at 200 %."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE

Visit = Callable[..., Page]
AXE = Path(__file__).parents[2] / "webapp" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SMALLEST = {"width": 320, "height": 640}
TWICE = {"width": 640, "height": 400}  # a desk of 1280 x 800 at 200 % zoom, in CSS pixels
KOTABUMI = "lat=-4.83&lon=104.9"
PAGES = {
    "home": "/",
    "home-here": f"/?{KOTABUMI}",
    "nearest": f"/nearest?{KOTABUMI}&kind=puskesmas",
    "nearest-outside": "/nearest?lat=-6.2&lon=106.8&kind=kantor_camat",
    "nearest-none": f"/nearest?{KOTABUMI}&kind=slb&wheelchair=1&open_now=1",
    "nearest-asks": "/nearest?kind=polisi",
    "search": "/search?q=bukit+kemuning",
    "search-service": "/search?q=ktp",
    "search-none": "/search?q=xqzwvk",
    "layers": "/layers",
    "offices": "/layers/offices",
    "offices-filtered": "/layers/offices?kind=puskesmas&q=kotabumi",
    "roads": "/layers/roads",
    "complaints": "/layers/complaints?sort=-reported_at",
    "performance": "/kinerja?by=agency",
    "news": "/kabar",
    "news-here": f"/kabar?{KOTABUMI}",
    "areas": "/layers/areas?level=desa",
    "internet": "/layers/internet",
    "about-data": "/about/data",
    "about-sample": "/about/sample",
    "office": "/layers/offices/1",
    "map": "/map",
    "ogc": "/ogc/?f=html",
    "ogc-queryables": "/ogc/collections/offices/queryables?f=html",
    "ogc-items": "/ogc/collections/offices/items?f=html&limit=20",
    "english": "/?lang=en",
}
EVERY = pytest.mark.parametrize("name", PAGES)
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
TICKS = "[type=checkbox], [type=radio]"  # whose label is the target
TARGETS = f"main a.button, main button:visible, main input:visible:not({TICKS}), main select, .kinds a, nav a"

pytestmark = pytest.mark.browser


@EVERY
def test_a_page_is_open_to_everybody(visit: Visit, shots: Path, name: str):
    """On a phone and on a desk for screen readers, for thumbs, on the smallest screen and at 200 %."""
    page = visit(PAGES[name], viewport=PHONE, bypass_csp=True)
    page.screenshot(path=shots / f"{name}-phone.png", full_page=True)
    page.add_script_tag(path=AXE)
    assert barriers(page) == []
    assert too_small_to_press(page) == []
    for size in (SMALLEST, TWICE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.set_viewport_size(DESK)
    page.screenshot(path=shots / f"{name}-desk.png", full_page=True)
    assert barriers(page) == []


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    found = page.evaluate("async () => (await axe.run()).violations")
    return [(v["id"], [n["html"] for n in v["nodes"]]) for v in found if v["impact"] in ("serious", "critical")]


def too_small_to_press(page: Page) -> list[tuple[str, float]]:
    boxes = [(target.inner_text(), target.bounding_box()) for target in page.locator(TARGETS).all()]
    return [(words, box["height"]) for words, box in boxes if box and box["height"] < 44]


def test_without_javascript_a_click_on_the_map_finds_the_nearest_office(visit: Visit):
    page = visit("/nearest?kind=puskesmas", viewport=PHONE, java_script_enabled=False)
    page.locator(".chooser input[type=image]:visible").click(position={"x": 160, "y": 150})
    expect(page).to_have_url(re.compile(r"/nearest\?lat=-\d+\.\d{5}&lon=\d+\.\d{5}&kind=puskesmas#jawaban$"))
    expect(page.locator(".near > li")).to_have_count(5)
    page.locator(".near h2 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Puskesmas")
    expect(page.get_by_role("link", name="Rute")).to_be_visible()


def test_without_javascript_every_step_from_search_to_download_is_a_link_or_a_form(visit: Visit):
    page = visit("/", viewport=DESK, java_script_enabled=False)
    page.get_by_placeholder("Desa, tempat, layanan").fill("bukit kemuning")
    page.get_by_role("button", name="Cari", exact=True).click()
    page.get_by_role("link", name=re.compile("Kantor terdekat dari")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana kantor terdekat?")
    page.get_by_label("Jenis kantor").select_option("polisi")
    page.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Di mana polisi terdekat?")
    page.goto("/layers/offices?kind=polisi")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "offices.csv"


def test_the_device_tells_where_it_is_and_the_home_page_answers(visit: Visit):
    place = {"latitude": -4.83, "longitude": 104.9}
    page = visit("/", viewport=PHONE, geolocation=place, permissions=["geolocation"])
    page.get_by_role("button", name="Lokasi saya").click()
    expect(page).to_have_url(re.compile(r"/\?lat=-4\.83000&lon=104\.90000#jawaban$"))
    expect(page.get_by_text("Yang terdekat dari")).to_be_visible()


def test_a_refused_location_is_answered_with_a_way_on(visit: Visit):
    page = visit("/nearest?kind=polisi", viewport=PHONE)
    page.get_by_role("button", name="Lokasi saya").first.click()
    expect(page.locator("[data-locate-status]").first).to_contain_text("pilih titik di peta")


def test_the_keyboard_reaches_the_content_first(visit: Visit):
    page = visit("/", viewport=DESK)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_map_is_zoomed_and_moved_by_links(visit: Visit):
    page = visit("/", viewport=DESK, java_script_enabled=False)
    before = page.locator(".chooser input:visible").get_attribute("src")
    page.get_by_role("link", name="Perbesar").click()
    closer = page.locator(".chooser input:visible").get_attribute("src")
    page.get_by_role("link", name="Ke utara").click()
    north = page.locator(".chooser input:visible").get_attribute("src")
    assert len({before, closer, north}) == 3
    drawn = page.request.get(str(north))
    assert drawn.ok and drawn.headers["content-type"].startswith("image/svg+xml")


@SIZES
def test_the_drawn_map_is_seen_and_its_pins_lie_where_the_offices_are(visit: Visit, size: dict[str, int]):
    page = visit(PAGES["nearest"], viewport=size)
    image = page.locator(".chooser input:visible").bounding_box()
    pins = [pin.bounding_box() for pin in page.locator(".pins .drop").all()]
    assert image and image["width"] >= 280
    assert len(pins) == 5
    for pin in pins:
        assert pin and image["x"] <= pin["x"] + pin["width"] / 2 <= image["x"] + image["width"]
        assert image["y"] <= pin["y"] + pin["height"] <= image["y"] + image["height"] + 1


def test_a_sheet_of_paper_shows_the_answer_without_buttons(visit: Visit, shots: Path):
    page = visit(PAGES["nearest"], viewport=DESK)
    page.emulate_media(media="print")
    page.screenshot(path=shots / "nearest-print.png", full_page=True)
    expect(page.locator(".near h2").first).to_be_visible()
    expect(page.get_by_role("button", name="Terapkan")).to_be_hidden()
    expect(page.locator(".tools")).to_be_hidden()
