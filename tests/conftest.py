"""What every test may ask for: a database of its own, one rollback a test."""

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Playwright, sync_playwright
from sqlalchemy import Connection, Engine, text

from layers import computing, db, migrations, sample
from layers.complaints import counting
from layers.layer import Layer
from layers.settings import Settings, driver_url
from scripts.cluster import Cluster
from scripts.setup import frontend
from tests.databases import BLANK, SAMPLED, beside

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
CHROMIUM = "/usr/bin/chromium"
SOFTWARE_WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]

hypothesis_settings.register_profile("untimed", deadline=None)  # time belongs to scripts/bench
hypothesis_settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test of the real data that skips itself where that data is there."""
    report = yield
    if report.skipped and item.get_closest_marker("real") and SHARED.exists():
        report.outcome = "failed"
        report.longrepr = f"{SHARED} is there, so this test may not skip: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def made_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of whoever asks the environment for one, such as computed layers that make rasters."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("made")
        patch.setenv("PETA_DATA_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    folder = Path(mkdtemp(prefix="peta-test-", dir="/tmp"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "postgres", durable=False)
    cluster.start()
    yield cluster
    cluster.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def database_url(cluster: Cluster) -> str:
    server = driver_url(cluster.url)
    migrations.upgrade(beside(server, BLANK, like="template1"))
    return beside(server, "rolled_back")


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    engine = db.connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def sample_url(database_url: str, made_files: Path) -> str:
    """A database of its own that holds the sample data, so that other tests' rows stay out of sight."""
    engine = db.connect(beside(database_url, SAMPLED))
    sample.load(engine, lambda step, done, total: None)
    while due := _due(engine):
        with engine.begin() as connection:
            computing.compute(connection, due[0])
    with engine.begin() as connection:
        counting.count(connection)
    engine.dispose()
    return beside(database_url, "sample", like=SAMPLED)


def _due(engine: Engine) -> list[Layer]:
    with engine.connect() as connection:
        return computing.due(connection)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one Playwright of the session: a second one beside it is refused."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *SOFTWARE_WEBGL])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def built() -> None:
    """The front end and the translations, made unless they are up to date; pages need them."""
    frontend.build()
    frontend.translate()


@pytest.fixture
def connection(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """A connection whose transaction is rolled back when the test ends; large seeds may take their time.

    What is computed over it makes its rasters in a folder of the test's own: another database's would be swept away.
    """
    monkeypatch.setenv("PETA_DATA_DIR", str(tmp_path))
    with engine.connect() as connection:
        outer = connection.begin()
        connection.execute(text("set local statement_timeout = 0"))
        yield connection
        outer.rollback()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, data_dir=tmp_path)
