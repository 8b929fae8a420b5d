"""OGC API Features: what the standard asks for, and what it must refuse."""

from itertools import pairwise
from typing import Any

import mapbox_vector_tile
import pytest
from flask.testing import FlaskClient
from pyproj import Transformer
from sqlalchemy import Engine, delete, insert

from layers.records.licences import keep_licence
from layers.records.tables import SourceLicence
from layers.registry import layers
from tests.webapp.ogc.conftest import NUMBERS, row
from webapp import tile_cache

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
OFFICES = "/ogc/collections/offices/items"
OFF_THE_EARTH = ("1e308,1e308,1e308,1e308", "-1e308,-1e308,1e308,1e308", "0,0,2.1e7,1", "0,0,1,1e30")


def get(client: FlaskClient, path: str, **query: Any) -> Any:
    answer = client.get(f"/ogc{path}", query_string={name.replace("_crs", "-crs"): v for name, v in query.items()})
    assert answer.status_code == 200, answer.text
    return answer.get_json(force=True)


def names(found: Any) -> list[int]:
    return [int(f["properties"]["name"].split()[1]) for f in found["features"]]


def link(found: Any, rel: str) -> str | None:
    return next((one["href"] for one in found["links"] if one["rel"] == rel), None)


def test_every_link_of_the_entrance_leads_somewhere(client: FlaskClient) -> None:
    for document in (get(client, "/"), get(client, "/collections"), get(client, "/collections/roads")):
        for one in document["links"]:
            answer = client.get(one["href"])
            assert answer.status_code == 200
            assert answer.content_type.startswith(one["type"])


def test_a_collection_says_where_and_when_it_is(client: FlaskClient) -> None:
    found = get(client, "/collections/complaints")
    north = -4.5 + (NUMBERS["complaints"] - 1) // 20 / 100
    assert found["extent"]["spatial"]["bbox"][0] == pytest.approx([104.0, -4.5, 104.19, north])
    assert found["extent"]["temporal"]["interval"][0][0] == "2026-01-01T12:00:00+00:00"
    assert found["storageCrs"] == CRS84
    assert {CRS84, f"{EPSG}4326", f"{EPSG}3857"} <= set(found["crs"])


def test_a_collection_says_the_licence_of_each_of_its_sources(
    client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tile_cache, "POLL_S", 0)
    assert get(client, "/collections/waste", lang="en")["license"] == "licence not stated"
    with engine.begin() as connection:
        keep_licence(connection, "waste", "uji-lain", "ODbL 1.0", "https://example.org/odbl")
        connection.execute(insert(layers()["waste"].table).values(row(layers()["waste"], 999) | {"source": "uji-lain"}))
    try:
        found = get(client, "/collections/waste", lang="en")
        assert found["license"] == "uji-ogc: licence not stated; uji-lain: ODbL 1.0"
        assert link(found, "license") == "https://example.org/odbl"
    finally:
        with engine.begin() as connection:
            for table in (layers()["waste"].table, SourceLicence):
                connection.execute(delete(table).where(table.source == "uji-lain"))


def test_next_links_lead_through_all_features_once(client: FlaskClient) -> None:
    seen: list[int] = []
    address: str | None = "/ogc/collections/roads/items?limit=33&status=desa"
    while address is not None:
        page = client.get(address).get_json(force=True)
        assert page["numberReturned"] == len(page["features"])
        seen += names(page)
        address = link(page, "next")
    assert seen == [n for n in range(NUMBERS["roads"]) if n % 5 == 3]


@pytest.mark.parametrize("layer_id", list(layers()))
def test_one_feature_is_as_in_the_list(client: FlaskClient, layer_id: str) -> None:
    first = get(client, f"/collections/{layer_id}/items", limit=1)["features"][0]
    alone = get(client, f"/collections/{layer_id}/items/{first['id']}")
    assert {k: alone[k] for k in first} == first
    assert link(alone, "collection") == f"http://localhost/ogc/collections/{layer_id}"


