"""Files that attack, planted through the page: each is refused in words, and reveals or costs nothing."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from flask.testing import FlaskClient
from sqlalchemy import Engine

from layers.reading.limits import TOO_LARGE, TOO_LONG, Limits
from layers.uploads import turns
from layers.uploads.queries import upload
from tests.webapp.importing.conftest import HERE, SITES, Send, form_of

SECRET = "kata-sandi"
Turn = Callable[[int], str]
Apart = Callable[[], str]


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the server that no upload may reveal."""
    path = tmp_path_factory.mktemp("server") / "rahasia.geojson"
    geopandas.GeoDataFrame({"isi": [SECRET]}, geometry=shapely.points([[104.9, -4.8]]), crs=4326).to_file(path)
    return path


def vrt(secret: Path) -> bytes:
    layer = f'<OGRVRTLayer name="rahasia"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
    return f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>".encode()


def pipeline(secret: Path) -> bytes:
    return json.dumps({"type": "gdal_streamed_alg", "command_line": f"gdal vector pipeline ! read {secret}"}).encode()


def disguised(secret: Path) -> bytes:
    return pipeline(secret)[:-1] + b', "note": "FeatureCollection", "features": []}'


def bomb(_: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("titik.shp", b"\x00" * 50_000_000)
    return packed.getvalue()


def workbook_bomb(_: Path) -> bytes:
    packed = io.BytesIO()
    openpyxl.Workbook().save(packed)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"<row/>" * 10_000_000)
    return packed.getvalue()


def parquet_bomb(_: Path) -> bytes:
    packed = io.BytesIO()
    word = pa.DictionaryArray.from_arrays(pa.array([0] * 50_000, pa.int32()), pa.array(["x" * 15_000]))
    pq.write_table(pa.table({"nama": word}), packed, compression="zstd", store_schema=False)
    return packed.getvalue()


def loose_shapefile(_: Path) -> bytes:
    return struct.pack(">i", 9994) + b"\x00" * 96


