"""Staff and their accounts: the first administrator, a verifier on a desk and on a phone, somebody locked out."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from layers import db
from layers.records import tries
from layers.records.visits import forget
from tests.browser.conftest import DESK, PHONE, served
from tests.browser.test_screens import AXE, SMALLEST, TWICE, barriers, too_small_to_press
from tests.scripts.test_admin import admin
from tests.webapp.accounts.conftest import SENTENCE, code

Visit = Callable[..., Page]

pytestmark = pytest.mark.browser


@pytest.fixture
def engine(sample_url: str) -> Engine:
    engine = db.connect(sample_url)
    with engine.begin() as connection:
        forget(connection)
    return engine


@pytest.fixture
def strict(chromium: Browser, address: str, engine: Engine, built: None) -> Iterator[Page]:
    """A browser of somebody whom the server refuses something, which browsers call an error."""
    context = chromium.new_context(base_url=address, viewport=DESK, locale="id-ID", bypass_csp=True)
    yield context.new_page()
    context.close()


def first_link(engine: Engine, address: str, email: str) -> str:
    """The link that scripts/admin tells."""
    with engine.begin() as connection:
        return admin(connection, "people", "administrator", email, "Ayu Pertama", "--address", address)[-1]


def looked_at(page: Page, shots: Path, name: str) -> None:
    """Nobody meets a barrier, and nothing runs off the side; the picture is for people."""
    page.add_script_tag(path=AXE)
    for size, where in ((PHONE, "phone"), (DESK, "desk")):
        page.set_viewport_size(size)
        assert barriers(page) == []
        assert too_small_to_press(page) == []
        page.screenshot(path=shots / f"people-{name}-{where}.png", full_page=True)
    for size in (SMALLEST, TWICE):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.set_viewport_size(DESK)


def set_password(page: Page, password: str = SENTENCE) -> None:
    page.get_by_label("Kata sandi baru").fill(password)
    page.get_by_label("Sekali lagi").fill(password)
    page.get_by_role("button", name="Simpan").click()


def give_password(page: Page, email: str) -> None:
    page.get_by_label("Alamat e-mail").fill(email)
    page.get_by_label("Kata sandi").fill(SENTENCE)
    page.get_by_role("button", name="Lanjut").click()


def set_up(page: Page) -> str:
    """Set the second factor up as an app would; gives what the app keeps."""
    page.get_by_text("Tidak dapat memindai?").click()
    letters = page.locator(".letters").inner_text()
    page.get_by_label("Enam angka").fill(code(letters))
    page.get_by_role("button", name="Lanjut").click()
    expect(page.locator(".codes li")).to_have_count(10)
    return letters


def take_office(page: Page, shots: Path, email: str) -> None:
    """From the link of scripts/admin to one's own account."""
    looked_at(page, shots, "password")
    set_password(page)
    looked_at(page, shots, "sign-in")
    give_password(page, email)
    page.get_by_text("Tidak dapat memindai?").click()
    looked_at(page, shots, "set-up")
    page.get_by_text("Tidak dapat memindai?").click()
    set_up(page)
    looked_at(page, shots, "recovery-codes")
    page.get_by_role("link", name="Sudah saya simpan").click()


def invite(page: Page, shots: Path, email: str) -> str:
    """Invite a verifier for one kecamatan; gives the link that is shown once."""
    page.get_by_role("link", name="Kelola akun").click()
    page.get_by_role("link", name="Undang petugas").click()
    page.get_by_label("Nama").fill("Budi Verifikator")
    page.get_by_label("Alamat e-mail").fill(email)
    page.get_by_label("Peran").select_option("verifier")
    page.get_by_label("Di wilayah").select_option(label="Kec. Bukit Kemuning")
    looked_at(page, shots, "invite")
    page.get_by_role("button", name="Buat akun").click()
    looked_at(page, shots, "link")
    return page.locator("a.letters").inner_text()


def test_the_first_administrator_invites_a_verifier_who_signs_in_twice_and_ends_one(
    visit: Visit, engine: Engine, address: str, shots: Path
) -> None:
    boss = visit(first_link(engine, address, "ayu@uji.example"), bypass_csp=True)
    take_office(boss, shots, "ayu@uji.example")
    budi = visit(invite(boss, shots, "budi@uji.example"), java_script_enabled=False)
    boss.get_by_role("link", name="Sudah saya kirim").click()
    looked_at(boss, shots, "one")
    boss.goto("/admin/accounts")
    looked_at(boss, shots, "list")

    set_password(budi)
    give_password(budi, "budi@uji.example")
    letters = set_up(budi)
    budi.get_by_role("link", name="Sudah saya simpan").click()
    expect(budi.locator(".plainly")).to_have_text("Verifikator (semua OPD, Bukit Kemuning)")

    phone = visit("/account", viewport=PHONE, bypass_csp=True)
    give_password(phone, "budi@uji.example")
    looked_at(phone, shots, "second-factor")
    phone.get_by_label("Enam angka").fill(code(letters, 1))
    phone.get_by_role("button", name="Masuk").click()
    expect(phone.locator(".sessions li")).to_have_count(2)
    looked_at(phone, shots, "own")
    phone.get_by_role("button", name=re.compile("^Akhiri Chrome")).click()
    expect(phone.locator(".sessions li")).to_have_count(1)
    budi.goto("/account")
    expect(budi.get_by_role("heading", level=1)).to_have_text("Masuk sebagai petugas")


def test_somebody_who_guesses_is_locked_out_in_words(strict: Page, shots: Path) -> None:
    strict.goto("/account/sign-in")
    for _ in range(tries.OF_ACCOUNT):
        give_password(strict, "siapa@uji.example")
        expect(strict.get_by_role("alert")).to_have_text("Alamat e-mail atau kata sandi salah.")
    give_password(strict, "siapa@uji.example")
    expect(strict.get_by_role("alert")).to_contain_text("Tunggu 15 menit")
    looked_at(strict, shots, "locked")


def test_a_page_on_another_port_signs_nobody_out(strict: Page, engine: Engine, address: str) -> None:
    """It is the same site to cookies, which know no ports; only where the form comes from tells it apart."""
    strict.goto(first_link(engine, address, "eka@uji.example"))
    set_password(strict)
    give_password(strict, "eka@uji.example")
    set_up(strict)
    with served(luring(address)) as elsewhere:
        strict.goto(elsewhere)
        strict.get_by_role("button", name="Hadiah").click()
        expect(strict.get_by_text("tidak datang dari halaman kami")).to_be_visible()
    strict.goto("/account")
    expect(strict.get_by_role("heading", level=1)).to_have_text("Ayu Pertama")


def luring(address: str) -> WSGIApplication:
    """A site whose button sends a form to ours."""
    form = f'<form method="post" action="{address}/account/sign-out"><button>Hadiah</button></form>'

    def answer(_environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html")])
        return [form.encode()]

    return answer
