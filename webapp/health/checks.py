"""Is each part of the system well?"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from layers.records import heartbeats
from layers.records.calendar import years_without_joint_leave
from layers.roads import networks

DISK_FREE_MB = 500


@dataclass(frozen=True)
class Check:
    """Whether a part is well, and the finding in words."""

    ok: bool
    finding: str


def check(engine: Engine, data_dir: Path) -> dict[str, Check]:
    """Check the database, the worker, the disk that keeps the files, and the road network among them."""
    return {**check_database(engine), "disk": check_disk(data_dir), "roads": check_roads(data_dir)}


def check_database(engine: Engine) -> dict[str, Check]:
    """Ask the database when the worker was last alive, which checks both, and whether its calendar is whole."""
    try:
        with engine.connect() as connection:
            age = heartbeats.last_beat(connection)
            lacking = years_without_joint_leave(connection, datetime.now(UTC).date())
    except (DBAPIError, PoolTimeout):
        return {"database": Check(False, "unreachable"), "worker": Check(False, "unknown without the database")}
    parts = {"database": Check(True, "answers"), "holidays": _holidays(lacking)}
    if age is None:
        return {**parts, "worker": Check(False, "has never run")}
    return {**parts, "worker": Check(age < heartbeats.LATE, f"last alive {age.total_seconds():.0f} s ago")}


def _holidays(lacking: list[int]) -> Check:
    """Tell which years lack their cuti bersama; offices then read open on those days, but the server itself is well."""
    if not lacking:
        return Check(True, "cuti bersama is known")
    years = " and ".join(map(str, lacking))
    return Check(True, f"no cuti bersama of {years} is known: scripts/admin holidays import")


def check_roads(data_dir: Path) -> Check:
    """Tell how large the road network in use is; while there is none, answers by the straight line are well too."""
    network = networks.current(data_dir)
    if network is None:
        return Check(True, "no network yet, distances are in a straight line")
    report = network.report
    size = f"{report.nodes} nodes, {report.edges} edges, {report.length_m / 1000:.0f} km"
    joined = f"{100 * report.connected_share:.1f} % connected, {report.components} components"
    return Check(True, f"{size}, {joined}, made {report.built_at:%Y-%m-%d %H:%M} UTC")


def check_disk(data_dir: Path) -> Check:
    """Measure the room that is left where files are kept."""
    home = next(folder for folder in (data_dir, *data_dir.resolve().parents) if folder.exists())
    free = shutil.disk_usage(home).free // 1_000_000
    return Check(free >= DISK_FREE_MB, f"{free} MB free")
