"""Readers with large text: the map to click on is whole, and its marks lie where they should."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

MEASURED = """() => {
  const [image] = [...document.querySelectorAll(".chooser input[type=image]")].filter(each => each.offsetWidth);
  const sheet = document.querySelector(".chooser").getBoundingClientRect();
  const { left, top, width, height } = image.getBoundingClientRect();
  return [[left, top, width, height], [sheet.left, sheet.top, sheet.width, sheet.height], image.width];
}"""


@pytest.mark.browser
@pytest.mark.parametrize("font", [16, 32])
@pytest.mark.parametrize("width", [320, 344, 360, 500, 800, 1000, 1280, 1920])
def test_the_map_to_click_on_is_whole_at_its_own_size(visit: Callable[..., Page], width: int, font: int) -> None:
    page = visit("/", viewport={"width": width, "height": 800})
    client = page.context.new_cdp_session(page)
    client.send("Page.setFontSizes", {"fontSizes": {"standard": font, "fixed": font}})
    page.reload()
    image, sheet, natural = page.evaluate(MEASURED)
    assert image == pytest.approx(sheet, abs=0.6)
    assert image[2] == natural
    assert page.evaluate("document.documentElement.scrollWidth") <= width
