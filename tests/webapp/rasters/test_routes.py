"""What people and maps see of rasters."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient
from PIL import Image
from rasterio.io import MemoryFile
from sqlalchemy import create_engine

from layers.rasters.acts import import_raster, remove_raster
from layers.rasters.queries import home
from layers.settings import Settings
from tests.databases import beside
from tests.geo.test_rasters import LAMPUNG, write
from tests.layers.rasters.test_acts import CLERK, arrival
from webapp import create_app

TILE = "/rasters/people/10/809/525.png"


@pytest.fixture
def people(sample_url: str, tmp_path: Path) -> Iterator[tuple[FlaskClient, str]]:
    """A client of an application with one raster, and the raster's version."""
    path = write(tmp_path / "a.tif", np.linspace(0, 60, 90_000, dtype=np.float32).reshape(300, 300))
    engine = create_engine(sample_url)
    with engine.begin() as connection:
        kept = import_raster(connection, CLERK, arrival(path, estimate=True), LAMPUNG, tmp_path)
    yield create_app(Settings(database_url=sample_url, data_dir=tmp_path)).test_client(), kept.version
    with engine.begin() as connection:
        remove_raster(connection, CLERK, "people")
    engine.dispose()


def test_the_page_says_that_an_estimate_is_one_and_where_it_comes_from(people: tuple[FlaskClient, str]) -> None:
    page = people[0].get("/rasters").text
    assert "Penduduk" in page
    assert "Perkiraan" in page
    assert "Sumber: BPS" in page
    assert "56 – 60 orang per sel" in page


def test_a_page_without_rasters_says_what_to_do(database_url: str, tmp_path: Path) -> None:
    empty = beside(database_url, "without_rasters")
    client = create_app(Settings(database_url=empty, data_dir=tmp_path)).test_client()
    assert "Belum ada raster" in client.get("/rasters").text


def test_what_was_made_here_can_be_taken_along_and_what_was_brought_cannot(
    people: tuple[FlaskClient, str], sample_url: str, made_files: Path
) -> None:
    page = people[0].get("/rasters").text
    assert page.count("Unduh GeoTIFF") == 1
    assert people[0].get("/rasters/people.tif").status_code == 404
    home = create_app(Settings(database_url=sample_url, data_dir=made_files)).test_client()
    with MemoryFile(home.get("/rasters/penduduk_perkiraan.tif").data) as memory, memory.open() as file:
        assert "Perkiraan" in file.tags()["source"]
        assert file.read(1, masked=True).sum() > 100_000


def test_a_picture_lies_over_the_ground_of_the_page(people: tuple[FlaskClient, str]) -> None:
    client, version = people
    found = client.get(f"/rasters/people/picture.png?view=104.85,-4.83,9.5&v={version}")
    image = Image.open(BytesIO(found.data)).convert("RGBA")
    assert image.size == (720, 640)
    assert set(np.unique(np.asarray(image)[..., 3])) == {0, 255}


def test_a_tile_is_kept_for_good_under_the_present_version_alone(people: tuple[FlaskClient, str]) -> None:
    client, version = people
    assert "immutable" in client.get(f"{TILE}?v={version}").headers["Cache-Control"]
    assert "immutable" not in client.get(f"{TILE}?v=0000").headers["Cache-Control"]
    assert client.get(TILE).mimetype == "image/png"


def test_a_tile_without_values_is_empty(people: tuple[FlaskClient, str]) -> None:
    assert people[0].get("/rasters/people/10/0/0.png").status_code == 204


@pytest.mark.parametrize(
    "address", ["/rasters/people/30/1/1.png", "/rasters/people/3/9/1.png", "/rasters/none/0/0/0.png"]
)
def test_what_is_not_there_gets_a_sentence(people: tuple[FlaskClient, str], address: str) -> None:
    answer = people[0].get(address)
    assert answer.status_code == 404
    assert "<h1>" in answer.text


def test_a_view_that_is_none_is_refused(people: tuple[FlaskClient, str]) -> None:
    assert people[0].get("/rasters/people/picture.png?view=x").status_code == 400


def test_a_file_that_has_just_gone_is_not_found_rather_than_a_fault(
    people: tuple[FlaskClient, str], tmp_path: Path
) -> None:
    for file in home(tmp_path).iterdir():
        file.unlink()
    answer = people[0].get(TILE)
    assert answer.status_code == 404
    assert "muat ulang" in answer.text
