"""The servers that are measured, each with two workers: ours, and tipg in an environment of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote

from sqlalchemy import make_url

from scripts.setup.progress import Trouble, run

TIPG = ("tipg==1.6.1", "uvicorn[standard]==0.54.0")
PLAIN = ("--loop", "asyncio", "--http", "h11")  # uvicorn alone, as tipg's documentation installs it
FAST = ("--loop", "uvloop", "--http", "httptools")
WORKERS = 2
PATIENCE_S = 60


@contextmanager
def ours(url: str, folder: Path, cache_mb: int, workers: int = WORKERS) -> Iterator[str]:
    """Run our server, as scripts/server does, with tiles kept or not."""
    port = _free_port()
    settings = {
        "DATABASE_URL": url,
        "PETA_DATA_DIR": str(files(folder, cache_mb)),
        "PETA_TILE_CACHE_MB": str(cache_mb),
        "PETA_TRUSTED_PROXIES": "1",  # each phone that reports says where it is, as behind a proxy
    }
    gunicorn = Path(sys.executable).with_name("gunicorn")
    command = [str(gunicorn), "-c", "python:webapp.serving", "--workers", str(workers), "--bind", f"127.0.0.1:{port}"]
    with _running(command, settings, folder / f"ours-{cache_mb}.log", f"http://127.0.0.1:{port}", "/ogc/conformance"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def tipg(url: str, folder: Path, way: tuple[str, ...]) -> Iterator[str]:
    """Run tipg in one of its two ways, on the same database over the same socket."""
    place = make_url(url)
    folder_of_socket = quote(str(place.query["host"]), safe="")
    address = f"postgresql://{place.username}@{folder_of_socket}:{place.query['port']}/{place.database}"
    port = _free_port()
    command = [
        str(_installed(folder) / "uvicorn"),
        "tipg.main:app",
        "--workers",
        str(WORKERS),
        "--port",
        str(port),
        "--log-level",
        "warning",
        *way,
    ]
    with _running(
        command, {"DATABASE_URL": address}, folder / f"tipg-{way[1]}.log", f"http://127.0.0.1:{port}", "/healthz"
    ):
        yield f"http://127.0.0.1:{port}"


def files(folder: Path, cache_mb: int) -> Path:
    """Name the folder of files of one of our servers."""
    return folder / f"ours-{cache_mb}"


def _installed(folder: Path) -> Path:
    """Install tipg into a virtual environment below the bench's folder, and give its folder of programs."""
    home = folder / "tipg"
    if not (home / "bin" / "uvicorn").exists():
        venv.create(home, with_pip=True, clear=True)
        run("Install tipg", [str(home / "bin" / "pip"), "install", "--quiet", *TIPG])
    return home / "bin"


@contextmanager
def _running(command: list[str], settings: dict[str, str], log: Path, address: str, alive: str) -> Iterator[None]:
    with log.open("w") as written:
        program = subprocess.Popen(command, env=os.environ | settings, stdout=written, stderr=written)
        try:
            _wait(program, address + alive, log)
            yield
        finally:
            program.terminate()
            program.wait()


def _wait(program: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and program.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE_S):  # noqa: S310  # our own http address
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise Trouble(f"A server to be measured does not answer: {log} says why.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
