"""An administrator draws the area of a rule with a finger on a phone, and sees it before anything is kept."""

from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from layers import db
from tests.browser.conftest import PHONE
from tests.browser.test_people import looked_at

pytestmark = pytest.mark.browser

CORNERS = [(0.4, 0.3), (0.6, 0.35), (0.5, 0.6)]  # parts of the width and height of the map


@pytest.fixture
def area(sample_url: str) -> Iterator[str]:
    """A name for an area; its rule is gone when the test ends."""
    named = f"Pasar {token_hex(3)}"
    yield named
    engine = db.connect(sample_url)
    with engine.begin() as connection:
        connection.execute(text("delete from complaint_route where area_name = :n"), {"n": named})
    engine.dispose()


def test_corners_that_are_pressed_one_by_one_become_the_area_of_a_rule(
    seat: Callable[..., Page], area: str, shots: Path
) -> None:
    page = seat("administrator", "/admin/aturan/rute/baru", viewport=PHONE)
    page.get_by_label("Urutan").fill("900")
    page.locator("summary", has_text="kawasan yang digambar").click()
    page.get_by_label("Nama kawasan").fill(area)
    for at, (across, down) in enumerate(CORNERS, 1):
        ground = page.locator("input[type=image]:visible")
        box = ground.bounding_box()
        assert box
        ground.click(position={"x": box["width"] * across, "y": box["height"] * down})
        expect(page.locator(".pins .spot")).to_have_count(at)
    expect(page.locator(".shapes path.filled").last).to_be_attached()
    looked_at(page, shots, "rule-area")
    page.get_by_label("Dinas", exact=True).select_option("pupr")
    page.get_by_label("Alasan untuk umum", exact=True).fill("Pasar ini diurus PUPR.")
    page.get_by_label("Alasan untuk umum, dalam bahasa Inggris").fill("Public works cares for this market.")
    page.get_by_label("Seberapa pasti").select_option("M")
    page.get_by_role("button", name="Simpan").last.click()
    row = page.get_by_role("row", name=area)
    expect(row).to_be_visible()
    row.get_by_role("link").click()
    expect(page.get_by_label("Nama kawasan")).to_have_value(area)
    expect(page.locator(".pins .spot")).to_have_count(len(CORNERS))
