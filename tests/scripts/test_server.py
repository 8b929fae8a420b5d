"""scripts/server, run for real in a folder whose name holds a space."""

import json
import time
from signal import Signals
from subprocess import Popen
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.scripts.houses import House

NEAR_KOTABUMI = "/api/nearest?lat=-4.83&lon=104.89&limit=50"


def _read(house: House, path: str) -> bytes:
    with urlopen(f"http://127.0.0.1:{house.port}{path}") as answer:
        body: bytes = answer.read()
    return body


def _health(house: House) -> dict[str, dict[str, object]]:
    try:
        return json.loads(_read(house, "/health"))["parts"]
    except HTTPError as failing:
        return json.loads(failing.read())["parts"]


def _stop(server: Popen[bytes], number: Signals) -> None:
    server.send_signal(number)
    assert server.wait() == 0


def test_a_newcomer_gets_sample_data_and_a_worker_and_the_next_start_loads_nothing_twice(house: House) -> None:
    server = house.serve()
    first = json.loads(_read(house, NEAR_KOTABUMI))
    assert len(first["features"]) == 50
    while not _health(house)["worker"]["ok"]:
        time.sleep(0.2)
    _stop(server, Signals.SIGINT)
    house.serve()
    assert "sample" not in house.printed()
    assert json.loads(_read(house, NEAR_KOTABUMI)) == first


@pytest.mark.parametrize("number", [Signals.SIGINT, Signals.SIGTERM, Signals.SIGHUP])
def test_ctrl_c_a_plain_kill_and_a_closed_terminal_stop_everything(house: House, number: Signals) -> None:
    _stop(house.serve("--empty"), number)
    assert house.printed().endswith("Stopped.\n")
    assert house.processes() == []


def test_a_killed_run_does_not_block_the_next_which_then_stops_everything(house: House) -> None:
    killed = house.serve("--empty")
    killed.kill()
    killed.wait()
    again = house.serve("--empty")
    assert _health(house)["database"]["ok"]
    _stop(again, Signals.SIGINT)
    assert house.processes() == []


def test_a_server_without_sample_data_waits_for_a_regency_of_ones_own(house: House) -> None:
    house.serve("--empty")
    found = json.loads(_read(house, NEAR_KOTABUMI))
    assert found["features"] == []


def test_a_second_server_from_the_same_folder_names_the_first(house: House) -> None:
    house.serve("--empty")
    status, said = house.run("scripts/server", PORT="8999")
    assert status == 1
    assert said.startswith(f"A server already runs from this folder: http://127.0.0.1:{house.port}, process ")
