"""A layer taken along holds what the screen showed, and nothing in it runs."""

import csv
import io
import json
import re
import socket
import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas
import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, insert, update

from layers.exporting.formats import FORMATS
from layers.offices.table import Office
from layers.registry import layers
from layers.settings import Settings
from tests.webapp.export.conftest import FORMULAS, SOURCE, TEXTS
from webapp import create_app
from webapp.export import routes

RUNS = tuple("=+-@\t\r")


def download(client: FlaskClient, ending: str, **arguments: str) -> bytes:
    answer = client.get(f"/layers/offices/export.{ending}", query_string={"source": SOURCE} | arguments)
    assert answer.status_code == 200
    return answer.data


def names(body: bytes) -> list[str]:
    return [feature["properties"]["name"] for feature in json.loads(body)["features"]]


def test_geojson_keeps_every_value_as_it_is(client: FlaskClient, planted: list[str]) -> None:
    assert names(download(client, "geojson")) == planted


def test_no_cell_of_a_csv_begins_like_a_formula(client: FlaskClient, planted: list[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(download(client, "csv").decode("utf-8-sig"), newline="")))
    assert [row["name"].removeprefix("'") for row in rows] == planted
    assert not [value for row in rows for name in TEXTS for value in [row[name]] if value.lstrip(" ").startswith(RUNS)]


def test_numbers_of_a_csv_stay_numbers(client: FlaskClient, planted: list[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(download(client, "csv").decode("utf-8-sig"), newline="")))
    assert [float(row["lat"]) for row in rows] == [-4.8] * len(planted)


