"""On a phone no box cuts the words that it holds, and no heading of a table is squeezed into a column."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE

HERE = "lat=-4.83&lon=104.9"
PAGES = {"nearest": f"/nearest?{HERE}&kind=puskesmas", "way": f"/nearest/way?{HERE}&office=1", "reach": "/jangkauan"}
# Of the services some have titles longer than a phone is wide: what is chosen there stands in the heading too.
CUT = """() => [...document.querySelectorAll("main select:not([name=service])")].flatMap((box) => {
  const free = box.cloneNode(true);
  free.style.width = "max-content";  // as wide as the longest of its words
  box.after(free);
  const needed = free.getBoundingClientRect().width;
  free.remove();
  return needed > box.getBoundingClientRect().width ? [[box.name, needed]] : [];
})"""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", PAGES)
def test_a_box_shows_the_whole_of_whatever_is_chosen(visit: Callable[..., Page], shots: Path, name: str) -> None:
    page = visit(PAGES[name], viewport=PHONE, bypass_csp=True)
    page.screenshot(path=shots / f"words-{name}.png", full_page=True)
    assert page.locator("main select").count() >= 2
    assert page.evaluate(CUT) == []


def test_the_heading_of_a_table_has_the_width_of_the_page(visit: Callable[..., Page], shots: Path) -> None:
    page = visit("/internet", viewport=PHONE)
    page.screenshot(path=shots / "words-internet.png", full_page=True)
    box = page.locator("#tabel > caption").bounding_box()
    assert box is not None
    assert box["width"] > 300
