"""The map's style follows from the registry, and MapLibre can draw it."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from geo.ramps import Ramp
from layers.areas.queries import Regency
from layers.layer import Text
from layers.rasters.kinds import KINDS
from layers.rasters.queries import Raster
from layers.records.versions import States
from layers.registry import menu
from layers.settings import Settings
from scripts.setup import frontend
from webapp import create_app
from webapp.map.style import document

HOME = Regency("18.03", "Kabupaten Lampung Utara", (104.4, -5.2, 105.1, -4.4), 32748)
VALIDATE = """
import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
const style = JSON.parse(await new Promise((done) => {
  let text = ""; process.stdin.on("data", (part) => (text += part)).on("end", () => done(text));
}));
console.log(validateStyleMin(style).map((error) => error.message).join("\\n"));
"""


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings)


PEOPLE = Raster(
    "people", KINDS["population"], Text("Penduduk", "People"), "BPS", "CC BY", True, "people-0a1b2c3d.tif", 704, 649,
    HOME.bounds,
    Ramp((0.1, 0.5, 9.0), ("#fde8c8", "#8a3207")), datetime(2026, 11, 20, tzinfo=UTC), False,
)  # fmt: skip


def style(app: Flask, language: str = "id", **changes: str) -> dict[str, Any]:
    with app.test_request_context(f"/map/style.json?lang={language}"):
        settings = replace(app.config["SETTINGS"], **changes)
        states = States("5f0c9a1e", {"offices": 7})
        return document(menu(), settings, states, {"offices": {"sd": 3}}, {"offices"}, HOME, [PEOPLE])


@pytest.fixture
def written(app: Flask) -> Iterator[dict[str, Any]]:
    yield style(app)


def test_the_style_is_valid_by_the_style_specification(written: dict[str, Any]) -> None:
    command = [frontend.node(), "--input-type=module", "-e", VALIDATE]
    found = subprocess.run(
        command, input=json.dumps(written), cwd=frontend.SOURCE, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == ""


def test_every_layer_has_a_source_of_its_version_and_a_drawing(written: dict[str, Any]) -> None:
    for layer in menu():
        version = "5f0c9a1e-7" if layer.id == "offices" else "5f0c9a1e-0"
        assert written["sources"][layer.id]["tiles"] == [f"/tiles/{layer.id}/{{z}}/{{x}}/{{y}}.mvt?v={version}"]
        assert any(drawing.get("source") == layer.id for drawing in written["layers"])


def test_every_icon_that_a_choice_names_is_there_to_be_drawn(written: dict[str, Any]) -> None:
    icons = written["metadata"]["icons"]
    for layer in menu():
        if layer.geometry in ("Point", "Geometry"):
            assert {choice.icon for choice in layer.choices} <= set(icons)
    assert all(path.startswith(("M", "m")) for path in icons.values())


def test_the_legend_counts_each_choice_and_marks_sample_data(written: dict[str, Any]) -> None:
    offices = next(layer for layer in written["metadata"]["layers"] if layer["id"] == "offices")
    assert offices["total"] == 3
    assert {choice["id"]: choice["count"] for choice in offices["choices"]}["sd"] == 3
    assert offices["sample"] is True


def test_an_unknown_status_is_dashed_and_never_solid(written: dict[str, Any]) -> None:
    drawings = {drawing["id"]: drawing for drawing in written["layers"]}
    unknown = ["in", ["get", "status"], ["literal", ["tidak_diketahui"]]]
    assert drawings["roads-dashed"]["filter"] == unknown
    assert drawings["roads-line"]["filter"] == ["!", unknown]
    assert "line-dasharray" in drawings["roads-dashed"]["paint"]


def test_the_regencys_outline_is_of_no_layers_switch(written: dict[str, Any]) -> None:
    outline = next(drawing for drawing in written["layers"] if drawing["id"] == "areas-regency")
    assert outline["filter"] == ["==", ["get", "level"], "kabupaten"]
    assert "metadata" not in outline


def test_what_looks_the_same_on_the_map_is_the_same_kind() -> None:
    points = [layer for layer in menu() if layer.geometry == "Point"]
    looks = [(choice.icon, choice.colour) for layer in points for choice in layer.choices]
    assert len(looks) == len(set(looks))
    for layer in points:
        icons = [choice.icon for choice in layer.choices]
        assert len(icons) == len(set(icons))


def test_points_stand_over_lines_and_lines_over_land(written: dict[str, Any]) -> None:
    order = [drawing["id"] for drawing in written["layers"]]
    land, road, office = (order.index(i) for i in ("areas-land", "roads-line", "offices-icon"))
    assert land < road < office


def test_the_map_speaks_english_when_asked(app: Flask) -> None:
    titles = [layer["title"] for layer in style(app, "en")["metadata"]["layers"]]
    assert titles[0] == "Service offices"


def test_without_a_configured_base_map_no_source_lies_elsewhere(written: dict[str, Any]) -> None:
    addresses = [tile for source in written["sources"].values() for tile in source.get("tiles", [])]
    assert all(address.startswith(("/tiles/", "/rasters/")) for address in addresses)
    assert "basemap" not in written["sources"]


def test_a_configured_raster_base_map_lies_under_the_layers_in_the_place_of_the_land(app: Flask) -> None:
    written = style(app, basemap_tiles="https://peta.example/{z}/{x}/{y}.png")
    order = [drawing["id"] for drawing in written["layers"]]
    assert order[:2] == ["background", "basemap"]
    assert "areas-land" not in order


def test_a_pmtiles_file_of_this_machine_is_read_through_this_server(app: Flask) -> None:
    written = style(app, basemap_pmtiles="/srv/lampung.pmtiles")
    assert written["sources"]["basemap"]["url"] == "pmtiles:///map/basemap.pmtiles"


def test_the_style_answers_with_what_the_database_holds(app: Flask) -> None:
    answer = app.test_client().get("/map/style.json")
    assert answer.status_code == 200
    assert answer.json is not None
    assert [layer["id"] for layer in answer.json["metadata"]["layers"]] == [layer.id for layer in menu()]
    again = app.test_client().get("/map/style.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_base_map_file_is_sent_in_the_parts_that_are_asked_for(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "dasar.pmtiles"
    file.write_bytes(b"PMTiles" + bytes(range(100)))
    client = create_app(replace(settings, basemap_pmtiles=str(file))).test_client()
    part = client.get("/map/basemap.pmtiles", headers={"Range": "bytes=0-6"})
    assert (part.status_code, part.data) == (206, b"PMTiles")


def test_without_a_configured_file_there_is_no_base_map_to_send(app: Flask) -> None:
    assert app.test_client().get("/map/basemap.pmtiles").status_code == 404


def test_the_page_shows_the_drawn_map_and_lists_without_a_script(app: Flask) -> None:
    page = app.test_client().get("/map").get_data(as_text=True)
    assert '<img src="/map.svg"' in page
    assert all(f'href="/layers/{layer.id}"' in page for layer in menu())


def test_a_raster_lies_above_the_land_and_below_all_features_with_its_classes(written: dict[str, Any]) -> None:
    order = [drawing["id"] for drawing in written["layers"]]
    features = [d["id"] for d in written["layers"] if d["type"] in ("line", "circle") and d.get("metadata")]
    assert order.index("areas-land") < order.index("raster-people-cells") < min(map(order.index, features))
    assert written["sources"]["raster-people"]["tiles"] == ["/rasters/people/{z}/{x}/{y}.png?v=0a1b2c3d"]
    legend = next(layer for layer in written["metadata"]["layers"] if layer["id"] == "raster-people")
    assert [(c["title"], c["colour"]) for c in legend["choices"]] == [
        ("0,1 – 0,5 orang per sel", "#fde8c8"),
        ("0,5 – 9 orang per sel", "#8a3207"),
    ]
    assert legend["estimate"]


def test_the_counts_of_the_legend_are_asked_once_while_nothing_changes(app: Flask) -> None:
    asked: list[str] = []
    client = app.test_client()
    first = client.get("/map/style.json")
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert client.get("/map/style.json").json == first.json
    assert asked
    assert [statement for statement in asked if "tile_cell" in statement or "GROUP BY" in statement] == []
