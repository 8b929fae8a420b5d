"""A citizen reports: on a phone with its location and a photo, and in secret without JavaScript."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_screens import AXE, barriers
from tests.layers.records.pictures import exif

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


def test_over_a_bad_line_each_photo_comes_once_and_tells_the_place_that_only_its_village_was_known_of(
    address: str, chromium: Browser, tmp_path: Path, shots: Path
):
    for name in ("hilang.jpg", "lubang.jpg"):
        noise = Image.effect_noise((1600, 1200), 80).convert("RGB")
        noise.save(tmp_path / name, quality=92, exif=exif())
    context = chromium.new_context(base_url=address, viewport=PHONE, locale="id-ID")
    page = context.new_page()
    page.goto("/lapor")
    page.get_by_role("button", name="Mulai melapor").click()
    page.get_by_text("Atau pilih desa dari daftar").click()
    page.get_by_label("Desa atau kelurahan").select_option(index=1)
    page.get_by_role("button", name="Pakai desa ini").click()
    describe(page, "Semua orang Laporan tampil")
    expect(page.get_by_text("titik perkiraan")).to_be_visible()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.locator(".code")).to_have_text(CODE)
    number = page.get_by_text(re.compile(r"^LP-\d{4}-\d{6}$")).inner_text()
    page.evaluate(UNREADABLE)
    page.route("**/laporan/saya/foto", lose_the_answer, times=1)
    page.locator("input[type=file]").set_input_files([tmp_path / "hilang.jpg", tmp_path / "lubang.jpg"])
    expect(page.get_by_text("Foto terkirim")).to_have_count(2)
    page.screenshot(path=shots / "receipt-offer-phone.png", full_page=True)
    with page.expect_popup() as beside:
        page.get_by_role("link", name="Pakai lokasi foto ini?").last.click()
    page = beside.value
    expect(page.get_by_role("heading", name="Pakai lokasi foto ini?")).to_be_visible()
    page.screenshot(path=shots / "offer-phone.png", full_page=True)
    page.get_by_role("button", name="Ya, masalahnya di sini").click()
    expect(page.locator("#foto ~ .pictures img")).to_have_count(2)
    expect(page.get_by_text("titik perkiraan")).to_have_count(0)
    page.goto(f"/laporan/{number}")
    expect(page.get_by_text("titik perkiraan")).to_have_count(0)
    context.close()


# The first photo goes away before its bytes are read again, as when a phone's gallery forgets it.
UNREADABLE = """
() => {
  const read = File.prototype.arrayBuffer;
  File.prototype.arrayBuffer = function () {
    return this.name === "hilang.jpg" ? Promise.reject(new DOMException("", "NotReadableError")) : read.call(this);
  };
}
"""


def lose_the_answer(route: Route) -> None:
    """Let the server take what was sent, and the phone hear nothing of it."""
    route.fetch()
    route.abort()


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
    page.locator("summary", has_text="Cabut laporan").click()
    page.get_by_label("Alasan mencabut").fill("Sudah dilayani")
    page.get_by_role("button", name="Cabut laporan").click()
    expect(page.get_by_text("Dicabut").first).to_be_visible()