PLANTED = {
    "titik.geojson": (vrt, "berisi XML"),
    "pipa.geojson": (pipeline, "bukan GeoJSON"),
    "samaran.geojson": (disguised, ""),
    "bom.zip": (bomb, "tidak wajar"),
    "bom.xlsx": (workbook_bomb, "tidak wajar"),
    "bom.parquet": (parquet_bomb, "terlalu banyak memori bila dibuka"),
    "titik.shp": (loose_shapefile, "ke satu berkas ZIP"),
    "rusak.gpkg": (lambda _: b"SQLite format 3\x00" + b"\x00" * 100, "bukan GeoPackage"),
    "apa.gpkg": (lambda _: b"\x00\x01\x02", "Format berkas apa.gpkg tidak dikenal"),
    "kosong.csv": (lambda _: b"", "Berkas kosong.csv kosong"),
    "kepala.csv": (lambda _: b"nama,nama\n1,2\n", "Nama kolom ganda: nama"),
    "setengah.zip": (lambda _: b"PK\x03\x04 broken", "rusak"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_file_is_refused_in_words_and_reveals_nothing(
    send: Send, turn: Turn, clerk: FlaskClient, secret: Path, name: str
) -> None:
    plant, words = PLANTED[name]
    number = send(plant(secret), name)
    state = turn(number)
    page = clerk.get(f"{HERE}/{number}", follow_redirects=True).text
    assert state == "refused" or not words  # one that only looks like a pipeline may be read as the nothing it holds
    assert words in page
    assert SECRET not in page


def test_a_layer_whose_name_leads_elsewhere_leaves_its_refused_rows_at_home(
    send: Send, turn: Turn, clerk: FlaskClient, data_dir: Path, tmp_path: Path
) -> None:
    path = tmp_path / "data.gpkg"
    points = shapely.points([[110.5, -7.2]])
    geopandas.GeoDataFrame({"nama": ["A"], "jenis": ["TPS"]}, geometry=points, crs=4326).to_file(
        path, layer="x/../../../../../luar"
    )
    before = {p for p in data_dir.parent.rglob("*") if data_dir not in p.parents}
    number = send(path.read_bytes(), "jalan.gpkg")
    assert turn(number) == "open"
    assert (
        clerk.post(f"{HERE}/{number}/kolom", data=form_of(clerk.get(f"{HERE}/{number}/kolom").text)).status_code == 303
    )
    assert turn(number) == "tried"
    assert clerk.get(f"{HERE}/{number}/ditolak").status_code == 200
    assert {p for p in data_dir.parent.rglob("*") if data_dir not in p.parents} == before


def test_words_of_a_file_stay_words_on_the_page(send: Send, turn: Turn, clerk: FlaskClient) -> None:
    number = send("x,<script>alert(1)</script>,y\n1,<img src=x onerror=alert(2)>,2\n", "<b>.csv")
    assert turn(number) == "open"
    page = clerk.get(f"{HERE}/{number}/kolom").text
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;img src=x" in page
    assert "&lt;b&gt;.csv" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>.csv" not in page


def slow_workbook() -> bytes:
    """A workbook of 600,000 cells, none of which says anything."""
    book, written, slow = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["nama"])
    book.save(written)
    rows = b"<row>" + b"<c><v>1</v></c>" * 12 + b"</row>"
    with zipfile.ZipFile(written) as given, zipfile.ZipFile(slow, "w", zipfile.ZIP_DEFLATED) as planted:
        for entry in given.infolist():
            content = given.read(entry).replace(b"</sheetData>", rows * 50_000 + b"</sheetData>")
            planted.writestr(entry.filename, content)
    return slow.getvalue()


def test_a_table_that_takes_too_long_is_stopped_and_told(
    send: Send, apart: Apart, store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = send(slow_workbook(), "lambat.xlsx")
    monkeypatch.setitem(turns.LIMITS, "looking", Limits(memory_bytes=4_000_000_000, cpu_s=1, clock_s=600))
    apart()
    with store.connect() as connection:
        row = upload(connection, number)
    assert row is not None
    assert (row.state, row.problem) == ("refused", TOO_LONG)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(memory_bytes=150_000_000, cpu_s=60, clock_s=600), TOO_LARGE),
        (Limits(memory_bytes=4_000_000_000, cpu_s=60, clock_s=0.2), TOO_LONG),
    ],
)
def test_a_file_that_takes_more_than_it_may_is_stopped_and_told(
    send: Send, apart: Apart, store: Engine, monkeypatch: pytest.MonkeyPatch, limits: Limits, words: str
) -> None:
    number = send(SITES, "berat.csv")
    monkeypatch.setitem(turns.LIMITS, "looking", limits)
    row = None
    while row is None or row.state == "looking":
        assert apart() != "" or row is None
        with store.connect() as connection:
            row = upload(connection, number)
        assert row is not None
    assert (row.state, row.problem) == ("refused", words)


def test_the_worker_takes_its_turn_in_a_process_of_its_own(send: Send, apart: Apart, store: Engine) -> None:
    number = send(SITES, "giliran.csv")
    states: list[str] = []
    while not states or states[-1] == "looking":
        assert apart() == ""
        with store.connect() as connection:
            states.append(upload(connection, number).state)  # type: ignore[union-attr]
    assert states[-1] == "open"


def test_a_damaged_workbook_is_the_file_s_fault_and_not_ours(send: Send, apart: Apart, clerk: FlaskClient) -> None:
    book = openpyxl.Workbook()
    book.active.append(["nama", "jenis"])
    written = io.BytesIO()
    book.save(written)
    damaged = bytearray(written.getvalue())
    damaged[damaged.index(b"xl/worksheets/sheet1.xml") + 40] ^= 0xFF
    number = send(bytes(damaged), "rusak.xlsx")
    assert apart() == ""
    page = clerk.get(f"{HERE}/{number}").text
    assert "Simpan ulang dari program asalnya" in page
    assert turns.BROKEN not in page
