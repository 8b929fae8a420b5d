"""Which office is nearest, as a page."""

import re
from datetime import datetime
from itertools import pairwise
from unittest.mock import Mock
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from opening_hours import OpeningHours
from pyproj import Geod, Transformer
from sqlalchemy import Connection, text

from tests.webapp.explore.pages import Page, opened

KOTABUMI = (104.9, -4.83)
HERE = f"lon={KOTABUMI[0]}&lat={KOTABUMI[1]}"
JAKARTA = ZoneInfo("Asia/Jakarta")
BY_DISTANCE = text(
    "select id, opening_hours from office "
    "order by st_distance(geom::geography, st_point(:lon, :lat, 4326)::geography), id"
)
DEGREES = Transformer.from_crs(3857, 4326, always_xy=True)
METRES = Transformer.from_crs(4326, 3857, always_xy=True)


def nearest_by_brute_force(records: Connection, kind: str) -> list[tuple[float, str]]:
    statement = text("select name, st_x(geom), st_y(geom) from office where kind = :kind")
    geod = Geod(ellps="WGS84")
    return sorted(
        (geod.inv(*KOTABUMI, lon, lat)[2], name) for name, lon, lat in records.execute(statement, {"kind": kind})
    )


def test_the_answer_lists_the_nearest_offices_in_order(client: FlaskClient, records: Connection):
    page = opened(client, f"/nearest?{HERE}&kind=puskesmas")
    expected = [name for _, name in nearest_by_brute_force(records, "puskesmas")[:5]]
    places = [page.text.index(name) for name in expected]
    assert places == sorted(places)
    assert page.heading == "Di mana puskesmas terdekat?"


def test_each_answer_says_how_far_and_whither(client: FlaskClient, records: Connection):
    metres, _ = nearest_by_brute_force(records, "puskesmas")[0]
    written = f"{metres / 1000:.1f}".replace(".", ",") + " km ke "
    assert written in opened(client, f"/nearest?{HERE}&kind=puskesmas").text


def test_the_village_of_a_position_is_named(client: FlaskClient, records: Connection):
    statement = text(
        "select name from area where level in ('desa', 'kelurahan') "
        "and st_contains(geom, st_setsrid(st_makepoint(:lon, :lat), 4326))"
    )
    village = records.execute(statement, dict(zip(("lon", "lat"), KOTABUMI, strict=True))).scalar_one()
    assert f" {village} , Kec. " in opened(client, f"/nearest?{HERE}").text.replace(f"{village},", f"{village} ,")


def test_a_place_may_be_named_and_misspelt(client: FlaskClient):
    assert "Bukit Kemuning" in opened(client, "/nearest?q=bukit+kemunng&kind=puskesmas").text


def test_a_village_is_meant_rather_than_the_kecamatan_of_its_name(client: FlaskClient, records: Connection):
    page = opened(client, "/nearest?q=Bukit+Kemuning&kind=puskesmas")
    lat, lon = re.search(r"/api/nearest\?lat=(-?[0-9.]+)&amp;lon=([0-9.]+)", page.html).groups()
    statement = text(
        "select level from area where level in ('desa', 'kelurahan') and name = 'Bukit Kemuning' "
        "and st_contains(geom, st_setsrid(st_makepoint(:lon, :lat), 4326))"
    )
    assert records.execute(statement, {"lon": float(lon), "lat": float(lat)}).scalar_one() == "kelurahan"


@pytest.mark.parametrize("typed", ["Tanjung+Baru", "Kotabumi+Udik", "tanjung+bru", "Bukit+kemunng"])
def test_no_other_place_of_the_name_is_offered_twice(client: FlaskClient, typed: str):
    html = opened(client, f"/nearest?kind=puskesmas&q={typed}").html
    offers = re.search(r"Bukan itu\?(.*?)</p>", html, re.DOTALL)
    assert offers is not None
    words = re.findall(r">([^<]+)</a>", offers[1])
    assert words and len(words) == len(set(words)) <= 5


def test_a_name_that_nobody_knows_gets_a_way_on(client: FlaskClient):
    page = opened(client, "/nearest?q=xqzwvk&kind=puskesmas")
    assert "tidak ditemukan" in page.text and "pilih titik di peta" in page.text


def test_a_name_that_only_sounds_like_another_is_not_answered_from_there(client: FlaskClient, records: Connection):
    alike = records.execute(
        text("select name from area where name like '%Surakarta' order by level limit 1")
    ).scalar_one()
    page = opened(client, "/nearest?q=jakarta&kind=puskesmas")
    assert "“jakarta” tidak ditemukan" in page.text and "km ke" not in page.text
    assert f"Mungkin maksud Anda: {alike}" in page.text
    choice = next(link for link in page.links if re.fullmatch(r"/nearest\?lat=.*&lon=.*&kind=puskesmas", link))
    assert "km ke" in opened(client, choice).text


