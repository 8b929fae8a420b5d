"""A file says under which licence its rows may be used: that of each source, not one for all."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pyogrio
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, insert

from layers.offices.table import Office
from layers.records.licences import keep_licence
from layers.records.tables import SourceLicence

OSM, REGISTER, MADE_UP = "uji-osm", "=uji-register", "contoh"
ODBL = "https://opendatacommons.org/licenses/odbl/1-0/"


@pytest.fixture(autouse=True)
def offices(engine: Engine) -> Iterator[None]:
    """Three offices of a source with a licence, two of one that states none, one of the sample."""
    sources = [OSM] * 3 + [REGISTER] * 2 + [MADE_UP]
    row = {"kind": "kantor_desa", "name": "Balai", "ownership": "uji-lisensi", "geom": "SRID=4326;POINT(104.9 -4.8)"}
    with engine.begin() as connection:
        rows = [row | {"source": source, "source_id": f"lisensi-{n}"} for n, source in enumerate(sources)]
        connection.execute(insert(Office), rows)
        keep_licence(connection, "offices", OSM, "ODbL 1.0", ODBL)
    yield
    with engine.begin() as connection:
        connection.execute(delete(Office).where(Office.ownership == "uji-lisensi"))
        connection.execute(delete(SourceLicence).where(SourceLicence.source == OSM))


def download(client: FlaskClient, ending: str, **asked: str) -> bytes:
    answer = client.get(f"/layers/offices/export.{ending}", query_string={"ownership": "uji-lisensi"} | asked)
    assert answer.status_code == 200
    return answer.data


def test_several_sources_are_all_named_with_their_licences(client: FlaskClient, tmp_path: Path) -> None:
    wanted = f"{OSM}: ODbL 1.0; {REGISTER}: lisensi tidak dinyatakan; {MADE_UP}: Data publik"
    told = json.loads(download(client, "geojson"))
    assert (told["source"], told["licence"]) == (f"{OSM}; {REGISTER}; {MADE_UP}", wanted)
    (tmp_path / "a.gpkg").write_bytes(download(client, "gpkg"))
    assert pyogrio.read_info(tmp_path / "a.gpkg")["layer_metadata"]["licence"] == wanted
    page = download(client, "html").decode()
    assert f"Lisensi: {wanted}." in page
    assert f"Sumber: {OSM}, {REGISTER}, {MADE_UP}." in page


def test_the_explanations_name_each_source_with_its_licence_and_address(client: FlaskClient) -> None:
    readme = zipfile.ZipFile(io.BytesIO(download(client, "shp"))).read("README.txt").decode()
    assert f"{OSM}: ODbL 1.0 {ODBL}" in readme
    assert f"{REGISTER}: lisensi tidak dinyatakan / licence not stated" in readme
    book = openpyxl.load_workbook(io.BytesIO(download(client, "xlsx")))
    told = [cell.value for row in book["Keterangan"].iter_rows(min_col=2, max_col=2) for cell in row]
    assert f"{OSM}: ODbL 1.0 {ODBL}" in told
    assert f"'{REGISTER}: lisensi tidak dinyatakan / licence not stated" in told


def test_a_file_of_one_source_says_its_licence_alone(client: FlaskClient) -> None:
    assert json.loads(download(client, "geojson", source=OSM))["licence"] == "ODbL 1.0"
    assert json.loads(download(client, "geojson", source=REGISTER))["licence"] == "lisensi tidak dinyatakan"


def test_a_file_with_sample_rows_says_so_and_one_without_does_not(client: FlaskClient) -> None:
    def readme(**asked: str) -> str:
        return zipfile.ZipFile(io.BytesIO(download(client, "shp", **asked))).read("README.txt").decode()

    assert "DATA CONTOH" in readme()
    assert "DATA CONTOH" not in readme(source=OSM)
