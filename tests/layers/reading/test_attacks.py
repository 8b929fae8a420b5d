"""Files that want to make the importer read something else, or more than it can hold."""

import json
import stat
import threading
import zipfile
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import geopandas
import openpyxl
import pytest
import shapely

from layers.reading.detection import Format, detect
from layers.reading.gdal import open_vector
from layers.reading.opening import opened
from layers.reading.refusal import FileRefusedError

SECRET = "kata-sandi"
XML_ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of the server that no upload may reveal."""
    path = tmp_path / "rahasia.geojson"
    points = shapely.points([[104.9, -4.8]])
    geopandas.GeoDataFrame({"isi": [SECRET]}, geometry=points, crs=4326).to_file(path)
    return path


def everything_in(path: Path) -> str:
    with opened(path, detect(path)) as source:
        return "".join(str(chunk.rows.to_pydict()) for chunk in source.chunks)


def vrt(secret: Path) -> str:
    layer = f'<OGRVRTLayer name="rahasia"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
    return f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>"


def pipeline(secret: Path) -> str:
    return json.dumps({"type": "gdal_streamed_alg", "command_line": f"gdal vector pipeline ! read {secret}"})


@pytest.mark.parametrize("name", ["titik.geojson", "titik.gpkg", "titik.csv", "titik.tif", "titik.shp"])
@pytest.mark.parametrize("write", [vrt, pipeline])
def test_a_file_that_names_another_file_is_refused_whatever_it_is_called(
    tmp_path: Path, secret: Path, name: str, write: object
) -> None:
    path = tmp_path / name
    path.write_text(write(secret))  # type: ignore[operator]
    with pytest.raises(FileRefusedError):
        everything_in(path)


@pytest.mark.parametrize("write", [vrt, pipeline])
def test_gdal_would_read_it_but_for_the_drivers_it_does_not_know(tmp_path: Path, secret: Path, write: object) -> None:
    path = tmp_path / "titik.geojson"
    path.write_text(write(secret))  # type: ignore[operator]
    assert SECRET in str(geopandas.read_file(path).to_dict())
    with pytest.raises(FileRefusedError), open_vector(path, "GeoJSON", ""):
        pass


def test_a_pipeline_that_looks_like_geojson_reads_nothing(tmp_path: Path, secret: Path) -> None:
    path = tmp_path / "titik.geojson"
    path.write_text(pipeline(secret)[:-1] + ', "note": "FeatureCollection", "features": []}')
    try:
        assert SECRET not in everything_in(path)
    except FileRefusedError as refusal:
        assert SECRET not in str(refusal)


def test_no_file_makes_gdal_call_an_address(tmp_path: Path) -> None:
    called = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            called.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815 as http.server calls it

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    attempts = [
        f"<OGRWFSDataSource><URL>{address}/wfs</URL></OGRWFSDataSource>",
        json.dumps(
            {"type": "FeatureCollection", "links": [{"rel": "next", "href": f"{address}/items"}], "features": []}
        ),
        json.dumps({"type": "FeatureCollection", "$ref": f"{address}/ref", "features": []}),
    ]
    for number, attempt in enumerate(attempts):
        path = tmp_path / f"{number}.geojson"
        path.write_text(attempt)
        try:
            everything_in(path)
        except FileRefusedError:
            continue
    for name in (f"/vsicurl/{address}/a.gpkg", f"OAPIF:{address}", f"WFS:{address}"):
        with pytest.raises(FileRefusedError, match="tidak ada"):
            detect(Path(name))
        with pytest.raises(FileRefusedError), open_vector(Path(name), "GPKG", ""):
            pass
    server.shutdown()
    assert called == []


def test_a_zip_that_would_fill_the_disk_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "bom.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("titik.shp", b"\x00" * 50_000_000)
    with pytest.raises(FileRefusedError, match="tidak wajar"):
        everything_in(path)


def test_a_workbook_that_would_fill_the_memory_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"<row/>" * 10_000_000)
    with pytest.raises(FileRefusedError, match="tidak wajar"):
        everything_in(path)


def test_a_workbook_whose_words_multiply_themselves_is_refused(tmp_path: Path) -> None:
    plain, path = tmp_path / "biasa.xlsx", tmp_path / "bom.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["nama"])
    book.save(plain)
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(path, "w") as planted:
        for entry in given.infolist():
            text = given.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                text = XML_ENTITIES.encode() + text.replace(
                    b"</sheetData>", b"<row><c><v>&c;</v></c></row></sheetData>"
                )
            planted.writestr(entry.filename, text)
    with pytest.raises(FileRefusedError, match="rusak"):
        everything_in(path)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["nama", "jenis"])
    book.active.append(["TPS Pasar", "TPS"])
    book.save(tmp_path / "kantor.xlsx")
    return tmp_path / "kantor.xlsx"


def rewritten(path: Path, damage: Callable[[str, bytes], bytes]) -> Path:
    """The same ZIP with the content of its parts damaged."""
    other = path.with_name("rusak.xlsx")
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as planted:
        for entry in given.infolist():
            planted.writestr(entry.filename, damage(entry.filename, given.read(entry)))
    return other


def refused_or_whole(path: Path, content: str) -> bool:
    """Say whether a file is refused; where it is not, all must have been read as it was."""
    try:
        found = everything_in(path)
    except FileRefusedError as refusal:
        assert "Simpan ulang" in str(refusal)
        return True
    assert found == content
    return False


def test_a_workbook_with_a_flipped_byte_in_any_part_is_refused_in_words_or_read_as_it_was(workbook: Path) -> None:
    content, whole = everything_in(workbook), workbook.read_bytes()
    with zipfile.ZipFile(workbook) as archive:
        parts = {entry.filename: entry.header_offset + 40 + len(entry.filename) for entry in archive.infolist()}
    refused = []
    for name, place in parts.items():
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        workbook.with_name("rusak.xlsx").write_bytes(damaged)
        if refused_or_whole(workbook.with_name("rusak.xlsx"), content):
            refused.append(name)
    assert {"xl/workbook.xml", "xl/worksheets/sheet1.xml"} <= set(refused)


def test_a_workbook_whose_sheet_is_cut_is_refused_in_words(workbook: Path) -> None:
    damaged = rewritten(workbook, lambda name, content: content[: -60 if "sheet1" in name else len(content)])
    assert refused_or_whole(damaged, "")


def test_a_table_that_begins_as_utf_16_and_is_not_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_bytes(b"\xff\xfe\x00\xd8nama")
    assert refused_or_whole(tmp_path / "data.csv", "")


def zipped_shapefile(folder: Path, prefix: str = "") -> Path:
    points = shapely.points([[104.9, -4.8]])
    geopandas.GeoDataFrame({"nama": ["TPS"]}, geometry=points, crs=4326).to_file(folder / "titik.shp")
    path = folder / "titik.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in ("shp", "shx", "dbf", "prj"):
            archive.write(folder / f"titik.{part}", f"{prefix}titik.{part}")
    return path


@pytest.mark.parametrize("prefix", ["", "folder/", "../../", "/tmp/"])
def test_names_in_a_zip_lead_nowhere_else(tmp_path: Path, prefix: str) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    before = {p for p in tmp_path.rglob("*") if p.parent != inside}
    assert "TPS" in everything_in(zipped_shapefile(inside, prefix))
    assert {p for p in tmp_path.rglob("*") if p.parent != inside} == before


def test_a_link_in_a_zip_is_refused(tmp_path: Path, secret: Path) -> None:
    path = zipped_shapefile(tmp_path)
    with zipfile.ZipFile(path) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    link = zipfile.ZipInfo("titik.dbf")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as planted:
        for name, content in parts.items():
            planted.writestr(link if name == link.filename else name, str(secret) if name == link.filename else content)
    with pytest.raises(FileRefusedError, match="tautan"):
        everything_in(path)


def test_a_link_beside_a_shapefile_is_refused(tmp_path: Path, secret: Path) -> None:
    zipped_shapefile(tmp_path)
    (tmp_path / "titik.dbf").unlink()
    (tmp_path / "titik.dbf").symlink_to(secret)
    with pytest.raises(FileRefusedError, match="tautan"):
        everything_in(tmp_path / "titik.shp")


@pytest.mark.parametrize("damage", [b"PK\x03\x04 broken", b"SQLite format 3\x00" + b"\x00" * 100, b"\x00\x01\x02", b""])
def test_a_file_that_is_nothing_known_is_refused(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "data.gpkg"
    path.write_bytes(damage)
    with pytest.raises(FileRefusedError):
        detect(path)


def test_a_zip_with_a_damaged_part_is_refused(tmp_path: Path) -> None:
    path = zipped_shapefile(tmp_path)
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)
    assert detect(path) is Format.ZIPPED_SHAPEFILE
    with pytest.raises(FileRefusedError, match="rusak"):
        everything_in(path)