def test_a_point_outside_the_regency_is_told_so(client: FlaskClient):
    assert "di luar wilayah" in opened(client, "/nearest?lon=106.8&lat=-6.2").text


def test_without_a_place_the_page_asks_for_one(client: FlaskClient):
    assert "Dari mana?" in opened(client, "/nearest?kind=polisi").text


def test_links_to_pass_on_hold_the_position_to_a_metre_and_no_more(client: FlaskClient):
    page = opened(client, "/nearest?lon=104.900123456&lat=-4.830987654&kind=polisi")
    shared = next(link for link in page.links if link.startswith("https://wa.me/"))
    told = parse_qs(urlsplit(shared).query)["text"][0]
    assert "lat=-4.83099" in told and "lon=104.90012" in told
    assert "104.900123" not in told


@pytest.mark.parametrize("wish", ["kind=polisi", "service=ktp_baru", "wheelchair=1"])
def test_the_link_that_is_passed_on_opens_the_same_answer(client: FlaskClient, wish: str):
    page = opened(client, f"/nearest?{HERE}&{wish}")
    shared = next(link for link in page.links if link.startswith("https://wa.me/"))
    told = parse_qs(urlsplit(shared).query)["text"][0]
    question, _, link = told.rpartition(" ")
    assert question == page.heading
    assert opened(client, link.removeprefix("http://localhost")).text == page.text


def test_an_office_can_be_opened_in_a_map_application(client: FlaskClient):
    assert any(re.match(r"geo:-\d+\.\d{5},\d+\.\d{5}", link) for link in opened(client, f"/nearest?{HERE}").links)


def test_a_route_leads_from_where_somebody_is_to_the_office(client: FlaskClient, records: Connection):
    page = opened(client, f"/nearest?{HERE}&kind=kantor_bupati")
    office = records.execute(text("select st_y(geom), st_x(geom) from office where kind = 'kantor_bupati'")).one()
    route = next(link for link in page.links if link.startswith("https://www.openstreetmap.org/directions?"))
    ends = parse_qs(urlsplit(route).query)
    assert ends == {"from": ["-4.83000,104.90000"], "to": [f"{office[0]:.5f},{office[1]:.5f}"]}


def test_an_offices_own_page_knows_no_start_of_the_route(client: FlaskClient):
    page = opened(client, "/layers/offices/1")
    route = next(link for link in page.links if link.startswith("https://www.openstreetmap.org/directions?"))
    assert set(parse_qs(urlsplit(route).query)) == {"to"}


def test_whoever_submits_a_place_is_brought_to_the_answer(client: FlaskClient):
    asking = opened(client, "/nearest?kind=polisi").html
    forms = re.findall(r'<form class="(?:locate|find|sheet chooser)" action="([^"]+)"', asking)
    assert forms and set(forms) == {"/nearest#jawaban"}
    assert client.get("/nearest?map328.x=10&map328.y=10").headers["Location"].endswith("#jawaban")
    for answer in (f"/nearest?{HERE}", f"/?{HERE}"):
        assert opened(client, answer).html.count('id="jawaban"') == 1


@pytest.mark.parametrize("width", [288, 328, 456, 560, 728])
def test_a_click_on_the_map_is_placed_whatever_its_width(client: FlaskClient, width: int):
    x, y = width // 3, width // 2
    shown = view_of(opened(client, "/nearest?kind=polisi&view=104.8,-4.8,10"))
    *centre, zoom = map(float, shown.split(","))
    response = client.get(f"/nearest?kind=polisi&view={shown}&map{width}.x={x}&map{width}.y={y}")
    asked = parse_qs(urlsplit(response.headers["Location"]).query)
    metres = 40075016.68557849 / 256 / 2**zoom * 720 / width
    middle = METRES.transform(*centre)
    lon, lat = DEGREES.transform(middle[0] + (x - width / 2) * metres, middle[1] - (y - width * 640 / 720 / 2) * metres)
    assert response.status_code == 303
    assert (float(asked["lon"][0]), float(asked["lat"][0])) == pytest.approx((lon, lat), abs=1e-5)
    assert asked["kind"] == ["polisi"]


def view_of(page: Page) -> str:
    """Find which part of the map a page shows, as its form passes it on."""
    return re.search(r'name="view" value="([^"]+)"', page.html)[1]


