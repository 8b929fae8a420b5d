"""The planner's desk in Chromium: chosen in one place, chosen in all; the swipe by keyboard; all without a script."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from layers import db
from layers.records import sessions
from layers.records.actors import Grant
from tests.browser.conftest import PHONE
from tests.browser.test_people import looked_at
from tests.webapp.staff import hire

OWN = "/perencana?kelas=sendiri&batas=15;30"
SWIPE = "/perencana?tampilan=geser&kind=sma"

pytestmark = pytest.mark.browser


@pytest.fixture
def engine(sample_url: str) -> Iterator[Engine]:
    engine = db.connect(sample_url)
    yield engine
    engine.dispose()


@pytest.fixture
def planner(visit: Callable[..., Page], engine: Engine, address: str) -> Callable[..., Page]:
    """Open a page as a planner."""

    def sit(path: str, **options: object) -> Page:
        with engine.begin() as connection:
            token = sessions.begin(connection, "Uji", hire(connection, Grant("planner")))
        page = visit("/about/sample", bypass_csp=True, **options)
        page.context.add_cookies([{"name": "session", "value": token, "url": address}])
        page.goto(path)
        return page

    return sit


def shown(page: Page, selector: str) -> set[str]:
    """The codes of villages that are seen in a part of the page."""
    return set(page.eval_on_selector_all(selector, "found => found.map(one => one.dataset.code ?? one.dataset.mark)"))


def test_what_is_chosen_in_one_place_is_chosen_in_all_and_stays_in_the_address(
    planner: Callable[..., Page], shots: Path
) -> None:
    page = planner(OWN)
    looked_at(page, shots, "planning")
    everything = shown(page, "tbody tr:not([hidden])")
    page.locator(".bars a[data-mark=a1]").click()
    expect(page).to_have_url(re.compile("pilih=a1"))
    chosen = shown(page, "tbody tr:not([hidden])")
    assert chosen and chosen < everything
    assert shown(page, ".villages a.picked") == chosen
    expect(page.get_by_role("status")).to_contain_text(f"Dipilih: {len(chosen)} desa")
    page.reload()
    assert shown(page, "tbody tr:not([hidden])") == chosen
    page.get_by_role("link", name="Hapus pilihan").click()
    assert shown(page, "tbody tr:not([hidden])") == everything
    village = page.locator(".villages a").first
    code = village.get_attribute("data-mark")
    village.dispatch_event("click")
    assert shown(page, "tbody tr:not([hidden])") == {code}
    expect(page.locator(".bars .held:not([width='0%']):not([width='0.0%'])").first).to_be_attached()


def test_the_border_between_dry_and_wet_moves_by_keyboard(planner: Callable[..., Page], shots: Path) -> None:
    page = planner(SWIPE)
    looked_at(page, shots, "planning-swipe")
    wet = page.locator(".side").nth(1).locator(".sheet")
    border = page.get_by_label("Kering di kiri, hujan di kanan: geser batasnya")
    before = wet.evaluate("element => getComputedStyle(element).clipPath")
    border.press("End")
    expect(border).to_have_value("100")
    assert wet.evaluate("element => getComputedStyle(element).clipPath") != before


def test_without_a_script_both_maps_stand_below_each_other_and_bars_are_links(planner: Callable[..., Page]) -> None:
    page = planner(SWIPE, java_script_enabled=False, viewport=PHONE)
    expect(page.locator("input[type=range]")).to_be_hidden()
    upper, lower = (page.locator(".side").nth(n).bounding_box() for n in (0, 1))
    assert upper and lower and lower["y"] >= upper["y"] + upper["height"]
    bar = page.locator(".bars a[data-mark=b0]")
    number = re.search(r": (\d+) desa", bar.get_attribute("aria-label") or "")
    bar.click()
    expect(page).to_have_url(re.compile("pilih=b0"))
    expect(page.locator("tbody tr:visible")).to_have_count(int(number[1]) if number else -1)


def test_on_a_phone_the_button_that_works_a_scenario_out_is_in_sight_above_the_bar_while_its_list_is_read(
    planner: Callable[..., Page], shots: Path
) -> None:
    page = planner("/skenario", viewport=PHONE, java_script_enabled=False)
    button, bar = page.get_by_role("button", name="Hitung", exact=True), page.locator(".main-nav")
    for row in (0, 8):
        page.locator(".what-if tbody tr").nth(row).scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=1)
        page.screenshot(path=shots / f"scenario-{row}.png")
        button_box, bar_box = button.bounding_box(), bar.bounding_box()
        assert button_box and bar_box
        assert button_box["y"] + button_box["height"] <= bar_box["y"]
