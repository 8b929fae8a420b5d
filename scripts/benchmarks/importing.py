"""How long a million points take to import, next to ogr2ogr's COPY of the same file into the same server."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from sqlalchemy import NullPool, create_engine, make_url, text

from layers import migrations

POINTS = 1_000_000
DATABASE = "peta_import_bench"
WEST, SOUTH, EAST, NORTH = 104.4, -5.1, 105.1, -4.5
LARGEST = re.compile(r"VmHWM:\s+(\d+) kB")
LOOKING_S = 0.05
Row = tuple[str, float, str]
VILLAGES = """
insert into area (source, source_id, code, name, level, parent_code, geom)
select 'bench', n, '18.03.01.' || 2000 + n, 'Desa ' || n, 'desa', '18.03.01',
       st_multi(st_segmentize(st_makeenvelope(x, y, x + 0.044, y + 0.038, 4326), 0.0005))
from (select i * 16 + j as n, 104.4 + i * 0.04375 as x, -5.1 + j * 0.0375 as y
      from generate_series(0, 15) as i, generate_series(0, 15) as j) as grid
"""


def measure(engine_url: str) -> list[Row]:
    """Import a million points as CSV and as GeoPackage into a database of its own; times in s, memory in MB."""
    server = create_engine(engine_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection, TemporaryDirectory(prefix="peta-bench-") as folder:
        connection.execute(text(f"drop database if exists {DATABASE}"))
        connection.execute(text(f"create database {DATABASE}"))
        try:
            return _measure(make_url(engine_url).set(database=DATABASE).render_as_string(False), Path(folder))
        finally:
            connection.execute(text(f"drop database {DATABASE} with (force)"))


def _measure(url: str, folder: Path) -> list[Row]:
    migrations.upgrade(url)
    engine = create_engine(url, poolclass=NullPool)  # a connection that is kept would be somebody to wait for
    with engine.begin() as connection:
        connection.execute(text(VILLAGES))
    rows: list[Row] = []
    for path in _files(folder):
        with engine.begin() as connection:
            connection.execute(text("truncate waste_site"))
        kind = path.suffix[1:]
        copied = _timed(_ogr2ogr(url, path))[0]
        imported, memory = _timed([sys.executable, "-m", "scripts.importing", "waste", str(path), "--area", "all"], url)
        rows += [
            (f"ogr2ogr, a million points from {kind}", round(copied, 1), "s"),
            (f"scripts/import of the same {kind}", round(imported, 1), "s"),
            (f"ratio for {kind} (at most 4)", round(imported / copied, 2), "×"),
            (f"memory for {kind} (under 1,000)", round(memory), "MB"),
        ]
    return rows


def _files(folder: Path) -> tuple[Path, Path]:
    random = np.random.default_rng(18)
    table, package = folder / "points.csv", folder / "points.gpkg"
    columns = {
        "id": pa.array(np.arange(POINTS)),
        "nama": pa.array([f"Tempat {n}" for n in range(POINTS)]),
        "jenis": pa.array(np.array(["tps", "tps3r", "tpa", "bank_sampah"])[random.integers(0, 4, POINTS)]),
        "lon": pa.array(random.uniform(WEST, EAST, POINTS).round(6)),
        "lat": pa.array(random.uniform(SOUTH, NORTH, POINTS).round(6)),
    }
    pacsv.write_csv(pa.table(columns), table)
    subprocess.run(["ogr2ogr", "-f", "GPKG", str(package), str(table), *_AS_POINTS], check=True)
    return table, package


_AS_POINTS = ["-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-a_srs", "EPSG:4326"]


def _ogr2ogr(url: str, path: Path) -> list[str]:
    place = make_url(url)
    parts = {"dbname": place.database, "user": place.username, "host": place.host, "port": place.port, **place.query}
    words = " ".join(f"{key}={value}" for key, value in parts.items() if value)
    options = ["-nln", "copied", "-overwrite", "--config", "PG_USE_COPY", "YES", "-lco", "SPATIAL_INDEX=GIST"]
    points = _AS_POINTS if path.suffix == ".csv" else []
    return ["ogr2ogr", "-f", "PostgreSQL", f"PG:{words}", str(path), *options, *points]


def _timed(command: list[str], url: str = "") -> tuple[float, float]:
    """Run a program and give its seconds and its largest memory in MB; raises CalledProcessError where it fails."""
    environment = {**os.environ, "DATABASE_URL": url} if url else None
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    largest = 0.0
    while process.poll() is None:
        largest = max(largest, _memory(process.pid))
        time.sleep(LOOKING_S)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - start, largest


def _memory(pid: int) -> float:
    """Tell the most that a running program has held so far, in MB; what wait4 tells holds the memory of its parent."""
    told = LARGEST.search(Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    return int(told[1]) / 1024 if told else 0.0
