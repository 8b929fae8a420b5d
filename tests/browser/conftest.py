"""A real Chromium before a real server with the sample data; each page is watched for errors and outside requests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.types import WSGIApplication

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect
from werkzeug.serving import make_server

from layers import db
from layers.records import sessions
from layers.records.actors import Grant, Role
from layers.settings import Settings
from tests.conftest import CHROMIUM
from tests.databases import SAMPLED, beside
from tests.webapp.staff import hire
from webapp import create_app

NO_WEBGL = ["--disable-gpu", "--disable-3d-apis"]
PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 800}

expect.set_options(timeout=30_000)  # a busy machine takes its time; what never comes still fails


@dataclass
class Watched:
    """What a context's pages complained about, and whom they asked."""

    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server's folder of files and keys."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def sample_url(sample_url: str) -> str:
    """A copy of the sample for those who click: what they do must not be seen by tests that count."""
    return beside(sample_url, "sample_clicked", like=SAMPLED)


@pytest.fixture(scope="session")
def address(sample_url: str, built: None, data_dir: Path) -> Iterator[str]:
    """The address of a server that runs for the whole session."""
    app = create_app(Settings(database_url=sample_url, data_dir=data_dir))
    with served(app) as address:
        yield address


@contextmanager
def served(app: WSGIApplication) -> Iterator[str]:
    """Serve an application on a free port of this machine; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium_without_webgl(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *NO_WEBGL])
    yield browser
    browser.close()


@pytest.fixture
def visit(address: str, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages: `visit("/map", viewport=PHONE)`; when the test ends, none may have complained or asked elsewhere."""
    contexts: list[BrowserContext] = []
    watched = Watched()

    def open_page(path: str, browser: Browser = chromium, viewport: dict[str, int] = DESK, **options: Any) -> Page:
        context = browser.new_context(base_url=address, viewport=viewport, locale="id-ID", **options)
        contexts.append(context)
        _watch(context, address, watched)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watched.errors == []
    assert watched.outside == []


@pytest.fixture
def token(sample_url: str) -> Callable[[Role], str]:
    """Hire somebody for a role, and give what the cookie of a browser holds that is signed in."""

    def hired(role: Role) -> str:
        engine = db.connect(sample_url)
        with engine.begin() as connection:
            token = sessions.begin(connection, "Uji", hire(connection, Grant(role)))
        engine.dispose()
        return token

    return hired


@pytest.fixture
def seat(visit: Callable[..., Page], token: Callable[[Role], str], address: str) -> Callable[..., Page]:
    """Open a page as a holder of a role."""

    def sit(role: Role, path: str, **options: object) -> Page:
        page = visit("/about/sample", bypass_csp=True, **options)
        page.context.add_cookies([{"name": "session", "value": token(role), "url": address}])
        page.goto(path)
        return page

    return sit


@pytest.fixture(scope="session")
def shots() -> Path:
    """The folder for screenshots, to look at after a run; not kept in git."""
    folder = Path(__file__).parents[2] / ".data" / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _watch(context: BrowserContext, address: str, watched: Watched) -> None:
    own = (address, "data:", "blob:")
    context.on("console", lambda m: watched.errors.append(m.text) if m.type == "error" else None)
    context.on("weberror", lambda e: watched.errors.append(str(e.error)))
    context.on("request", lambda r: None if r.url.startswith(own) else watched.outside.append(r.url))