@pytest.mark.parametrize(("epsg", "north_first"), [(4326, True), (3857, False)])
def test_coordinates_come_as_the_system_orders_them(client: FlaskClient, epsg: int, north_first: bool) -> None:
    """Compared with pyproj."""
    answer = client.get("/ogc/collections/offices/items", query_string={"crs": f"{EPSG}{epsg}", "limit": 1})
    assert answer.headers["Content-Crs"] == f"<{EPSG}{epsg}>"
    expected = Transformer.from_crs(4326, epsg, always_xy=not north_first).transform(
        *((-4.5, 104.0) if north_first else (104.0, -4.5))
    )
    place = answer.get_json(force=True)["features"][0]["geometry"]["coordinates"]
    assert place == pytest.approx(expected, abs=0.01)


def test_the_default_system_is_named(client: FlaskClient) -> None:
    assert client.get("/ogc/collections/offices/items").headers["Content-Crs"] == f"<{CRS84}>"


def test_a_box_means_the_same_in_every_system(client: FlaskClient) -> None:
    to_metres = Transformer.from_crs(4326, 3857, always_xy=True)
    metres = to_metres.transform_bounds(104.045, -4.455, 104.105, -4.415)
    asked = {
        CRS84: "104.045,-4.455,104.105,-4.415",
        f"{EPSG}4326": "-4.455,104.045,-4.415,104.105",
        f"{EPSG}3857": ",".join(map(str, metres)),
    }
    found = [
        names(get(client, "/collections/offices/items", bbox=box, bbox_crs=system)) for system, box in asked.items()
    ]
    inside = [n for n in range(NUMBERS["offices"]) if 5 <= n % 20 <= 10 and 5 <= n // 20 <= 8]
    assert found == [inside] * 3


def test_a_box_with_heights_is_read(client: FlaskClient) -> None:
    assert names(get(client, "/collections/offices/items", bbox="103.99,-4.51,0,104.005,-4.495,100")) == [0]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2026-01-05", {5}),
        ("2026-01-05T12:00:00Z", {5}),
        ("2026-01-05T13:00:00Z", set()),
        ("2026-01-05T19:00:00+07:00", {5}),
        ("../2026-01-02", {1, 2}),
        ("2026-01-30/..", {30, 31}),
        ("2026-01-30/", {30, 31}),
        ("2026-01-05T00:00:00Z/2026-01-06T23:00:00Z", {5, 6}),
    ],
)
def test_moments_and_intervals(client: FlaskClient, written: str, days: set[int]) -> None:
    found = get(client, "/collections/complaints/items", datetime=written, limit=1000)
    assert {1 + n % 31 for n in names(found)} == days
    assert found["numberMatched"] == len(found["features"])


def test_a_page_in_the_middle_counts_all_pages(client: FlaskClient) -> None:
    middle = get(client, "/collections/settlements/items", limit=5)["features"][-1]["id"]
    for start in ({"after": middle}, {"offset": 5}, {"after": middle, "limit": 1000}):
        assert get(client, "/collections/settlements/items", **start)["numberMatched"] == NUMBERS["settlements"]


def test_counts_follow_changes(client: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tile_cache, "POLL_S", 0)
    table = layers()["waste"].table

    def counted() -> int:
        return int(get(client, "/collections/waste/items", kind="tpa")["numberMatched"])

    assert counted() == sum(n % 4 == 2 for n in range(NUMBERS["waste"]))
    before = counted()
    with engine.begin() as connection:
        connection.execute(insert(table), row(layers()["waste"], 2) | {"source_id": "baru"})
    assert counted() == before + 1
    with engine.begin() as connection:
        connection.execute(delete(table).where(table.source_id == "baru"))
    assert counted() == before