def test_the_map_pressed_by_keyboard_means_its_middle(client: FlaskClient):
    shown = view_of(opened(client, "/nearest?kind=polisi"))
    response = client.get(f"/nearest?kind=polisi&view={shown}&map328.x=0&map328.y=0")
    asked = parse_qs(urlsplit(response.headers["Location"]).query)
    lon, lat, _ = shown.split(",")
    assert (asked["lon"], asked["lat"]) == ([lon], [lat])


@pytest.mark.parametrize("lat", ["-90", "-89.9", "-80", "80", "89.9", "90"])
@pytest.mark.parametrize("place", ["/?lat={}&lon=0", "/nearest?lat={}&lon=180"])
def test_pages_for_the_ends_of_the_earth_stand_with_all_they_link_to(client: FlaskClient, place: str, lat: str):
    page = opened(client, place.format(lat))
    looked = [link for link in page.links if "view=" in link]
    assert len(looked) == 6
    for address in {*looked, *(image for image in page.images if image.startswith("/map.svg"))}:
        assert client.get(address).status_code == 200


def test_looking_on_leads_elsewhere_and_robots_are_kept_from_it(client: FlaskClient):
    page = opened(client, "/nearest?kind=polisi")
    tools = re.search(r'<nav class="tools".*?</nav>', page.html, re.S)[0]
    assert tools.count('rel="nofollow"') == tools.count("<a ") == 6


def shown(page: Page) -> list[int]:
    """List the offices of an answer."""
    return [int(number) for number in dict.fromkeys(re.findall(r'<h2><a href="/layers/offices/(\d+)"', page.html))]


def test_only_offices_for_wheelchairs_are_kept(client: FlaskClient, records: Connection):
    numbers = shown(opened(client, f"/nearest?{HERE}&wheelchair=1&kind=puskesmas"))
    found = records.execute(text("select wheelchair from office where id = any(:ids)"), {"ids": numbers}).scalars()
    assert numbers and set(found) == {"yes"}


@pytest.mark.parametrize("local", ["2026-11-23 10:00", "2026-11-23 03:00"])
def test_only_open_offices_are_kept(
    client: FlaskClient, records: Connection, monkeypatch: pytest.MonkeyPatch, local: str
):
    """At ten on a Monday offices are open, at three at night hospitals; the library for hours is asked by itself."""
    now = datetime.fromisoformat(local).replace(tzinfo=JAKARTA)
    monkeypatch.setattr("webapp.explore.nearest.datetime", Mock(now=lambda zone: now.astimezone(zone)))
    numbers = shown(opened(client, f"/nearest?{HERE}&open_now=1"))
    expected = [
        number
        for number, hours in records.execute(BY_DISTANCE, {"lon": KOTABUMI[0], "lat": KOTABUMI[1]})
        if hours and OpeningHours(hours, timezone=JAKARTA).is_open(now)
    ]
    assert numbers and numbers == expected[:5]


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("lat=abc&lon=104.9", 400, "Lintang harus angka"),
        ("lat=-4.8", 400, "Lintang harus angka"),
        ("lat=nan&lon=104.9", 400, "Lintang harus angka"),
        ("lat=-400&lon=104.9", 400, "Lintang harus angka"),
        ("kind=istana", 404, "Jenis kantor itu tidak dikenal"),
        ("service=terbang", 404, "Layanan itu tidak dikenal"),
        ("view=1,2", 400, "Bagian peta"),
        ("view=104,-4,99", 400, "Bagian peta"),
        ("view=104,-4,nan", 400, "Bagian peta"),
        ("map328.x=1&map328.y=x", 400, "Titik di peta"),
        ("map328.x=²&map328.y=1", 400, "Titik di peta"),
        ("q=" + "x" * 101, 400, "paling panjang 100 huruf"),
    ],
)
def test_nonsense_is_answered_in_one_sentence(client: FlaskClient, asked: str, status: int, told: str):
    assert told in opened(client, f"/nearest?{asked}", status).text


def test_before_the_first_data_the_page_still_stands(bare: FlaskClient):
    assert "Tidak ada kantor yang cocok" in opened(bare, f"/nearest?{HERE}").text


def test_headings_go_down_one_step_at_a_time(client: FlaskClient):
    for address in ("/", f"/?{HERE}", f"/nearest?{HERE}", "/nearest?kind=polisi", "/search?q=desa", "/layers"):
        steps = [int(level) for level in re.findall(r"<h(\d)", opened(client, address).html)]
        assert steps[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(steps))
