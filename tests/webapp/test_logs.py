"""The log of a real server: one line of JSON a request, and nowhere the place where a person is."""

import json
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.webapp.conftest import fetch, served, until
from webapp import logs

LAT, LON = "-4.812345", "104.987654"
PLACE = f"lat={LAT}&lon={LON}"
ADDRESSES = (f"/nearest?{PLACE}", f"/api/nearest?{PLACE}", f"/api/nearest?lat={LAT}&lon=x", f"/nothing?{PLACE}")


@pytest.fixture(scope="module")
def said(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a server said while people asked for places, sent nonsense, and sent addresses without end."""
    with served(database_url, tmp_path_factory.mktemp("logs")) as (address, running):
        for asked in ADDRESSES:
            fetch(address + asked)
        for line in (f"GET /nearest?{PLACE} HTTP/9.9", f"BAD\x01 /nearest?{PLACE}", f"GET /?{PLACE}&q={'a' * 20_000}"):
            send(address, f"{line}\r\nHost: x\r\nReferer: http://x/nearest?{PLACE}\r\n\r\n")
        until(lambda: Path(running.said).read_text().count('"event": "request"') >= len(ADDRESSES))
        running.end()
        return running.said.read_text(encoding="utf-8")


def send(address: str, text: str) -> None:
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(text.encode())
        connection.recv(1000)


def test_no_position_enters_the_log(said: str) -> None:
    assert "4.812" not in said
    assert "104.98" not in said
    assert "lat=" not in said


def test_every_line_is_json(said: str) -> None:
    assert all(isinstance(json.loads(line), dict) for line in said.splitlines())


def test_each_request_has_one_line_with_its_route_status_and_time(said: str) -> None:
    lines = [line for line in map(json.loads, said.splitlines()) if line["event"] == "request"]
    assert [line["route"] for line in lines] == ["/nearest", "/api/nearest", "/api/nearest", "-"]
    assert lines[-1]["status"] == 404
    assert all(line["ms"] > 0 and line["request_id"] for line in lines)
    assert len({line["request_id"] for line in lines}) == len(lines)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_position_is_masked_wherever_a_message_mentions_it(lat: float, lon: float) -> None:
    masked = logs.mask(f"no office near ({lat:.5f}, {lon:.5f}) in /nearest?lat={lat}&lon={lon}")
    assert masked == "no office near (…, …) in /nearest?…"
