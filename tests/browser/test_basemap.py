"""A configured base map: pictures from another host, or a PMTiles file of this machine, drawn under the layers."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from sqlalchemy import text

from layers import db
from layers.settings import Settings
from tests.browser.conftest import DESK, served
from webapp import create_app

BLUE = (40, 90, 200)
SLOW_MS = 60_000


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (256, 256), BLUE).save(buffer, "PNG")
    return buffer.getvalue()


def other_host(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    headers = [("Content-Type", "image/png"), ("Access-Control-Allow-Origin", "*")]
    start_response("200 OK", headers)
    return [picture()]


@contextmanager
def opened(chromium: Browser, settings: Settings) -> Iterator[tuple[Page, list[str]]]:
    """The map on a server of its own, with the addresses it asked for; fails on any complaint."""
    complaints: list[str] = []
    asked: list[str] = []
    with served(create_app(settings)) as address:
        page = chromium.new_page(viewport=DESK)
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("request", lambda r: asked.append(r.url))
        page.goto(f"{address}/map#map=10/-5.6/104&layers=offices")
        expect(page.locator("[data-in-view]:not(:empty)").first).to_be_attached(timeout=SLOW_MS)
        yield page, asked
        page.close()
    assert [c for c in complaints if "GPU stall" not in c] == []


def colour_in_the_middle(page: Page) -> tuple[int, int, int]:
    drawn = Image.open(io.BytesIO(page.locator(".map-canvas").screenshot())).convert("RGB")
    return drawn.getpixel((drawn.width // 2, drawn.height // 2))  # type: ignore[return-value]


def archive(path: Path, kind: TileType, tiles: dict[int, bytes], compression: Compression) -> Path:
    """Write a PMTiles file of zoom 0 alone."""
    with path.open("wb") as file:
        writer = Writer(file)
        for number, content in tiles.items():
            writer.write_tile(number, content)
        world = {"min_lon_e7": -1_800_000_000, "max_lon_e7": 1_800_000_000}
        world |= {"min_lat_e7": -850_000_000, "max_lat_e7": 850_000_000}
        header = {"tile_type": kind, "tile_compression": compression, "min_zoom": 0, "max_zoom": 0}
        writer.finalize({**header, **world, "center_lon_e7": 0, "center_lat_e7": 0, "center_zoom": 0}, {})
    return path


@pytest.fixture
def plain(sample_url: str, built: None, tmp_path: Path) -> Settings:
    return Settings(database_url=sample_url, data_dir=tmp_path)


def test_pictures_come_from_the_configured_host_alone(chromium: Browser, plain: Settings) -> None:
    with served(other_host) as host:
        configured = Settings(plain.database_url, plain.data_dir, basemap_tiles=f"{host}/{{z}}/{{x}}/{{y}}.png")
        with opened(chromium, configured) as (page, asked):
            red, green, blue = colour_in_the_middle(page)
            own = page.url.split("/map")[0]
        assert blue > green > red
        assert any(address.startswith(host) for address in asked)
        assert all(address.startswith((own, host, "blob:", "data:")) for address in asked)


def test_a_pmtiles_file_of_pictures_is_drawn(chromium: Browser, plain: Settings, tmp_path: Path) -> None:
    tiles = {zxy_to_tileid(0, 0, 0): picture()}
    file = archive(tmp_path / "dasar.pmtiles", TileType.PNG, tiles, Compression.NONE)
    with opened(chromium, Settings(plain.database_url, plain.data_dir, basemap_pmtiles=str(file))) as (page, asked):
        red, green, blue = colour_in_the_middle(page)
    assert blue > green > red
    assert any(address.endswith("/map/basemap.pmtiles") for address in asked)


def test_a_pmtiles_file_of_vectors_is_drawn_too(chromium: Browser, plain: Settings, tmp_path: Path) -> None:
    water = """select st_asmvt(f, 'water', 4096, 'geom')
        from (select 'ocean' as kind, st_makeenvelope(0, 0, 4096, 4096) as geom) as f"""
    with db.connect(plain.database_url).connect() as connection:
        tile = bytes(connection.execute(text(water)).scalar_one())
    file = archive(tmp_path / "dasar.pmtiles", TileType.MVT, {zxy_to_tileid(0, 0, 0): tile}, Compression.NONE)
    with opened(chromium, Settings(plain.database_url, plain.data_dir, basemap_pmtiles=str(file))) as (page, _):
        red, _green, blue = colour_in_the_middle(page)
    assert blue > red + 20  # Protomaps' light water, not our own grey
