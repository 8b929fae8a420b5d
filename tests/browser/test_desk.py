"""A case at the desks: a verifier's morning, a repair, a checker's refusal and consent, a citizen's dispute."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, text

from layers import db
from layers.complaints.acts import Submission, submit
from layers.complaints.tracking import give_code
from layers.records.actors import VISITOR
from tests.browser.conftest import PHONE
from tests.browser.test_people import looked_at
from tests.layers.records.pictures import picture, sent

Visit = Callable[..., Page]

pytestmark = pytest.mark.browser


@pytest.fixture
def engine(sample_url: str) -> Iterator[Engine]:
    engine = db.connect(sample_url)
    yield engine
    engine.dispose()


@pytest.fixture
def number(engine: Engine) -> Iterator[str]:
    """A complaint of a word that no other one holds; gone when the test ends."""
    with engine.begin() as connection:
        lon, lat = connection.execute(text("select st_x(geom), st_y(geom) from complaint limit 1")).one()
        told = f"Lubang {token_hex(3)} di tikungan"
        made = submit(connection, VISITOR, Submission(uuid4(), "jalan_berlubang", lon, lat, told))
    yield made.number
    with engine.begin() as connection:
        connection.execute(text("delete from complaint where id = :id"), {"id": made.complaint_id})


@pytest.fixture
def code(engine: Engine, data_dir: Path, number: str) -> str:
    """The code that its reporter was given."""
    with engine.begin() as connection:
        complaint = connection.execute(text("select id from complaint where number = :n"), {"n": number}).scalar_one()
        return give_code(connection, data_dir, complaint)


def press(page: Page, act: str) -> None:
    page.get_by_role("button", name=act).click()
    expect(page.get_by_role("status")).to_have_text("Tersimpan.")


def send_photo(officer: Page, photo: Path, number: int) -> None:
    officer.get_by_label("Tambahkan foto hasil").set_input_files(photo)
    officer.get_by_role("button", name="Kirim foto").click()
    expect(officer.locator(".shots li")).to_have_count(number)


def call_done(officer: Page, words: str) -> None:
    officer.locator("#ke-pending_check").get_by_label("Jawaban untuk umum").fill(words)
    press(officer, "Selesai, minta diperiksa")


def dispute(citizen: Page, code: str, shots: Path) -> None:
    citizen.get_by_label("Kode lacak").fill(code)
    citizen.get_by_role("button", name="Buka laporan saya").click()
    looked_at(citizen, shots, "own-resolved")
    citizen.get_by_label("Apa yang belum beres").fill("Hujan kemarin, lubang lagi")
    citizen.get_by_role("button", name="Belum selesai").click()
    expect(citizen.get_by_text("Diproses").first).to_be_visible()


def black_out_by_dragging(verifier: Page, number: str, shots: Path) -> None:
    """Drag over the left half of the photo: it is black afterwards, the rest is not."""
    verifier.goto(f"/meja/{number}")
    verifier.get_by_role("link", name="Hitamkan").click()
    photo = verifier.locator(".blacken").bounding_box()
    assert photo
    left, top, width, height = photo["x"], photo["y"], photo["width"], photo["height"]
    verifier.mouse.move(left, top)
    verifier.mouse.down()
    verifier.mouse.move(left + width / 4, top + height / 2)
    verifier.mouse.move(left + width / 2, top + height - 1)
    verifier.mouse.up()
    expect(verifier.get_by_label("Kanan (persen)").first).to_have_value("50.0")
    looked_at(verifier, shots, "desk-black")
    verifier.get_by_role("button", name="Hitamkan dan hapus yang asli").click()
    expect(verifier.locator("#foto")).to_be_visible()
    address = verifier.locator(".shots a").first.get_attribute("href") or ""
    with Image.open(BytesIO(verifier.request.get(address).body())) as kept:
        assert max(kept.getpixel((10, 30))) < 12 < max(kept.getpixel((70, 30)))  # type: ignore[arg-type]


def test_a_call_is_written_down_while_what_is_known_shows_and_its_caller_joins_in_one_press(
    seat: Callable[..., Page], number: str, engine: Engine, shots: Path
) -> None:
    with engine.connect() as connection:
        asked = text("select village_code from complaint where number = :n")
        village = str(connection.scalar(asked, {"n": number}))
    agent = seat("agent", "/meja/catat", viewport=PHONE)
    agent.get_by_label("Telepon", exact=True).check()
    agent.get_by_label("Masalah apa?").select_option("jalan_berlubang")
    agent.get_by_label("Di desa mana?").select_option(village)
    known = agent.locator("#serupa li", has_text=number)
    expect(known).to_be_visible()
    looked_at(agent, shots, "desk-call")
    known.get_by_role("button", name="Ikutkan ke sini").click()
    expect(agent.get_by_role("status")).to_contain_text(number)


def write_a_note_beside_a_title(verifier: Page) -> None:
    """Keep a note while a title stands in another form: it is still there afterwards."""
    verifier.get_by_label("Judul untuk umum").fill("Lubang di tikungan")
    verifier.locator("summary", has_text="Tulis catatan petugas").click()
    verifier.get_by_label("Catatan, hanya untuk petugas").fill("Sudah ditelepon")
    verifier.get_by_role("button", name="Simpan").click()
    expect(verifier.get_by_role("status")).to_have_text("Tersimpan.")
    expect(verifier.get_by_label("Catatan, hanya untuk petugas")).to_have_value("")
    expect(verifier.get_by_label("Judul untuk umum")).to_have_value("Lubang di tikungan")


def send_photo_beside_a_plan(officer: Page, photo: Path) -> None:
    """Send a photo while words stand in the form of another step: they stay in it, and enter no other."""
    plan = officer.locator("details", has=officer.locator("#ke-scheduled"))
    plan.locator("summary").click()
    plan.get_by_label("Keterangan untuk umum").fill("Menunggu aspal")
    send_photo(officer, photo, 1)
    expect(plan).to_have_attribute("open", "")
    expect(plan.get_by_label("Keterangan untuk umum")).to_have_value("Menunggu aspal")
    expect(officer.locator("#ke-pending_check").get_by_label("Jawaban untuk umum")).to_have_value("")


def test_a_repair_is_done_refused_done_again_accepted_and_disputed(
    seat: Callable[..., Page], visit: Visit, number: str, code: str, shots: Path, tmp_path: Path
) -> None:
    verifier = seat("verifier", f"/meja?q={number}")
    looked_at(verifier, shots, "desk-received")
    write_a_note_beside_a_title(verifier)
    verifier.get_by_role("button", name="Tampilkan").click()
    press(verifier, "Serahkan ke dinas")

    officer = seat("officer", f"/meja/{number}", viewport=PHONE)
    press(officer, "Mulai mengerjakan")
    looked_at(officer, shots, "desk-officer")
    photo = tmp_path / "hasil.jpg"
    photo.write_bytes(sent("JPEG", picture((80, 60))))
    send_photo_beside_a_plan(officer, photo)
    black_out_by_dragging(verifier, number, shots)
    officer.goto(f"/meja/{number}")
    call_done(officer, "Sudah ditambal")

    checker = seat("checker", f"/meja/{number}", java_script_enabled=False)
    checker.locator("summary", has_text="Belum baik").click()
    checker.locator("#ke-in_progress").get_by_label("Alasan").fill("Tambalan sudah lepas")
    press(checker, "Belum baik, kembalikan untuk diperbaiki")

    officer.goto(f"/meja/{number}")
    expect(officer.locator("ol.trail")).to_contain_text("Tambalan sudah lepas")
    send_photo(officer, photo, 2)
    call_done(officer, "Ditambal ulang")
    checker.goto(f"/meja/{number}")
    press(checker, "Hasilnya baik, selesaikan")
    expect(checker.locator(".tag").first).to_have_text("Selesai")

    citizen = visit("/laporan/kode", viewport=PHONE, bypass_csp=True)
    dispute(citizen, code, shots)
    officer.goto(f"/meja/{number}")
    expect(officer.locator("ol.trail")).to_contain_text("Hujan kemarin, lubang lagi")


def test_the_queue_meets_no_barrier_and_keys_lead_from_case_to_case(
    seat: Callable[..., Page], number: str, shots: Path
) -> None:
    verifier = seat("verifier", "/meja")
    looked_at(verifier, shots, "desk-queue")
    verifier.locator("summary", has_text="Untuk semua yang dicentang").click()
    looked_at(verifier, shots, "desk-many")
    verifier.locator(".queue th a").first.click()
    verifier.wait_for_url(lambda url: "/meja/" in url)
    first = verifier.url
    verifier.keyboard.press("j")
    verifier.wait_for_url(lambda url: url != first)
    looked_at(verifier, shots, "desk-case")
    verifier.keyboard.press("k")
    verifier.wait_for_url(first)
