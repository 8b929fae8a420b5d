"""What the tests of the web app share: its files are built, a cluster may go away, a server runs for real."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection

from layers import db, migrations
from layers.settings import Settings, driver_url
from scripts.cluster import Cluster
from tests.databases import beside
from tests.webapp.complaints.conftest import settle
from webapp import create_app


@pytest.fixture(scope="session", autouse=True)
def pages_can_name_built_files(built: None) -> None:
    """Every page names files of the built front end."""


@pytest.fixture(scope="session")
def client(sample_url: str, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the application over the sample data."""
    return create_app(Settings(database_url=sample_url, data_dir=tmp_path_factory.mktemp("data"))).test_client()


@pytest.fixture(scope="session")
def records(sample_url: str) -> Iterator[Connection]:
    """The sample database itself, for what pages are compared with."""
    engine = db.connect(sample_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="session")
def mortal() -> Iterator[Cluster]:
    """A cluster with tables that a test may stop and start again; it runs when the test begins."""
    folder = Path(mkdtemp(prefix="peta-mortal-", dir="/tmp"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "postgres", durable=False)
    migrations.upgrade(driver_url(cluster.start()))
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def reporting_url(database_url: str) -> str:
    """A database of its own, since what visitors send is committed, and its trail never goes away."""
    url = beside(database_url, "reporting")
    settle(url)
    return url


@pytest.fixture(scope="session")
def staffed_url(database_url: str) -> str:
    """A database of its own where people sign in and act, so that other tests' trails stay empty."""
    return beside(database_url, "staffed")


@dataclass(frozen=True)
class Program:
    """A running program, its number, and the file that holds what it said."""

    process: subprocess.Popen[bytes]
    said: Path

    def end(self) -> int:
        """Ask it to stop as a terminal or a container would, and give its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


@contextmanager
def program(command: list[str], url: str, data_dir: Path) -> Iterator[Program]:
    """Run a program of the project against a database, until the test ends."""
    said = data_dir / "said"
    data_dir.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"DATABASE_URL": url, "PETA_DATA_DIR": str(data_dir)}
    with said.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        yield Program(process, said)
    finally:
        process.kill()
        process.wait()


@contextmanager
def served(url: str, data_dir: Path) -> Iterator[tuple[str, Program]]:
    """Run the web server as people do; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        bound = f"127.0.0.1:{probe.getsockname()[1]}"
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    with program([gunicorn, "-c", "python:webapp.serving", "--bind", bound], url, data_dir) as running:
        until(lambda: answers(bound))
        yield f"http://{bound}", running


def answers(bound: str) -> bool:
    host, port = bound.split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def until(holds: Callable[[], bool], patience_s: float = 60) -> None:
    """Wait until something holds; fails when it never does."""
    last = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < last, "waited in vain"
        time.sleep(0.1)


def fetch(address: str) -> tuple[int, str]:
    """Ask for an address as a program would; gives status and body."""
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