def test_no_cell_of_a_workbook_is_a_formula_or_begins_like_one(client: FlaskClient, planted: list[str]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(download(client, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [c.value for c in cells if isinstance(c.value, str) and c.value.lstrip(" ").startswith(RUNS)]
    assert book.worksheets[0].max_row == len(planted) + 1


def test_numbers_of_a_workbook_stay_numbers(client: FlaskClient, planted: list[str]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(download(client, "xlsx"))).worksheets[0]
    assert [row[-1].value for row in sheet.iter_rows(min_row=2)] == [-4.8] * len(planted)


def test_geopackage_holds_every_feature_at_its_place(client: FlaskClient, planted: list[str], tmp_path: Path) -> None:
    file = tmp_path / "offices.gpkg"
    file.write_bytes(download(client, "gpkg"))
    table = geopandas.read_file(file)
    assert list(table["name"]) == planted
    assert table.crs == "EPSG:4326"
    assert list(table.geometry.x.round(3)) == [round(104.9 + number / 1000, 3) for number in range(len(planted))]


def test_shapefile_explains_its_short_names(client: FlaskClient, planted: list[str], tmp_path: Path) -> None:
    file = tmp_path / "offices.zip"
    file.write_bytes(download(client, "shp"))
    archive = zipfile.ZipFile(file)
    columns = list(csv.DictReader(io.StringIO(archive.read("kolom.csv").decode("utf-8-sig"))))
    table = geopandas.read_file(f"zip://{file}!offices_titik.shp")
    assert {row["kolom"] for row in columns} <= set(table.columns)
    assert {row["nama"] for row in columns} == {f.name for f in layers()["offices"].public_fields}
    assert all(len(name) <= 10 for name in table.columns)
    assert "kolom.csv" in archive.read("README.txt").decode()
    assert [name.strip() for name in table["name"]] == [attack.strip() for attack in planted]


def test_mixed_geometry_goes_into_one_shapefile_a_kind(engine: Engine, client: FlaskClient, tmp_path: Path) -> None:
    table = layers()["internet"].table
    shapes = ("POINT(104.9 -4.8)", "POLYGON((104 -4,104.1 -4,104 -4.1,104 -4))")
    rows = [
        {"source": SOURCE, "source_id": str(n), "kind": "tower", "geom": f"SRID=4326;{s}"} for n, s in enumerate(shapes)
    ]
    with engine.begin() as connection:
        connection.execute(insert(table), rows)
    answer = client.get(f"/layers/internet/export.shp?source={SOURCE}")
    with engine.begin() as connection:
        connection.execute(delete(table).where(table.source == SOURCE))
    parts = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert {"internet_titik.shp", "internet_luasan.shp"} <= set(parts)
    assert "internet_garis.shp" not in parts


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("layer_id", layers())
def test_every_layer_leaves_in_every_format_without_its_hidden_fields(
    client: FlaskClient, layer_id: str, ending: str
) -> None:
    answer = client.get(f"/layers/{layer_id}/export.{ending}?source=tidak-ada")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith(f"attachment; filename={layer_id}")
    hidden = [f.name for f in layers()[layer_id].fields if not f.public]
    body = unpacked(answer.data)
    assert not [name for name in hidden if re.search(rf'[">,]{name}["<,\r\n]'.encode(), body)]
    by_row = ending in ("geojson", "html")  # these name a field with each of its values, and here there is none
    assert by_row or re.search(rb'[">,]source["<,\r\n]', body)


def test_a_hidden_field_is_in_no_file(engine: Engine, client: FlaskClient) -> None:
    complaint = layers()["complaints"].table
    secret = "rahasia-pelapor"
    row = {"source": SOURCE, "source_id": "1", "number": "ujian-1", "category": "lain", "state": "received"}
    row |= {"description": secret, "reported_at": "2026-01-01T00:00:00Z", "geom": "SRID=4326;POINT(104.9 -4.8)"}
    with engine.begin() as connection:
        connection.execute(insert(complaint), row)
    bodies = [client.get(f"/layers/complaints/export.{e}?source={SOURCE}").data for e in FORMATS]
    with engine.begin() as connection:
        connection.execute(delete(complaint).where(complaint.source == SOURCE))
    assert not [body for body in bodies if secret.encode() in unpacked(body)]
    assert b"ujian-1" in bodies[list(FORMATS).index("csv")]


def unpacked(body: bytes) -> bytes:
    if not body.startswith(b"PK"):
        return body
    archive = zipfile.ZipFile(io.BytesIO(body))
    return b"".join(archive.read(name) for name in archive.namelist())


def test_a_file_holds_what_the_list_was_filtered_to(engine: Engine, client: FlaskClient, planted: list[str]) -> None:
    with engine.begin() as connection:
        connection.execute(update(Office).where(Office.source == SOURCE, Office.source_id == "3").values(kind="polisi"))
    assert names(download(client, "geojson", kind="polisi")) == [FORMULAS[3]]
    assert names(download(client, "geojson", q="cmd|")) == [FORMULAS[0]]
    assert names(download(client, "geojson", bbox="104.9015,-5,104.9025,-4")) == [FORMULAS[2]]
    assert names(download(client, "geojson", sort="-id")) == planted[::-1]


def test_a_file_beyond_the_limit_is_refused_in_words_and_leaves_nothing(settings: Settings, planted: list[str]) -> None:
    narrow = Settings(settings.database_url, settings.data_dir, export_limit_mb=0)
    client = create_app(narrow).test_client()
    for ending in ("gpkg", "shp", "xlsx", "html"):
        answer = client.get(f"/layers/offices/export.{ending}?source={SOURCE}")
        assert answer.status_code == 413
        assert "saring dahulu" in answer.text
    assert not list((settings.data_dir / "exports").iterdir())


def test_more_rows_than_a_format_can_bear_are_refused_in_words(
    client: FlaskClient, planted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FORMATS, "xlsx", replace(FORMATS["xlsx"], most_rows=len(planted) - 1))
    answer = client.get(f"/layers/offices/export.xlsx?source={SOURCE}")
    assert (answer.status_code, answer.mimetype) == (413, "text/html")
    assert "saring dahulu" in answer.text
    assert client.get(f"/layers/offices/export.xlsx?source={SOURCE}&q=cmd").status_code == 200


def test_files_are_gone_once_they_are_sent(client: FlaskClient, settings: Settings, planted: list[str]) -> None:
    assert download(client, "gpkg")
    assert not list((settings.data_dir / "exports").iterdir())


def test_a_download_that_is_read_too_slowly_ends_and_gives_up_its_place(
    client: FlaskClient, planted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "LONGEST_S", -1)
    for ending in ("csv", "geojson"):
        with pytest.raises(TimeoutError):
            client.get(f"/layers/offices/export.{ending}?source={SOURCE}")
    with routes.place(), routes.place():
        pass


def test_a_line_on_which_nothing_moves_is_given_up(client: FlaskClient) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        client.get("/layers/offices/export.csv", environ_overrides={"gunicorn.socket": ours})
        assert ours.gettimeout() == routes.STALLED_S


def test_downloads_beyond_the_places_are_asked_to_come_back(client: FlaskClient) -> None:
    with routes.place(), routes.place():
        answer = client.get("/layers/offices/export.csv")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert client.get("/layers/offices/export.csv").status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/layers/tidak-ada/export.csv", 404),
        ("/layers/offices/export.exe", 404),
        ("/layers/offices/export.csv?kind=tidak-ada", 400),
        ("/layers/offices/export.csv?bbox=1,2,3", 400),
        ("/layers/offices/export.csv?bbox=106,-4,104,-5", 400),
        ("/layers/offices/export.csv?bbox=nan,nan,nan,nan", 400),
        ("/layers/offices/export.csv?sort=geom", 400),
        ("/layers/complaints/export.csv?sort=description", 400),
        ("/layers/offices/export.csv?q=" + "a" * 101, 400),
    ],
)
def test_nonsense_gets_a_sentence_and_no_file(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "Content-Disposition" not in answer.headers
