"""Tiles over HTTP: kept while their layer stays as it is, refused where there are none."""

import gzip
from collections.abc import Iterator

import mapbox_vector_tile
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, insert, update

from layers.records.versions import States
from layers.registry import layers
from layers.settings import Settings
from layers.waste.table import WasteSite
from webapp import create_app, tile_cache
from webapp.tile_answers import Shortcut
from webapp.tile_cache import Tile, TileCache, size

PLACE = "12/3241/2103"  # holds 104.88° E 4.83° S
ADDRESS = f"/tiles/waste/{PLACE}.mvt"
WASTE = layers()["waste"]


@pytest.fixture
def site(engine: Engine) -> Iterator[None]:
    """One waste site that others can see."""
    row = {"source": "uji", "source_id": "1", "kind": "tps", "name": "TPS Pasar"}
    with engine.begin() as connection:
        connection.execute(insert(WasteSite).values(row | {"geom": "SRID=4326;POINT(104.88 -4.83)"}))
    yield
    with engine.begin() as connection:
        connection.execute(delete(WasteSite).where(WasteSite.source == "uji"))


@pytest.fixture
def app(settings: Settings, site: None, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application, which looks for new versions at every request."""
    monkeypatch.setattr(tile_cache, "POLL_S", -1)
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_a_tile_is_a_vector_tile(client: FlaskClient) -> None:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert answer.content_type == "application/vnd.mapbox-vector-tile"
    (found,) = mapbox_vector_tile.decode(answer.data)["waste"]["features"]
    assert found["properties"] == {"name": "TPS Pasar", "kind": "tps"}


def test_nothing_there_is_no_content(client: FlaskClient) -> None:
    answer = client.get("/tiles/waste/12/5/5.mvt")
    assert (answer.status_code, answer.data) == (204, b"")


def test_a_client_that_has_the_tile_is_told_so(client: FlaskClient) -> None:
    known = client.get(ADDRESS).headers["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": f'"other", {known}'})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(ADDRESS, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_tile_is_kept_for_good_only_under_its_version(client: FlaskClient, app: Flask) -> None:
    version = app.extensions["tiles"].version(WASTE)
    assert "immutable" in client.get(f"{ADDRESS}?v={version}").headers["Cache-Control"]
    number = version.partition("-")[2]
    for other in ("", "?v=0", f"?v={number}", f"?v={version}0", f"?v=00000000-{number}", f"?v=-{number}"):
        assert client.get(ADDRESS + other).headers["Cache-Control"] == "public, no-cache"


def test_a_change_shows_in_the_next_tile(client: FlaskClient, engine: Engine) -> None:
    before = client.get(ADDRESS)
    with engine.begin() as connection:
        connection.execute(update(WasteSite).values(name="TPS Baru"))
    after = client.get(ADDRESS, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert b"TPS Baru" in after.data


def test_an_unchanged_layer_is_not_drawn_again(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get(ADDRESS)
    monkeypatch.delattr("layers.tiles.tile")
    assert client.get(ADDRESS).data == first.data


def test_a_tile_travels_zipped_where_the_client_can_unzip(client: FlaskClient) -> None:
    plain = client.get(ADDRESS)
    zipped = client.get(ADDRESS, headers={"Accept-Encoding": "gzip, br"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_the_shortcut_answers_as_flask_does(app: Flask, client: FlaskClient) -> None:
    quick = client.get(ADDRESS)
    assert isinstance(app.wsgi_app, Shortcut)
    app.wsgi_app = app.wsgi_app.app  # type: ignore[method-assign]
    slow = client.get(ADDRESS)
    assert slow.data == quick.data
    for name in ("ETag", "Cache-Control", "Content-Type", "X-Content-Type-Options", "Access-Control-Allow-Origin"):
        assert slow.headers.getlist(name) == quick.headers.getlist(name)


@pytest.mark.parametrize(
    "address",
    [
        "/tiles/nonsense/12/3241/2103.mvt",
        "/tiles/waste/19/0/0.mvt",
        "/tiles/waste/12/4096/0.mvt",
        "/tiles/waste/12/-1/0.mvt",
        "/tiles/waste/99999999999999999999/0/0.mvt",
        "/tiles/waste/12/3241/2103.png",
        "/tiles/waste/1e1/0/0.mvt",
        "/tiles/waste;drop table waste_site/12/0/0.mvt",
    ],
)
def test_what_is_no_tile_is_not_found(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["detail"]


def test_without_a_database_a_tile_asks_for_patience(settings: Settings) -> None:
    nowhere = Settings("postgresql+psycopg2://postgres@127.0.0.1:9/peta", settings.data_dir)
    answer = create_app(nowhere).test_client().get(ADDRESS)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_a_cache_forgets_the_oldest_and_never_outgrows_its_bound(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.tiles.tile", lambda connection, layer, z, x, y: bytes(1_000))
    bound = 10 * size(Tile(bytes(1_000), "5f0c9a1e-17"))
    cache = TileCache(engine, bound)
    for x in range(25):
        cache.tile(WASTE, 12, x, 0)
        cache.tile(WASTE, 12, 0, 0)
        assert cache.kept.currsize <= bound
    assert len(cache.kept) == 10
    assert (WASTE.id, 12, 0, 0) in cache.kept
    assert (WASTE.id, 12, 1, 0) not in cache.kept


def test_a_tile_larger_than_the_cache_is_answered_and_not_kept(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layers.tiles.tile", lambda connection, layer, z, x, y: bytes(1_000))
    cache = TileCache(engine, 100)
    assert cache.tile(WASTE, 12, 0, 0).body == bytes(1_000)
    assert not cache.kept


def test_versions_are_asked_for_once_in_a_while(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(tile_cache, "states", lambda connection: asked.append(connection) or States("5f0c9a1e", {}))
    monkeypatch.setattr(tile_cache, "POLL_S", 3600)
    cache = TileCache(engine, 1_000_000)
    for x in range(20):
        cache.tile(WASTE, 12, x, 0)
    assert len(asked) == 1
