"""How many may be served at once, and how many of them may be slow."""

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from layers.settings import Settings
from tests.webapp.conftest import served
from webapp import uploads

HEAVY = {
    *("dask", "exactextract", "folium", "geopandas", "llvmlite", "mapclassify", "networkx", "numba", "openpyxl"),
    *(
        "pandas",
        "pi_heif",
        "pyarrow",
        "pyogrio",
        "rasterio",
        "scipy",
        "vroom",
        "weasyprint",
        "xlsxwriter",
        "xyzservices",
    ),
}


def test_a_web_worker_starts_without_what_only_computing_needs(settings: Settings, tmp_path: Path) -> None:
    """Each of these costs every worker 10 to 100 MB; the job worker brings them, or the one page that needs one."""
    program = "import sys, webapp.wsgi; print(*{name.partition('.')[0] for name in sys.modules})"
    environment = os.environ | {"DATABASE_URL": settings.database_url, "PETA_DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    brought = set(done.stdout.split())
    assert "flask" in brought and HEAVY & brought == set()


def test_nobody_waits_for_those_who_have_their_answer_and_do_not_leave(database_url: str, tmp_path: Path) -> None:
    """Each of them is waited for, 2 s; one after the other that would be longer than all these questions may take."""
    question = b"GET /static/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with served(database_url, tmp_path) as (address, _), ExitStack() as open_lines:
        host, port = address.removeprefix("http://").split(":")
        began = time.monotonic()
        for _ in range(40):
            line = open_lines.enter_context(socket.create_connection((host, int(port))))
            line.sendall(question)
            assert line.recv(100).startswith(b"HTTP/1.1 404 ")
        assert time.monotonic() - began < 20


def test_photos_leave_threads_to_everybody_else(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    from webapp import serving

    assert serving.threads - uploads.AT_ONCE >= 8


@pytest.mark.parametrize(
    "sent", [b"GET /api/nearest?kind=\xff HTTP/1.1", b"<b>4</b> / HTTP/1.1", b"GET /zona HTTP/9.9"]
)
def test_what_is_no_request_is_refused_in_words_that_repeat_nothing(
    sent: bytes, database_url: str, tmp_path: Path
) -> None:
    with served(database_url, tmp_path) as (address, running):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as line:
            line.sendall(sent + b"\r\nHost: x\r\n\r\n")
            head, _, page = b"".join(iter(lambda: line.recv(4096), b"")).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"Permintaan ini tidak dapat dibaca" in page
    assert b"This request cannot be read" in page
    for told in (page, running.said.read_bytes()):
        assert [part for part in (b"nearest", b"<b>4", b"zona", b"HTTP/9.9", b"\\xff") if part in told] == []
