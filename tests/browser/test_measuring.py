"""A real phone measures itself, and one that may not tell where it is measures nothing."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, text

from tests.browser.conftest import PHONE

Visit = Callable[..., Page]
HERE = {"latitude": -4.832349, "longitude": 104.891151}
START = "Mulai mengukur"

pytestmark = pytest.mark.browser


@pytest.fixture
def forgotten(sample_url: str) -> Iterator[None]:
    """What was measured is gone when the test ends."""
    yield
    engine = create_engine(sample_url)
    with engine.begin() as connection:
        connection.execute(text("delete from internet_measurement"))
    engine.dispose()


@pytest.mark.usefixtures("forgotten")
def test_a_phone_that_agrees_measures_itself_and_sends_a_rounded_place(visit: Visit):
    page = visit("/internet/ukur", viewport=PHONE, geolocation=HERE, permissions=["geolocation"])
    sent = []
    page.on("request", lambda request: sent.append(request))
    page.get_by_role("button", name=START).click()
    assert sent == [], "nothing is measured before its owner agrees"
    page.get_by_label("Saya setuju").check()
    page.get_by_role("button", name=START).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Unduhan", timeout=60_000)
    expect(page.get_by_text("Hasilnya disimpan tanpa nama")).to_be_visible()
    loaded = [request for request in sent if request.url.endswith("/internet/uji/unduh")]
    assert 1 <= len(loaded) <= 4
    (result,) = (r.post_data or "" for r in sent if r.method == "POST" and r.url.endswith("/internet/ukur"))
    assert "lat=-4.832&" in result
    assert "lon=104.891" in result
    assert "4.8323" not in result


def test_a_phone_that_may_not_tell_where_it_is_measures_nothing(visit: Visit):
    page = visit("/internet/ukur", viewport=PHONE)
    page.get_by_label("Saya setuju").check()
    page.get_by_role("button", name=START).click()
    expect(page.get_by_text("Izin lokasi ditolak, jadi tidak ada yang diukur")).to_be_visible()


def test_without_javascript_people_can_tell_that_there_is_no_signal(visit: Visit):
    page = visit("/internet/ukur", viewport=PHONE, java_script_enabled=False)
    expect(page.get_by_role("button", name=START)).to_be_hidden()
    page.get_by_role("link", name="Kabarkan ada atau tidaknya sinyal").click()
    page.get_by_label("Desa atau kelurahan").select_option(index=1)
    page.get_by_role("button", name="Lompat ke sana di peta").click()
    page.locator(".chooser input:visible").click(position={"x": 150, "y": 140})
    expect(page.get_by_text("Titik yang dipilih")).to_be_visible()
