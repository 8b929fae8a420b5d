"""The same places, whatever format and CRS they come in."""

from pathlib import Path

import geopandas
import openpyxl
import osmium
import pytest
import shapely

from layers.reading import process
from layers.reading.apart import read_apart
from layers.reading.detection import Format, detect
from layers.reading.limits import TOO_LARGE, Limits
from layers.reading.opening import opened
from layers.reading.refusal import FileRefusedError

NAMES = ["Kantor Camat", "Puskesmas – Abung", "SD N 1"]
PLACES = [[104.88, -4.82], [104.57, -4.86], [105.01, -4.49]]
TITLES = {".gpkg": Format.GEOPACKAGE, ".fgb": Format.FLATGEOBUF, ".geojson": Format.GEOJSON, ".shp": Format.SHAPEFILE}


@pytest.fixture
def frame() -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame({"nama": NAMES}, geometry=shapely.points(PLACES), crs=4326)


def read(path: Path, layer: str = "") -> tuple[str, dict[str, tuple[float, float]]]:
    with opened(path, detect(path), layer) as source:
        places = {}
        for chunk in source.chunks:
            for name, place in zip(chunk.column("nama").to_pylist(), chunk.geometry, strict=True):
                places[name] = (place.x, place.y)
        return source.crs, places


@pytest.mark.parametrize("suffix", TITLES)
def test_a_file_with_geometry_gives_its_rows_and_its_crs(
    tmp_path: Path, frame: geopandas.GeoDataFrame, suffix: str
) -> None:
    path = tmp_path / f"data{suffix}"
    frame.to_crs(32748).to_file(path) if suffix != ".geojson" else frame.to_file(path)
    assert detect(path) is TITLES[suffix]
    crs, places = read(path)
    degrees = geopandas.GeoSeries(shapely.points(list(places.values())), crs=crs).to_crs(4326).get_coordinates()
    found = dict(zip(places, degrees.to_numpy().tolist(), strict=True))
    assert found == {name: pytest.approx(place, abs=1e-8) for name, place in zip(NAMES, PLACES, strict=True)}


@pytest.mark.parametrize("suffix", [".gpkg", ".fgb", ".geojson"])
def test_a_name_that_means_something_to_gdal_is_only_a_name(
    tmp_path: Path, frame: geopandas.GeoDataFrame, suffix: str
) -> None:
    frame.to_file(tmp_path / f"data{suffix}")
    odd = tmp_path / f"arsip.zip!{suffix}"
    (tmp_path / f"data{suffix}").rename(odd)
    assert sorted(read(odd)[1]) == sorted(NAMES)


def test_a_file_of_several_layers_asks_which(tmp_path: Path, frame: geopandas.GeoDataFrame) -> None:
    for layer in ("kantor", "sekolah"):
        frame.to_file(tmp_path / "data.gpkg", layer=layer)
    with pytest.raises(FileRefusedError, match="--layer: kantor, sekolah"):
        read(tmp_path / "data.gpkg")
    assert list(read(tmp_path / "data.gpkg", "sekolah")[1]) == NAMES


TABLE = [
    ["nama", "bujur", "lintang"],
    *([n, str(x).replace(".", ","), str(y)] for n, (x, y) in zip(NAMES, PLACES, strict=True)),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_csv_is_read_in_the_encoding_and_with_the_delimiter_it_has(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "data.csv"
    path.write_text("\r\n".join(delimiter.join(row) for row in TABLE) + "\r\n", encoding=encoding)
    assert detect(path) is Format.CSV
    with opened(path, Format.CSV) as source:
        rows = [row for chunk in source.chunks for row in chunk.rows.to_pylist()]
    assert [list(row.values()) for row in rows] == TABLE[1:]


def test_a_workbook_is_read_from_the_sheet_that_is_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["kosong"])
    sheet = book.create_sheet("Kantor")
    for row in TABLE:
        sheet.append(row)
    book.save(tmp_path / "data.xlsx")
    assert detect(tmp_path / "data.xlsx") is Format.XLSX
    with opened(tmp_path / "data.xlsx", Format.XLSX, "Kantor") as source:
        rows = [row for chunk in source.chunks for row in chunk.rows.to_pylist()]
    assert [list(row.values()) for row in rows] == TABLE[1:]


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """A school as a building, a police post as a point, a road, and a road whose nodes are not in the extract."""
    path = tmp_path / "data.osm.pbf"
    corners = [(104.0, -5.0), (104.002, -5.0), (104.002, -4.998), (104.0, -4.998)]
    with osmium.SimpleWriter(str(path)) as writer:
        for number, place in enumerate(corners, 1):
            writer.add_node(osmium.osm.mutable.Node(id=number, location=place, tags={}))
        writer.add_node(osmium.osm.mutable.Node(id=9, location=(104.5, -4.5), tags={"amenity": "police"}))
        writer.add_way(osmium.osm.mutable.Way(id=1, nodes=[1, 2, 3, 4, 1], tags={"amenity": "school", "name": "SD"}))
        writer.add_way(osmium.osm.mutable.Way(id=2, nodes=[1, 3], tags={"highway": "primary", "name": "Jalan Raya"}))
        writer.add_way(osmium.osm.mutable.Way(id=3, nodes=[77, 78], tags={"highway": "primary"}))
    return path


def test_an_osm_extract_gives_points_for_buildings_too(extract: Path) -> None:
    assert detect(extract) is Format.OSM_PBF
    with read_apart("osm", extract, ("amenity=school", "amenity=police"), ("name",), "Point") as source:
        (chunk,) = source.chunks
    rows = {row["osm_id"]: (row["osm_tag"], row["name"]) for row in chunk.rows.to_pylist()}
    assert rows == {"n9": ("amenity=police", None), "w1": ("amenity=school", "SD")}
    assert shapely.contains(shapely.box(104, -5, 104.002, -4.998), chunk.geometry).sum() == 1


def test_a_road_that_the_extract_cuts_off_has_no_place(extract: Path) -> None:
    with read_apart("osm", extract, ("highway=*",), ("name",), "MultiLineString") as source:
        (chunk,) = source.chunks
    places = dict(zip(chunk.column("osm_id").to_pylist(), chunk.geometry, strict=True))
    assert places["w2"].length > 0
    assert places["w3"] is None


@pytest.mark.parametrize("what", ["csv", "xlsx", "osm"])
def test_a_table_or_an_extract_that_takes_too_much_memory_is_refused_in_words(
    extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(process, "LIMITS", Limits(memory_bytes=150_000_000, cpu_s=900, clock_s=3_600))
    openpyxl.Workbook().save(tmp_path / "data.xlsx")
    (tmp_path / "data.csv").write_text("nama\nTPS\n")
    path, arguments = {
        "csv": (tmp_path / "data.csv", ()),
        "xlsx": (tmp_path / "data.xlsx", ("",)),
        "osm": (extract, (("highway=*",), ("name",), "MultiLineString")),
    }[what]
    with pytest.raises(FileRefusedError) as refused, read_apart(what, path, *arguments) as source:
        list(source.chunks)
    assert str(refused.value) == TOO_LARGE


def test_lines_that_cannot_be_cut_into_columns_are_told_from_the_process_that_reads(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("nama;jenis\nTPS;a\nTPA;b;lebih\n", encoding="utf-8")
    with opened(tmp_path / "data.csv", Format.CSV) as source:
        rows = [row for chunk in source.chunks for row in chunk.rows.to_pylist()]
    assert (rows, source.broken) == ([{"nama": "TPS", "jenis": "a"}], [(2, "TPA;b;lebih")])
