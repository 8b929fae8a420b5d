"""Clients that people really use read every collection whole."""

import json
import subprocess
from pathlib import Path

import pyogrio
import pytest
from owslib.ogcapi.features import Features
from shapely.geometry import box

from layers.registry import layers, menu
from tests.webapp.ogc.conftest import NUMBERS

LAYERS = list(layers())
WEB_MERCATOR = "http://www.opengis.net/def/crs/EPSG/0/3857"


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "ERROR" not in done.stderr
    return done.stdout


def test_ogrinfo_lists_every_layer(server: str) -> None:
    listed = run("ogrinfo", "-q", f"OAPIF:{server}")
    assert [line.split()[1] for line in listed.splitlines()] == [layer.id for layer in menu()]


@pytest.mark.parametrize("layer_id", LAYERS)
def test_ogr2ogr_reads_a_collection_whole(server: str, layer_id: str, tmp_path: Path) -> None:
    target = tmp_path / "read.gpkg"
    run("ogr2ogr", str(target), f"OAPIF:{server}", layer_id, "-oo", "PAGE_SIZE=50")
    read = pyogrio.read_dataframe(target)
    assert len(read) == NUMBERS[layer_id]
    assert set(read["name"]) == {f"Contoh {n}" for n in range(NUMBERS[layer_id])}
    assert {field.name for field in layers()[layer_id].public_fields} <= set(read.columns)
    assert read.geometry.within(box(103.9, -4.6, 104.3, -4)).all()


def test_ogr_filters_on_the_server(server: str, tmp_path: Path) -> None:
    target = tmp_path / "read.gpkg"
    box_and_kind = ("-spat", "103.999", "-4.501", "104.051", "-4.001", "-where", "kind = 'tps'")
    run("ogr2ogr", str(target), f"OAPIF:{server}", "waste", *box_and_kind)
    expected = {f"Contoh {n}" for n in range(NUMBERS["waste"]) if n % 20 <= 5 and n % 4 == 0}
    assert set(pyogrio.read_dataframe(target)["name"]) == expected


def test_ogr_reads_other_coordinates(server: str, tmp_path: Path) -> None:
    target = tmp_path / "read.geojson"
    address = f"{server}/collections/offices/items?limit=1&crs={WEB_MERCATOR}"
    run("ogr2ogr", "-s_srs", "EPSG:3857", "-t_srs", "EPSG:4326", str(target), address)
    place = json.loads(target.read_text())["features"][0]["geometry"]["coordinates"]
    assert place == pytest.approx([104, -4.5], abs=1e-6)


@pytest.mark.parametrize("layer_id", LAYERS)
def test_owslib_reads_a_collection_whole(server: str, layer_id: str) -> None:
    api = Features(f"{server}/")
    assert layer_id in api.feature_collections()
    assert set(api.collection_queryables(layer_id)["properties"]) == {f.name for f in layers()[layer_id].public_fields}
    seen: list[str] = []
    while len(seen) < NUMBERS[layer_id]:
        page = api.collection_items(layer_id, limit=97, offset=len(seen))
        assert page["numberMatched"] == NUMBERS[layer_id]
        seen += [f["properties"]["name"] for f in page["features"]]
    assert seen == [f"Contoh {n}" for n in range(NUMBERS[layer_id])]


def test_owslib_follows_conformance_and_api(server: str) -> None:
    api = Features(f"{server}/")
    assert any("ogcapi-features-2" in uri for uri in api.conformance()["conformsTo"])
    assert api.api()["openapi"].startswith("3.0")
