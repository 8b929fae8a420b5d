"""From a point or an office outward: before the roads are ready, where there is none, and the ground itself."""

import json
from pathlib import Path

import pytest
import shapely
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from layers.roads import building
from layers.settings import Settings
from webapp import create_app

HERE = "lat=-4.83&lon=104.89"


@pytest.fixture(scope="module")
def ready(sample_url: str, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the sample whose network of roads is ready; the database itself is left as it was."""
    folder: Path = tmp_path_factory.mktemp("ready")
    engine = create_engine(sample_url)
    with engine.connect() as connection:
        assert building.build(connection, folder) is None
        connection.rollback()
    engine.dispose()
    return create_app(Settings(database_url=sample_url, data_dir=folder)).test_client()


def test_before_the_network_is_ready_the_page_says_so(client: FlaskClient) -> None:
    assert "Jaringan jalan belum siap" in client.get(f"/jangkauan/dari?{HERE}").text
    assert client.get(f"/jangkauan/dari.geojson?{HERE}").status_code == 503


def test_without_a_point_the_page_asks_for_one(client: FlaskClient) -> None:
    assert "Tekan satu titik" in client.get("/jangkauan/dari").text
    assert client.get("/jangkauan/dari.geojson").status_code == 400
    assert client.get("/jangkauan/dari?office=999999999").status_code == 404


def test_each_ground_holds_the_narrower_one_and_the_place_itself(ready: FlaskClient) -> None:
    found = json.loads(ready.get(f"/jangkauan/dari.geojson?{HERE}").text)["features"]
    assert [one["properties"]["minutes"] for one in found] == [60, 30, 15]
    widest, middle, narrow = (shapely.geometry.shape(one["geometry"]) for one in found)
    assert widest.area > middle.area > narrow.area
    assert shapely.intersection(narrow, widest).area == pytest.approx(narrow.area, rel=0.02)
    assert narrow.distance(shapely.Point(104.89, -4.83)) < 0.01
    assert "km²" in ready.get(f"/jangkauan/dari?{HERE}&season=kering").text


def test_far_from_any_road_nothing_is_reached(ready: FlaskClient) -> None:
    assert "Tidak ada jalan yang terbuka" in ready.get("/jangkauan/dari?lat=-6&lon=100").text
