"""The API keeps what its description promises, whatever schemathesis asks it."""

import json
import subprocess
import sys
import urllib.request
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


@pytest.mark.parametrize(("description", "examples"), [("/api/openapi.json", 30), ("/ogc/api", 5)])
def test_schemathesis_finds_nothing(address: str, tmp_path: Path, description: str, examples: int) -> None:
    with urllib.request.urlopen(address + description) as answer:
        operations = sum(len(methods) for methods in json.load(answer)["paths"].values())
    command = [SCHEMATHESIS, "run", address + description, "--max-examples", str(examples), "--seed", "18"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert f"{operations} selected / {operations} total" in done.stdout
