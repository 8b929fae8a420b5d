"""Every page that a visitor comes to by links, one of each kind: what it weighs, and that it needs one connection."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import create_engine
from werkzeug.exceptions import HTTPException

from geo.svgmap import LIMIT
from layers.settings import Settings
from tests.webapp.explore.pages import Page
from tests.webapp.explore.test_weight import BROTLI, MOST, imported
from webapp import create_app

HERE = "lat=-4.83&lon=104.9"
STARTS = ["/", f"/?{HERE}", f"/nearest?{HERE}", "/search?q=bukit", "/kabar", "/lapor", "/internet/ukur", "/nothing"]


@pytest.fixture(scope="module")
def app(sample_url: str, made_files: Path) -> Iterator[Flask]:
    """The application with a single connection of each pool: whoever asks for a second one waits in vain."""
    app = create_app(Settings(database_url=sample_url, data_dir=made_files))
    usual = {name: app.extensions[name] for name in ("engine", "questions")}
    for name, engine in usual.items():
        options = {"isolation_level": "AUTOCOMMIT"} if name == "questions" else {}
        app.extensions[name] = create_engine(engine.url, pool_size=1, max_overflow=0, pool_timeout=1, **options)
    app.extensions["tiles"].engine = app.extensions["questions"]
    yield app
    for name in usual:
        app.extensions[name].dispose()


@pytest.fixture(scope="module")
def pages(app: Flask) -> dict[str, str]:
    """The first page of each kind, by its address: one of each endpoint, and of each layer."""
    client, seen, waiting = app.test_client(), {_kind(app, start) for start in STARTS}, list(STARTS)
    pages: dict[str, str] = {}
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code in (200, 302, 303, 404), f"{address}: {answer.status_code}"
        if answer.status_code == 200 and answer.mimetype == "text/html" and not _is_file(address):
            pages[address] = answer.text
            for link in (urljoin(address, link) for link in Page(answer.text).links if _is_own(link)):
                if _kind(app, link) not in seen:
                    seen.add(_kind(app, link))
                    waiting.append(link)
    return pages


def _kind(app: Flask, address: str) -> tuple[str, ...]:
    try:
        found, given = app.url_map.bind("localhost").match(urlsplit(address).path)
    except HTTPException:  # an old address that leads elsewhere, or none
        return (address,)
    return found, *(str(value) for name, value in given.items() if name == "layer_id")


def _is_own(link: str) -> bool:
    return not urlsplit(link).scheme and not link.startswith(("#", "/static/"))


def _is_file(address: str) -> bool:
    return "export" in address or ".html" in address


def test_visitors_come_to_the_pages_of_every_room(pages: dict[str, str]) -> None:
    wanted = {
        "/",
        "/map",
        "/layers",
        "/lapor",
        "/kinerja",
        "/jangkauan",
        "/sampah",
        "/internet",
        "/pekerjaan",
    }
    assert wanted <= {urlsplit(address).path for address in pages}
    assert len(pages) > 50


def test_each_weighs_less_than_60_kb_with_all_it_needs(app: Flask, pages: dict[str, str], dist: Path) -> None:
    files = json.loads((dist / "manifest.json").read_text())
    built = {
        name: (dist / f"{name}.br").stat().st_size for name in {files["site.css"], *imported(dist, files["site.js"])}
    }
    client = app.test_client()
    heavy = {}
    for address, html in pages.items():
        images = {image for image in Page(html).images if image.startswith("/map.svg")}
        drawn = [len(client.get(image, headers=BROTLI).data) for image in images]
        weight = len(client.get(address, headers=BROTLI).data) + sum(built.values()) + sum(drawn)
        if weight > MOST or any(size > LIMIT for size in drawn):
            heavy[address] = weight
    assert heavy == {}
