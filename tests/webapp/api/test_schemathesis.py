"""The API keeps what its description promises, whatever schemathesis asks it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from werkzeug.serving import make_server

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The application on a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


WHOLE = ["--include-path-regex", "^/(api|tiles|layers)/", "--max-examples", "30"]
ONE_LAYER = ["--include-path-regex", "offices", "--max-examples", "10", "--phases", "fuzzing"]
KEPT = ["--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"]


@pytest.mark.parametrize(
    ("described", "asked", "operations"),
    [
        ("/api/openapi.json", WHOLE, 7),  # /health stands there too, and says rightly 503 where no worker runs
        ("/ogc/api", [*ONE_LAYER, *KEPT], 7),  # what it describes of one layer, it describes of each
    ],
)
def test_schemathesis_finds_nothing(
    address: str, tmp_path: Path, described: str, asked: list[str], operations: int
) -> None:
    command = [SCHEMATHESIS, "run", address + described, *asked, "--seed", "18"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert f"{operations} passed" in done.stdout
