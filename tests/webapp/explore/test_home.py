"""The home page, the search, and the frame around every page."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from layers.complaints.table import PUBLIC_ROWS
from layers.offices.kinds import KINDS
from layers.registry import layers
from tests.webapp.explore.pages import opened


def test_the_home_page_asks_its_question_and_offers_every_kind_there_is(client: FlaskClient, records: Connection):
    page = opened(client, "/")
    present = set(records.execute(text("select distinct kind from office")).scalars())
    assert page.heading == "Layanan apa yang Anda cari?"
    assert {f"/nearest?kind={kind.id}" for kind in KINDS if kind.id in present} <= set(page.links)


def test_once_a_position_is_known_the_nearest_of_each_kind_stand_on_the_home_page(client: FlaskClient):
    page = opened(client, "/?lat=-4.83&lon=104.9")
    assert "Yang terdekat dari" in page.text
    assert "/nearest?kind=puskesmas&lat=-4.83000&lon=104.90000" in page.links


def test_a_search_finds_services_kinds_and_places(client: FlaskClient):
    assert "/nearest?service=ktp_baru" in opened(client, "/search?q=ktp").links
    assert "/nearest?kind=puskesmas" in opened(client, "/search?q=puskes").links
    assert "Bukit Kemuning" in opened(client, "/search?q=bukit+kemuning").text


def test_a_search_takes_a_thing_near_a_place_apart(client: FlaskClient):
    assert "/nearest?kind=puskesmas&q=ogan+lima" in opened(client, "/search?q=puskesmas+dekat+ogan+lima").links


def test_a_search_that_is_cut_off_says_how_many_there_are_and_offers_the_rest(client: FlaskClient):
    first = opened(client, "/search?q=bukit")
    total = int(re.search(r"1–12 dari (\d+)", first.text)[1])
    following = next(link for link in first.links if "page=2" in link)
    second = opened(client, following.partition("#")[0])
    assert f"13–24 dari {total}" in second.text
    places = [[link for link in page.links if re.fullmatch(r"/layers/\w+/\d+", link)] for page in (first, second)]
    assert len(places[0]) == len(places[1]) == 12
    assert not set(places[0]) & set(places[1])


def test_the_last_page_of_a_search_is_its_end(client: FlaskClient):
    total = int(re.search(r"1–12 dari (\d+)", opened(client, "/search?q=bukit").text)[1])
    last = -(-total // 12)
    assert f"–{total} dari {total}" in opened(client, f"/search?q=bukit&page={last}").text
    assert f"berakhir di halaman {last}" in opened(client, f"/search?q=bukit&page={last + 1}", 404).text


def test_a_search_that_finds_few_counts_nothing(client: FlaskClient):
    page = opened(client, "/search?q=rsud")
    assert "RSUD" in page.text and "Berikutnya" not in page.text


def test_a_search_in_vain_says_what_to_do_next(client: FlaskClient):
    page = opened(client, "/search?q=xqzwvk")
    assert "Tidak ada yang cocok" in page.text and "/layers" in page.links


@pytest.mark.parametrize("spelling", ["{0}-{1}-{2}", " {0} {1} {2} ", "{0}{1}{2}"])
def test_the_number_of_a_public_complaint_leads_to_it(client: FlaskClient, records: Connection, spelling: str):
    number = records.execute(text(f"select min(number) from complaint where {PUBLIC_ROWS}")).scalar_one()
    typed = spelling.format(*number.lower().split("-"))
    answer = client.get("/search", query_string={"q": typed})
    assert (answer.status_code, answer.location) == (303, f"/laporan/{number}")
    assert number in opened(client, answer.location).text


def test_a_village_is_found_among_places_not_among_what_is_computed_about_it(client: FlaskClient):
    page = opened(client, "/search?q=Tanjung+Baru")
    found = {link.split("/")[2] for link in page.links if re.fullmatch(r"/layers/\w+/\d+", link)}
    assert "areas" in found
    assert not found & {layer.id for layer in layers().values() if not layer.observed}


def test_what_was_typed_comes_back_only_as_text(client: FlaskClient):
    html = opened(client, "/search?q=%3Cscript%3Ealert(1)%3C/script%3E").html
    assert "<script>alert" not in html and "&lt;script&gt;alert" in html


def test_the_band_tells_of_sample_data_and_is_absent_where_there_is_none(client: FlaskClient, bare: FlaskClient):
    assert "Data contoh untuk Kabupaten Lampung Utara" in opened(client, "/").text
    assert 'class="band"' not in opened(bare, "/").html


@pytest.mark.parametrize("address", ["/", "/search?q=desa", "/layers", "/layers/roads", "/about/data", "/about/sample"])
def test_pages_stand_before_the_first_data(bare: FlaskClient, address: str):
    assert opened(bare, address).heading


def test_english_is_asked_for_once_and_remembered(client: FlaskClient):
    fresh = client.application.test_client()
    assert opened(fresh, "/?lang=en").heading == "Which service are you looking for?"
    assert opened(fresh, "/").heading == "Which service are you looking for?"
    assert opened(fresh, "/?lang=id").heading == "Layanan apa yang Anda cari?"


def test_pages_are_kept_by_no_shared_cache(client: FlaskClient):
    assert client.get("/nearest?lat=-4.83&lon=104.9").headers["Cache-Control"] == "private, no-cache"
