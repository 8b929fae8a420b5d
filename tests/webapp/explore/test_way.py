"""Travel times on pages and in the API, over the sample with its roads."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pydantic import TypeAdapter
from sqlalchemy import text

from layers import db
from layers.offices import placed, placing
from layers.roads import building, networks
from layers.settings import Settings
from tests.webapp.explore.pages import opened
from webapp import create_app
from webapp.api import schemas

HERE = "lat=-4.83&lon=104.9"


@pytest.fixture(scope="module")
def roads(sample_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a regency whose network is made; the sample database is left as it was."""
    folder = tmp_path_factory.mktemp("roads")
    engine = db.connect(sample_url)
    with engine.connect() as connection:
        connection.execute(text("set statement_timeout = 0"))
        assert building.build(connection, folder) is None
        network = networks.current(folder)
        assert network is not None
        placing.place(connection, folder, network)
    engine.dispose()
    yield folder


@pytest.fixture(scope="module")
def travelling(sample_url: str, roads: Path) -> FlaskClient:
    return create_app(Settings(database_url=sample_url, data_dir=roads)).test_client()


def shown(html: str) -> list[str]:
    return re.findall(r'<h2><a href="/layers/offices/(\d+)"', html)


def test_the_page_lists_by_time_what_the_api_gives(travelling: FlaskClient) -> None:
    for asked in ("kind=puskesmas", "kind=sd&mode=jalan_kaki&season=hujan", "service=ktp_baru&mode=mobil"):
        answer = travelling.get(f"/api/nearest?{HERE}&{asked}&limit=5")
        found = TypeAdapter(schemas.NearOffices).validate_json(answer.data)
        assert found.roads is not None
        minutes = [feature.properties.minutes for feature in found.features if feature.properties.minutes is not None]
        assert minutes == sorted(minutes)
        page = opened(travelling, f"/nearest?{HERE}&{asked}")
        assert shown(page.html) == [str(feature.id) for feature in found.features]
        assert f"{max(round(minutes[0]), 1)} menit" in page.text
        assert "km lewat jalan" in page.text or "m lewat jalan" in page.text


def test_each_answer_leads_to_its_way_drawn_with_the_condition_of_the_roads(travelling: FlaskClient) -> None:
    listed = opened(travelling, f"/nearest?{HERE}&kind=rumah_sakit&mode=mobil&season=hujan")
    link = next(link for link in listed.links if link.startswith("/nearest/way?"))
    assert "mode=mobil&season=hujan" in link
    page = opened(travelling, link)
    assert page.heading.startswith("Rute ke ")
    office = re.search(r"office=(\d+)", link)
    assert office is not None
    card = re.search(rf'<li id="kantor-{office[1]}">.*?(<span class="tag[^>]*>[^<]+</span>)', listed.html, re.DOTALL)
    assert card is not None and card[1] in page.html
    assert re.search(r"\d+ menit · [\d,]+ k?m lewat jalan", page.text)
    assert page.html.count('class="casing"') >= 1
    address = re.search(r'data-points="(/api/way\?[^"]+)"', page.html)
    assert address is not None
    way = TypeAdapter(schemas.Way).validate_json(travelling.get(address[1].replace("&amp;", "&")).data)
    assert sum(leg.properties.length_m for leg in way.features) == pytest.approx(way.length_m, abs=1)
    assert way.features[0].geometry.coordinates[0] == pytest.approx((104.9, -4.83), abs=1e-5)


def test_by_default_a_motorcycle_in_the_dry_is_meant_and_links_do_not_repeat_it(travelling: FlaskClient) -> None:
    plain, named = (opened(travelling, f"/nearest?{HERE}&kind=sd{more}") for more in ("", "&mode=motor&season=kering"))
    assert plain.text == named.text
    assert "mode=" not in next(link for link in named.links if link.startswith("https://wa.me/"))
    assert "motor, musim kering" in plain.text


def test_the_home_page_gives_times_too(travelling: FlaskClient) -> None:
    page = opened(travelling, f"/?{HERE}")
    assert "Waktu tempuh dengan motor" in page.text
    assert page.html.count("/nearest/way?") >= 5


def test_without_a_network_pages_say_that_it_is_being_computed_and_tell_the_straight_line(client: FlaskClient) -> None:
    page = opened(client, f"/nearest?{HERE}&kind=sd")
    assert "Jarak garis lurus" in page.text and "sedang dihitung" in page.text
    assert not any(link.startswith("/nearest/way?") for link in page.links)
    assert client.get(f"/api/nearest?{HERE}").get_json(force=True)["roads"] is None
    assert client.get(f"/api/way?{HERE}&office=1").status_code == 404


def test_the_size_of_the_network_is_told_to_people_and_to_operators(
    travelling: FlaskClient, client: FlaskClient
) -> None:
    assert re.search(r"km, 100% saling terhubung, 1 bagian", opened(travelling, "/about/data").text)
    assert "Jaringan untuk waktu tempuh" not in opened(client, "/about/data").text
    found = [one.get("/health").get_json(force=True)["parts"]["roads"]["finding"] for one in (travelling, client)]
    assert "100.0 % connected, 1 components" in found[0]
    assert "no network yet" in found[1]


def test_a_place_without_roads_gets_no_time(travelling: FlaskClient) -> None:
    page = opened(travelling, "/nearest?lat=-6.2&lon=106.8&kind=rumah_sakit")
    assert "tidak ada jalan yang diketahui" in page.text and "menit" not in page.text
    assert placed.FOLDER not in page.text


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        (f"/nearest?{HERE}&mode=kuda", 404, "tidak dikenal"),
        (f"/nearest?{HERE}&season=semi", 404, "tidak dikenal"),
        (f"/nearest/way?{HERE}", 404, "tidak lengkap"),
        ("/nearest/way?office=1", 404, "tidak lengkap"),
        (f"/nearest/way?{HERE}&office=999999999", 404, "tidak ada"),
        (f"/nearest/way?{HERE}&office=x", 404, "tidak lengkap"),
        (f"/nearest/way?{HERE}&office=1&mode=kuda", 404, "tidak dikenal"),
    ],
)
def test_nonsense_about_ways_gets_one_sentence(travelling: FlaskClient, address: str, status: int, told: str) -> None:
    assert told in opened(travelling, address, status).text


def test_nonsense_about_ways_in_the_api_names_the_parameter(travelling: FlaskClient) -> None:
    for asked, name in ((f"nearest?{HERE}&mode=kuda", "mode"), (f"way?{HERE}&office=0", "office")):
        answer = travelling.get(f"/api/{asked}")
        assert answer.status_code == 400
        assert name in answer.get_json(force=True)["detail"]


def test_web_workers_answer_by_time_without_the_large_libraries(travelling: FlaskClient, roads: Path) -> None:
    """In a process of its own, where nothing else has imported them."""
    import subprocess
    import sys

    url = str(travelling.application.config["SETTINGS"].database_url)
    asked = f"/api/nearest?{HERE}&kind=sd"
    program = (
        "import sys\nfrom pathlib import Path\nfrom layers.settings import Settings\nfrom webapp import create_app\n"
        f"client = create_app(Settings(database_url={url!r}, data_dir=Path({str(roads)!r}))).test_client()\n"
        f"assert client.get({asked!r}).get_json(force=True)['features'][0]['properties']['minutes']\n"
        "print([name for name in ('scipy', 'numba', 'pandas', 'geopandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"
