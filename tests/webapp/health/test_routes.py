"""Watchers learn which part fails, and how busy every worker of the server is."""

from collections import namedtuple
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Connection, Engine, delete, func, insert, select

from layers.records import heartbeats
from layers.records.calendar import years_without_joint_leave
from layers.records.tables import Heartbeat
from layers.settings import Settings, driver_url, networks
from scripts.cluster import Cluster
from tests.webapp.conftest import fetch, served
from webapp import create_app
from webapp.health import checks


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


def beat(engine: Engine, age: timedelta) -> None:
    with engine.begin() as connection:
        connection.execute(delete(Heartbeat))
        connection.execute(insert(Heartbeat).values(worker="worker", at=datetime.now(UTC) - age))


def test_all_is_well_while_the_worker_beats(engine: Engine, client: FlaskClient) -> None:
    beat(engine, timedelta(seconds=5))
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json["status"] == "ok"
    assert set(answer.json["parts"]) == {"database", "worker", "holidays", "disk", "roads"}


def test_a_year_without_cuti_bersama_is_told_of_a_server_that_is_well(engine: Engine, client: FlaskClient) -> None:
    beat(engine, timedelta(seconds=5))
    with engine.connect() as connection:
        lacking = years_without_joint_leave(connection, datetime.now(UTC).date())
    answer = client.get("/health")
    assert answer.status_code == 200
    told = answer.json["parts"]["holidays"]["finding"]
    assert [str(year) in told for year in lacking] == [True for _ in lacking]
    assert told.startswith("no cuti bersama") == bool(lacking)


def test_a_silent_worker_is_named(engine: Engine, client: FlaskClient) -> None:
    beat(engine, timedelta(minutes=5))
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json["parts"]["worker"] == {"ok": False, "finding": "last alive 300 s ago"}
    assert answer.json["parts"]["database"]["ok"]


def test_a_full_disk_is_named(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")(10**12, 10**12, 3_000_000)
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda folder: usage)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json["parts"]["disk"] == {"ok": False, "finding": "3 MB free"}


def test_a_lost_database_is_named(mortal: Cluster, settings: Settings) -> None:
    client = create_app(Settings(driver_url(mortal.url), settings.data_dir)).test_client()
    mortal.stop()
    try:
        answer = client.get("/health")
    finally:
        mortal.start()
    assert answer.status_code == 503
    assert not answer.json["parts"]["database"]["ok"]


def test_a_beat_is_remembered_once_a_worker(connection: Connection) -> None:
    heartbeats.beat(connection, "worker")
    heartbeats.beat(connection, "worker")
    assert connection.scalar(select(func.count()).select_from(Heartbeat).where(Heartbeat.worker == "worker")) == 1
    assert heartbeats.last_beat(connection) < timedelta(seconds=60)


def test_only_callers_on_this_machine_read_the_metrics(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", environ_overrides={"REMOTE_ADDR": "192.0.2.1"}).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404


def test_behind_a_proxy_only_named_networks_read_the_metrics(settings: Settings) -> None:
    behind = replace(settings, trusted_proxies=1)
    assert create_app(behind).test_client().get("/metrics").status_code == 404
    client = create_app(replace(behind, metrics_from=networks("172.18.0.0/16, ::1"))).test_client()
    from_network = {"REMOTE_ADDR": "172.18.0.9"}
    assert client.get("/metrics", environ_overrides=from_network).status_code == 200
    assert client.get("/metrics").status_code == 404
    forwarded = {"X-Forwarded-For": "172.18.0.7"}
    assert client.get("/metrics", headers=forwarded, environ_overrides=from_network).status_code == 404


def test_a_network_that_is_none_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="prometheus"):
        networks("127.0.0.1 prometheus")


def test_requests_are_counted_by_route_over_all_workers(database_url: str, tmp_path: Path) -> None:
    with served(database_url, tmp_path) as (address, _):
        for number in range(40):
            fetch(f"{address}/layers/offices/{number}")
        families = list(text_string_to_metric_families(fetch(f"{address}/metrics")[1]))
    requests = next(f for f in families if f.name == "peta_requests")
    counted = [s for s in requests.samples if s.labels["route"].startswith("/layers/<")]
    assert sum(sample.value for sample in counted) == 40
    assert not [s for f in families for s in f.samples if "/layers/offices" in s.labels.get("route", "")]
