"""The worker as it runs for real: it beats, folds, outlives the database and stops when told."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, create_engine, insert, select, text

from layers import db
from layers.exporting import scratch
from layers.offices.table import Office
from layers.records import heartbeats
from layers.records.queue import LONG
from layers.records.tables import Heartbeat, LayerChange
from layers.settings import driver_url
from scripts.cluster import Cluster
from tests.webapp.conftest import program, until
from webapp.jobs import worker

WORKER = [sys.executable, "-m", "webapp.jobs"]


def beats(engine: Engine) -> object:
    with engine.connect() as connection:
        return connection.scalar(select(Heartbeat.at))


def test_changes_are_folded_and_the_worker_is_seen_alive(mortal: Cluster, tmp_path: Path) -> None:
    engine = db.connect(driver_url(mortal.url))
    with engine.begin() as connection:
        connection.execute(text("truncate heartbeat"))
        row = {"source": "ujian", "source_id": "1", "kind": "pos", "geom": "SRID=4326;POINT(104.9 -4.8)"}
        connection.execute(insert(Office), row)
    with program(WORKER, mortal.url, tmp_path):
        until(lambda: beats(engine) is not None and not pending(engine))
    with engine.begin() as connection:
        assert heartbeats.last_beat(connection) < timedelta(minutes=1)
        assert connection.scalar(text("select n from tile_cell where layer = 'offices' and z = 6")) == 1
        connection.execute(text("truncate office cascade"))
    engine.dispose()


def pending(engine: Engine) -> bool:
    with engine.connect() as connection:
        return connection.scalar(select(LayerChange.id).limit(1)) is not None


def test_the_health_check_of_its_container_asks_the_worker_itself(mortal: Cluster, tmp_path: Path) -> None:
    engine = db.connect(driver_url(mortal.url))
    with engine.begin() as connection:
        connection.execute(text("truncate heartbeat"))
    assert status_of_health_check(mortal.url) == 1
    with program(WORKER, mortal.url, tmp_path):
        until(lambda: beats(engine) is not None)
        assert status_of_health_check(mortal.url) == 0
    with engine.begin() as connection:
        connection.execute(text("update heartbeat set at = at - interval '5 minutes'"))
    assert status_of_health_check(mortal.url) == 1
    engine.dispose()


def status_of_health_check(url: str) -> int:
    asked = subprocess.run(
        [sys.executable, "-m", "webapp.jobs.alive"], env=os.environ | {"DATABASE_URL": url}, check=False
    )
    return asked.returncode


def test_the_worker_outlives_the_database(mortal: Cluster, tmp_path: Path) -> None:
    engine = db.connect(driver_url(mortal.url))
    with program(WORKER, mortal.url, tmp_path) as running:
        until(lambda: beats(engine) is not None)
        mortal.stop()
        try:
            until(lambda: "database away" in running.said.read_text())
        finally:
            mortal.start()
        with engine.begin() as connection:
            connection.execute(text("truncate heartbeat"))
        until(lambda: beats(engine) is not None)
        assert running.process.poll() is None
    engine.dispose()


def test_it_stops_when_told_with_nothing_half_done(mortal: Cluster, tmp_path: Path) -> None:
    with program(WORKER, mortal.url, tmp_path) as running:
        until(lambda: "worker started" in running.said.read_text())
        assert running.end() == 0


def test_it_stops_when_told_while_the_database_is_away(mortal: Cluster, tmp_path: Path) -> None:
    with program(WORKER, mortal.url, tmp_path) as running:
        until(lambda: "worker started" in running.said.read_text())
        mortal.stop()
        try:
            until(lambda: "database away" in running.said.read_text())
            assert running.end() == 0
        finally:
            mortal.start()


def test_it_stops_when_told_though_a_job_waits_for_a_lock(mortal: Cluster, tmp_path: Path) -> None:
    engine = create_engine(driver_url(mortal.url))
    with engine.connect() as holder, program(WORKER, mortal.url, tmp_path) as running:
        holder.execute(text("lock table layer_change"))
        until(lambda: waiting(engine))
        assert running.end() == 0
        assert not waiting(engine)
    engine.dispose()


def test_while_long_jobs_hold_all_their_places_it_is_seen_alive(mortal: Cluster, tmp_path: Path) -> None:
    engine = create_engine(driver_url(mortal.url))
    with engine.connect() as holder, program(WORKER, mortal.url, tmp_path) as running:
        holder.execute(text("lock table siting_question, waste_round, road_network_attempt"))
        until(lambda: waiting(engine) >= worker.PLACES[LONG])
        with engine.begin() as connection:
            connection.execute(text("truncate heartbeat"))
        until(lambda: beats(engine) is not None)
        until(lambda: waiting(engine) >= worker.PLACES[LONG])  # one that has waited too long begins anew
        holder.rollback()
        assert running.end() == 0
    engine.dispose()


def waiting(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("select count(*) from pg_locks where not granted")) or 0)


def test_only_exports_older_than_an_hour_are_swept_up(tmp_path: Path) -> None:
    fresh, stale = scratch.folder(tmp_path), scratch.folder(tmp_path)
    (stale / "half.gpkg").touch()
    os.utime(stale, (0, 0))
    assert scratch.stale(tmp_path) == [stale]
    shutil.rmtree(stale)
    assert scratch.stale(tmp_path) == []
    assert fresh.exists()