def test_a_limit_beyond_the_most_is_lowered(client: FlaskClient) -> None:
    assert len(get(client, "/collections/areas/items", limit=1_000_000)["features"]) == NUMBERS["areas"]


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "ten"},
        {"limit": "1e3"},
        {"limit": "9" * 30},
        {"limit": "١٠"},
        {"offset": "-1"},
        {"after": "x"},
        {"bbox": "104,-5,105"},
        {"bbox": "104,-4,105,-5"},
        {"bbox": "104,-5,105,nan"},
        {"bbox": "inf,-5,105,-4"},
        {"bbox": "104,-500,105,400"},
        {"bbox": "1,2,3,4,5"},
        {"bbox": "1,2,3,4", "bbox-crs": "nonsense"},
        {"bbox": "1e300,2,3,4", "bbox-crs": f"{EPSG}3857"},
        *({"bbox": box, "bbox-crs": f"{EPSG}3857"} for box in OFF_THE_EARTH),
        {"crs": f"{EPSG}23830"},
        {"datetime": "yesterday"},
        {"datetime": "2026-13-01"},
        {"datetime": "2026-02-01/2026-01-01"},
        {"datetime": "2026-01-01/2026-01-02/2026-01-03"},
        {"datetime": "9999-12-31T23:59:59-12:00"},
        {"datetime": "0001-01-01T00:00:00+14:00/.."},
        {"checked_on": "soon"},
        {"kind": "';select pg_sleep(5)--"},
        {"kind": "SD"},
        {"knid": "sd"},
        {"<script>": "1"},
        {"f": "xml"},
        {"lang": "fr"},
    ],
)
def test_nonsense_is_refused_in_one_sentence(client: FlaskClient, query: dict[str, str]) -> None:
    answer = client.get(OFFICES, query_string=query)
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["detail"]
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/collections/nonsense",
        "/collections/nonsense/items",
        "/collections/offices/items/0",
        "/collections/offices/items/abc",
        "/collections/offices/items/-1",
        f"/collections/offices/items/{'9' * 25}",
        "/collections/offices/items/9223372036854775808",
        "/tileMatrixSets/Mars",
        "/collections/offices/tiles/WebMercatorQuad/3/8/0",
        "/nothing",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/ogc{path}")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_hidden_fields_are_no_queryables(client: FlaskClient) -> None:
    assert "description" not in get(client, "/collections/complaints/queryables")["properties"]
    assert client.get("/ogc/collections/complaints/items", query_string={"description": "x"}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/api", "/conformance", "/collections", "/collections/roads", "/tileMatrixSets"])
def test_people_get_pages(client: FlaskClient, path: str) -> None:
    for asked in (
        client.get(f"/ogc{path}?f=html"),
        client.get(f"/ogc{path}", headers={"Accept": "text/html,*/*;q=0.8"}),
    ):
        assert asked.content_type.startswith("text/html")
        assert "<h1>" in asked.text


def test_a_page_of_features_leads_to_the_next(client: FlaskClient) -> None:
    page = client.get("/ogc/collections/roads/items?f=html&limit=5").text
    assert "Contoh 4" in page
    assert "Contoh 5" not in page
    assert 'rel="next"' in page


def test_titles_come_in_the_language_asked_for(client: FlaskClient) -> None:
    assert get(client, "/collections/roads")["title"] == "Jalan"
    assert get(client, "/collections/roads", lang="en")["title"] == "Roads"
    english = client.get("/ogc/collections/roads", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert english.get_json()["title"] == "Roads"


def test_a_page_does_not_change_its_language_for_one_room(client: FlaskClient) -> None:
    browser = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en-GB,en;q=0.9"}
    assert '<html lang="id"' in client.get("/ogc/collections/roads", headers=browser).get_data(as_text=True)
    chosen = client.get("/ogc/collections/roads?lang=en", headers=browser)
    assert '<html lang="en"' in chosen.get_data(as_text=True)


def test_a_tile_is_the_same_by_either_address(client: FlaskClient) -> None:
    standard = client.get("/ogc/collections/offices/tiles/WebMercatorQuad/10/524/807")
    assert standard.data == client.get("/tiles/offices/10/807/524.mvt").data
    assert mapbox_vector_tile.decode(standard.data)["offices"]["features"]


def test_the_tileset_says_what_its_layers_hold(client: FlaskClient) -> None:
    found = get(client, "/collections/offices/tiles/WebMercatorQuad")
    assert [layer["id"] for layer in found["layers"]] == ["offices", "offices_cells"]
    assert set(found["layers"][0]["propertiesSchema"]["properties"]) == {"name", "kind"}


def test_the_grid_halves_at_each_zoom(client: FlaskClient) -> None:
    """The scale of zoom 0 is the standard's own number (OGC 17-083r4, annex D)."""
    matrices = get(client, "/tileMatrixSets/WebMercatorQuad")["tileMatrices"]
    assert matrices[0]["scaleDenominator"] == pytest.approx(559082264.0287178)
    for coarse, fine in pairwise(matrices):
        assert fine["cellSize"] * 2 == pytest.approx(coarse["cellSize"])
        assert fine["matrixWidth"] == 2 * coarse["matrixWidth"]
