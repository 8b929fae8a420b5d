"""Places suggested while somebody types where they are."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from scripts.setup import frontend
from tests.browser.conftest import PHONE

Visit = Callable[..., Page]
NO_NETWORK = """() => {
    window.fetch = async () => { document.documentElement.dataset.tried = ""; throw new TypeError("no network"); };
}"""


def typing(visit: Visit, letters: str, **options: object) -> Page:
    page = visit("/nearest?kind=polisi", viewport=PHONE, **options)
    field_of(page).press_sequentially(letters)
    return page


def field_of(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Nama desa atau tempat")


def offered(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def test_arrow_keys_and_enter_choose_a_place_and_the_page_opens_at_its_answer(visit: Visit, shots: Path) -> None:
    page = typing(visit, "bukit kem")
    field = field_of(page)
    expect(field).to_have_attribute("aria-expanded", "true")
    page.screenshot(path=shots / "suggest-360.png")
    field.press("ArrowDown")
    chosen = page.get_by_role("listbox").get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Bukit Kemuning")
    expect(field).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    field.press("Enter")
    expect(page).to_have_url(
        re.compile(r"/nearest\?kind=polisi&q=Bukit\+Kemuning&lat=-4\.\d{5}&lon=104\.\d{5}#jawaban$")
    )
    expect(page.locator(".near h2").first).to_be_in_viewport()


def test_escape_closes_the_list_and_keeps_what_was_typed(visit: Visit) -> None:
    page = typing(visit, "bukit")
    expect(offered(page).first).to_be_visible()
    field_of(page).press("Escape")
    expect(offered(page)).to_have_count(0)
    expect(field_of(page)).to_have_value("bukit")


def test_a_place_is_chosen_by_touch(visit: Visit) -> None:
    page = typing(visit, "bukit kem", has_touch=True)
    offered(page).first.tap()
    expect(page).to_have_url(re.compile("lat=.*lon=.*#jawaban"))


def test_several_letters_in_a_row_ask_once(visit: Visit) -> None:
    asked: list[str] = []
    page = visit("/nearest?kind=polisi")
    page.on("request", lambda request: asked.append(request.url) if "/api/search" in request.url else None)
    field_of(page).press_sequentially("kotabumi")
    expect(offered(page).first).to_be_visible()
    assert len(asked) == 1


def test_without_a_network_the_field_is_as_before(visit: Visit) -> None:
    page = visit("/nearest?kind=polisi")
    page.evaluate(NO_NETWORK)
    field_of(page).press_sequentially("bukit kemuning")
    expect(page.locator("html[data-tried]")).to_be_attached()
    expect(offered(page)).to_have_count(0)
    field_of(page).press("Enter")
    expect(page.locator(".near > li").first).to_be_visible()


def test_axe_finds_nothing_serious_in_the_open_list(visit: Visit) -> None:
    page = typing(visit, "bukit", bypass_csp=True)
    expect(offered(page).first).to_be_visible()
    page.add_script_tag(path=frontend.SOURCE / "node_modules" / "axe-core" / "axe.min.js")
    found = page.evaluate("axe.run()")["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == []
