"""A citizen reports: on a phone with its location and a photo, and in secret without JavaScript."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_screens import AXE, barriers

Visit = Callable[..., Page]
KOTABUMI = {"latitude": -4.83, "longitude": 104.9}
CODE = re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$")

pytestmark = pytest.mark.browser


def open_to_everybody(page: Page) -> None:
    page.add_script_tag(path=AXE)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Lanjut", exact=True).click()


def describe(page: Page, visibility: str) -> None:
    """Answer what comes after the place."""
    page.get_by_label("Yang ada di dekatnya").fill("depan masjid")
    go_on(page)
    page.get_by_role("link", name="Layanan kantor").click()
    page.get_by_text("Antrean terlalu lama").click()
    go_on(page)
    if page.url.endswith("/serupa"):
        page.get_by_role("button", name="Bukan, masalah saya lain").click()
    page.get_by_label("Ceritakan masalahnya").fill("Antrean dari subuh, loket hanya satu.")
    go_on(page)
    page.get_by_role("radio", name=visibility).check()
    go_on(page)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sudah benar semua?")
    expect(page.get_by_text("Antrean dari subuh")).to_be_visible()


def test_a_citizen_reports_with_a_photo_from_the_phone(visit: Visit, tmp_path: Path, shots: Path):
    Image.effect_noise((3000, 2000), 80).convert("RGB").save(tmp_path / "lubang.jpg", quality=92)
    page = visit("/", viewport=PHONE, geolocation=KOTABUMI, permissions=["geolocation"], bypass_csp=True)
    page.get_by_role("link", name="Lapor", exact=True).click()
    expect(page.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    open_to_everybody(page)
    page.get_by_role("button", name="Mulai melapor").click()
    page.get_by_role("button", name="Lokasi saya sekarang").click()
    page.get_by_role("button", name="Ya, lanjut").click()
    describe(page, "Semua orang Laporan tampil")
    open_to_everybody(page)
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.locator(".code")).to_have_text(CODE)
    number = page.get_by_text(re.compile(r"^LP-\d{4}-\d{6}$")).inner_text()
    with page.expect_request("**/laporan/saya/foto") as upload:
        page.locator("input[type=file]").set_input_files(tmp_path / "lubang.jpg")
    expect(page.get_by_text("Foto terkirim")).to_be_visible()
    assert int(upload.value.all_headers()["content-length"]) < 700_000 < (tmp_path / "lubang.jpg").stat().st_size
    page.screenshot(path=shots / "receipt-phone.png", full_page=True)
    open_to_everybody(page)
    page.get_by_role("button", name="Sudah saya catat").click()
    expect(page.locator(".pictures img")).to_have_count(1)
    open_to_everybody(page)
    page.goto(f"/laporan/{number}")
    expect(page.get_by_text("hari kerja lagi")).to_be_visible()
    expect(page.locator(".pictures img")).to_have_count(0)
    page.screenshot(path=shots / "case-phone.png", full_page=True)
    open_to_everybody(page)


def test_a_citizen_reports_in_secret_without_javascript_and_comes_back_with_the_code(visit: Visit, shots: Path):
    page = visit("/lapor", viewport=DESK, java_script_enabled=False)
    page.get_by_role("button", name="Mulai melapor").click()
    page.locator(".chooser input[type=image]:visible").click(position={"x": 300, "y": 260})
    page.get_by_role("button", name="Ya, lanjut").click()
    describe(page, "Hanya petugas (rahasia)")
    page.get_by_role("button", name="Kirim laporan").click()
    code = page.locator(".code").inner_text()
    number = page.get_by_text(re.compile(r"^LP-\d{4}-\d{6}$")).inner_text()
    page.get_by_role("button", name="Sudah saya catat").click()
    page.get_by_role("button", name="Tutup laporan saya").click()
    assert page.request.get(f"/laporan/{number}").status == 404
    page.get_by_label("Kode lacak").fill(code.lower())
    page.get_by_role("button", name="Buka laporan saya").click()
    expect(page.get_by_text("Antrean dari subuh")).to_be_visible()
    assert code not in page.url and code not in page.content()
    page.screenshot(path=shots / "own-desk.png", full_page=True)
    page.get_by_label("Alasan mencabut").fill("Sudah dilayani")
    page.get_by_role("button", name="Cabut laporan").click()
    expect(page.get_by_text("Dicabut").first).to_be_visible()
