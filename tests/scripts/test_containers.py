"""docker-compose.yml and the Dockerfile, as far as they can be tried without a container engine."""

import json
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from dask.distributed import Client

from geo.executor import OnDask
from layers.settings import driver_url
from tests.conftest import ROOT
from tests.geo.regencies import load, measure
from tests.scripts.houses import free_port

BIN = Path(sys.executable).parent
COMPOSE = ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))


def test_the_compose_file_follows_the_compose_specification() -> None:
    checked = subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE], check=False
    )
    assert checked.returncode == 0


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    found = subprocess.run([BIN / "hadolint", ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert found.stdout == ""
    assert found.returncode == 0


def test_the_image_is_made_by_the_steps_of_scripts_server() -> None:
    assert "RUN python3 -m scripts.setup image" in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_every_lasting_container_has_a_health_check(compose: dict[str, Any]) -> None:
    lasting = {name: parts for name, parts in compose["services"].items() if name != "migrate"}
    assert set(lasting) == {"db", "web", "worker", "proxy", "dask-scheduler", "dask-worker"}
    assert all("test" in parts["healthcheck"] for parts in lasting.values())


def test_the_password_comes_from_outside_and_has_no_default(compose: dict[str, Any]) -> None:
    passwords = [line for line in COMPOSE.read_text(encoding="utf-8").splitlines() if "PASSWORD:" in line]
    assert len(passwords) == 2
    assert all("${POSTGRES_PASSWORD:?" in line for line in passwords)


@pytest.mark.parametrize("password", ["plain", "a@b/c#d%e?f:g", "spasi dan 'kutip'"])
def test_any_password_reaches_the_database_as_it_is_written(compose: dict[str, Any], password: str) -> None:
    """A database that asks for a password is played by a socket: it is told the one that a driver sends."""
    environment = compose["x-app"]["environment"]
    given = environment["PGPASSWORD"].replace("${POSTGRES_PASSWORD:?write POSTGRES_PASSWORD into .env}", password)
    assert compose["services"]["db"]["environment"]["POSTGRES_PASSWORD"] == environment["PGPASSWORD"]
    with socket.create_server(("127.0.0.1", 0)) as database, ThreadPoolExecutor(1) as beside:
        place = environment["DATABASE_URL"].replace("@db/", f"@127.0.0.1:{database.getsockname()[1]}/")
        program = "import sys\nfrom layers import db\ndb.connect(sys.argv[1], pool_size=1).connect()\n"
        words = [sys.executable, "-c", program, driver_url(place)]
        settings = {**os.environ, "PGPASSWORD": given, "PGSSLMODE": "disable"}
        running = beside.submit(subprocess.run, words, env=settings, cwd=ROOT, capture_output=True, check=False)
        assert _told_password(database) == password
        running.result()


def test_sample_data_stays_out_of_the_containers() -> None:
    commands = [COMPOSE.read_text(encoding="utf-8"), (ROOT / "Dockerfile").read_text(encoding="utf-8")]
    assert not any(
        "scripts.serve" in text or "scripts/server" in text.replace("as scripts/server:", "") for text in commands
    )


def test_the_proxy_speaks_tls_and_reads_a_slow_body_whole_before_it_bothers_the_web_server(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as web,
        _proxy(compose, web.getsockname()[1], tmp_path) as port,
        _speak_tls(port) as citizen,
    ):
        citizen.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 25\r\n\r\nhalf a body, ")
        web.settimeout(1)
        with pytest.raises(TimeoutError):
            web.accept()
        citizen.sendall(b"and the rest")
        web.settimeout(None)
        server, _ = web.accept()
        with server:
            assert server.recv(65536).endswith(b"half a body, and the rest")
            server.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine")
        assert citizen.recv(65536).startswith(b"HTTP/1.1 200 OK")


def test_where_a_person_is_stays_out_of_the_proxys_log(compose: dict[str, Any], tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # kept, so that nobody else listens there: the proxy finds no web server
        with _proxy(compose, closed.getsockname()[1], tmp_path) as port, _speak_tls(port) as citizen:
            asked = "GET /nearest?lat=-4.83512&lon=104.9 HTTP/1.1\r\nHost: localhost\r\n"
            citizen.sendall(f"{asked}Referer: https://localhost/?lat=-4.83512\r\n\r\n".encode())
            assert citizen.recv(65536).startswith(b"HTTP/1.1 502")
    said = (tmp_path / "caddy.log").read_text()
    assert '"status":502' in said
    assert "4.83512" not in said


def test_the_proxy_compresses_what_the_web_server_did_not(compose: dict[str, Any], tmp_path: Path) -> None:
    body = json.dumps({"desa": "Kotabumi " * 200}).encode()
    with (
        socket.create_server(("127.0.0.1", 0)) as web,
        _proxy(compose, web.getsockname()[1], tmp_path) as port,
        _speak_tls(port) as citizen,
    ):
        citizen.sendall(b"GET /api/search HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n")
        server, _ = web.accept()
        with server:
            server.recv(65536)
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            server.sendall(head.encode() + body)
        assert b"content-encoding: gzip" in citizen.recv(65536).lower()


def test_the_cluster_starts_only_where_it_is_asked_for(compose: dict[str, Any]) -> None:
    asked = {name for name, parts in compose["services"].items() if parts.get("profiles") == ["dask"]}
    assert asked == {"dask-scheduler", "dask-worker"}
    assert not any("ports" in compose["services"][name] for name in asked), "whoever reaches a scheduler may run code"


def test_the_commands_of_the_cluster_make_one_that_works(compose: dict[str, Any]) -> None:
    port, of_worker = free_port(), free_port()

    def here(name: str) -> list[str]:
        words = compose["services"][name]["command"]
        moved = {"0.0.0.0": "127.0.0.1", "8786": f"{port}", "8790": f"{of_worker}"}
        placed = [moved.get(word, word.replace("dask-scheduler:8786", f"127.0.0.1:{port}")) for word in words]
        return [sys.executable, "-m", *placed]

    settings = os.environ | {"PYTHONPATH": str(ROOT)}
    with ExitStack() as running:
        for name in ("dask-scheduler", "dask-worker"):
            program = running.enter_context(subprocess.Popen(here(name), env=settings, stderr=subprocess.DEVNULL))
            running.callback(program.terminate)
        client = running.enter_context(Client(f"127.0.0.1:{port}", timeout=120))
        found = OnDask(client).map(measure, load, [("18.12", "dasar", "a1")])
    assert [list(table.minutes) for table in found.values()] == [list(measure(load(("18.12", "", ""))).minutes)]


def _told_password(database: socket.socket) -> str:
    """Ask whoever connects for a password in plain text, as PostgreSQL's protocol does, and hang up."""
    caller, _ = database.accept()
    with caller:
        caller.recv(65536)  # who it is, and which database it wants
        caller.sendall(b"R\0\0\0\x08\0\0\0\x03")
        return caller.recv(65536)[5:-1].decode()


@contextmanager
def _speak_tls(port: int) -> Iterator[ssl.SSLSocket]:
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE  # Caddy signs for localhost with an authority of its own
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        trusting.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        yield secure


@contextmanager
def _proxy(compose: dict[str, Any], web: int, folder: Path) -> Iterator[int]:
    """Run the real Caddy with the settings of the compose file, in front of a port of this machine."""
    port = free_port()
    text = compose["configs"]["caddyfile"]["content"].replace("$$", "$").replace("web:8000", f"127.0.0.1:{web}")
    settings = folder / "Caddyfile"
    settings.write_text(
        text.replace("skip_install_trust", "skip_install_trust\nadmin off\nauto_https disable_redirects")
    )
    place = {"SITE_ADDRESS": f"localhost:{port}", "HOME": str(folder), "PATH": os.environ["PATH"]}
    run = [BIN / "caddy", "run", "--config", settings, "--adapter", "caddyfile"]
    with (folder / "caddy.log").open("wb") as log, subprocess.Popen(run, env=place, stderr=log) as caddy:
        try:
            _wait_for(port, caddy)
            yield port
        finally:
            caddy.terminate()


def _wait_for(port: int, program: "subprocess.Popen[bytes]") -> None:
    """Wait until TLS is spoken on a port; Caddy listens some time before it has a certificate."""
    while program.poll() is None:
        with suppress(ConnectionError, ssl.SSLError), _speak_tls(port):
            return
        time.sleep(0.1)
    pytest.fail("Caddy ended at once")
