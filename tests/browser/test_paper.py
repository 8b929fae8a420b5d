"""The interactive map on paper, by its own button and by the browser's command."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from tests.browser.test_map import SLOW_MS, opened

Visit = Callable[..., Page]


def test_the_map_prints_as_one_a4_sheet_with_title_legend_scale_day_and_sources(
    visit: Visit, tmp_path: Path, shots: Path
) -> None:
    page = visit("/map#map=10/-4.8/104.85&layers=offices,roads,areas")
    page.evaluate("window.print = () => {}")
    opened(page).get_by_role("button", name="Cetak").click()
    expect(page.locator("body.map-printing .map-sheet img")).to_be_attached(timeout=SLOW_MS)
    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    sheet = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")
    assert len(sheet) == 1
    assert [round(points / 72 * 25.4) for points in sheet[0].get_size()] == [210, 297]
    words = sheet[0].get_textpage().get_text_range()
    for part in ("Kabupaten Lampung Utara", "Puskesmas", "Jalan nasional", "Skala sekitar 1 :", "Sumber data:"):
        assert part in words
    assert str(date.today().year) in words
    assert "Memuat data contoh (karangan), bukan hanya data sebenarnya." in words
    drawn = sheet[0].render(scale=2).to_pil()
    drawn.save(shots / "map-a4.png")
    middle = drawn.crop((200, 250, 900, 850)).convert("RGB")
    assert len(middle.getcolors(maxcolors=1_000_000)) > 500  # a map, not a blank canvas


def test_the_browsers_own_print_command_gives_the_sheet_too(visit: Visit, tmp_path: Path, shots: Path) -> None:
    page = opened(visit("/map#map=10/-4.8/104.85&layers=offices,roads,areas"))
    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    sheet = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")
    assert len(sheet) == 1
    assert [round(points / 72 * 25.4) for points in sheet[0].get_size()] == [210, 297]
    words = sheet[0].get_textpage().get_text_range()
    for part in ("Kabupaten Lampung Utara", "Puskesmas", "Jalan nasional", "Skala sekitar 1 :", str(date.today().year)):
        assert part in words
    drawn = sheet[0].render(scale=2).to_pil()
    drawn.save(shots / "map-a4-own.png")
    assert len(drawn.crop((200, 200, 900, 600)).convert("RGB").getcolors(maxcolors=1_000_000)) > 500
    expect(page.locator(".map-sheet")).to_have_count(0)  # put away when the printing is over
