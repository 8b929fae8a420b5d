"""An officer surveys a road on a phone without JavaScript; an administrator changes a rule; both can read all of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine, text

from layers import db
from layers.records.actors import Role
from tests.browser.conftest import PHONE
from tests.browser.test_people import looked_at
from tests.layers.records.pictures import picture, sent

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Road:
    """A road of asphalt with a name of its own."""

    id: int
    name: str
    condition: str


@pytest.fixture
def engine(sample_url: str) -> Iterator[Engine]:
    engine = db.connect(sample_url)
    yield engine
    engine.dispose()


@pytest.fixture
def road(engine: Engine) -> Road:
    asked = (
        "select min(id) as id, name, min(condition) as condition from road"
        " where surface = 'aspal' and length_m > 500 and name is not null group by name having count(*) = 1 limit 1"
    )
    with engine.connect() as connection:
        row = connection.execute(text(asked)).one()
    return Road(row.id, row.name, row.condition)


@pytest.fixture
def phone(chromium: Browser, address: str, token: Callable[[Role], str]) -> Iterator[Page]:
    """An officer's phone, whose browser runs no script."""
    context = chromium.new_context(base_url=address, viewport=PHONE, locale="id-ID", java_script_enabled=False)
    context.add_cookies([{"name": "session", "value": token("officer"), "url": address}])
    yield context.new_page()
    context.close()


def fill_in(page: Page, **told: str) -> None:
    for label, value in told.items():
        page.locator(f"#f-{label}").fill(value)


def test_an_officer_surveys_a_road_on_a_phone_without_javascript(
    phone: Page, road: Road, engine: Engine, shots: Path, tmp_path: Path
) -> None:
    phone.goto("/account")
    phone.get_by_role("link", name="Survei jalan").click()
    phone.get_by_label("Nama atau nomor ruas").fill(road.name)
    phone.get_by_role("button", name="Cari ruas").click()
    phone.get_by_role("link", name="Catat survei").first.click()
    fill_in(phone, to_m="999999", potholes="1")
    phone.get_by_role("button", name="Simpan survei").click()
    expect(phone.get_by_role("alert")).to_contain_text("perbaiki meter akhirnya")
    phone.screenshot(path=shots / "survey-refused-phone.png", full_page=True)
    fill_in(phone, to_m="400")
    phone.get_by_role("button", name="Hitung kelasnya dahulu").click()
    expect(phone.get_by_role("status")).to_contain_text("Sedang (SDI 75)")
    phone.screenshot(path=shots / "survey-weighed-phone.png", full_page=True)
    phone.get_by_role("button", name="Simpan survei").click()
    expect(phone.get_by_role("status")).to_contain_text("Survei tersimpan")
    photo = tmp_path / "jalan.jpg"
    photo.write_bytes(sent("JPEG", picture((400, 300))))
    phone.get_by_label("Tambahkan foto").set_input_files(photo)
    phone.get_by_role("button", name="Kirim foto").click()
    expect(phone.get_by_alt_text("Foto survei 1")).to_be_visible()
    phone.screenshot(path=shots / "survey-kept-phone.png", full_page=True)
    phone.get_by_text("Survei ini keliru?").click()
    phone.get_by_label("Alasan").fill("Salah ruas")
    phone.get_by_role("button", name="Tarik survei ini").click()
    expect(phone.get_by_role("status")).to_contain_text("tidak berlaku lagi")
    phone.goto(f"/jalan/ruas/{road.id}")
    expect(phone.get_by_text("Salah ruas")).to_be_visible()
    with engine.connect() as connection:
        asked = text("select condition from road where id = :road")
        assert connection.scalar(asked, {"road": road.id}) == road.condition


def test_nobody_meets_a_barrier_on_the_way(seat: Callable[..., Page], road: Road, engine: Engine, shots: Path) -> None:
    with engine.connect() as connection:
        asked = text("select road_id, max(id) as id from road_survey where kind = 'sdi' group by road_id limit 1")
        survey = connection.execute(asked).one()
        gravel = connection.scalar(text("select min(id) from road where surface = 'kerikil'"))
    page = seat("administrator", "/account")
    for name, address in (
        ("road", f"/jalan/ruas/{survey.road_id}"),
        ("find", "/jalan/survei?q=jalan"),
        ("sdi", f"/jalan/ruas/{road.id}/survei"),
        ("tti", f"/jalan/ruas/{gravel}/survei?kind=tti"),
        ("one", f"/jalan/survei/{survey.id}"),
        ("table", "/admin/aturan/jalan/tabel/both"),
        ("cell", "/admin/aturan/jalan/isian?rule=sdi.class&row=2&column=limit"),
    ):
        page.goto(address)
        looked_at(page, shots, f"survey-{name}")
