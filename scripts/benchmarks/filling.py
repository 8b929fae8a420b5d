"""What the measurements run on: the sample, the schools of Lampung, and a million complaints spread as real ones."""

import io
from typing import Any

import numpy as np
import pandas as pd
import pyogrio
from sqlalchemy import Engine, text

from layers import sample
from layers.offices.kinds import KINDS
from layers.query import Bounds
from layers.records.versions import fold
from layers.registry import layers
from layers.settings import ROOT
from scripts.benchmarks.questions import HOME
from scripts.setup.progress import Trouble, say

SHARED = ROOT.parent / "shared" / "data"
SCHOOLS = SHARED / "sekolah_lampung_dapodik.gpkg"
COMPLAINTS = SHARED / "complaints_311_geotagged.parquet"
LAMPUNG = (103.0, -6.5, 106.5, -3.5)
MILLION = 1_000_000
THREE_YEARS_S = 3 * 365 * 86_400
RESOLVED = 0.8
TYPICAL_DAYS = 14
DISTRICTS = 23
AGENCIES = ("pupr", "dlh", "dishub", "diskominfo", "perkim")
JITTER_DEG = 0.0005
SEED = 20


def fill(engine: Engine) -> None:
    """Fill an empty database; raises Trouble where the shared files are missing."""
    for file in (SCHOOLS, COMPLAINTS):
        if not file.exists():
            raise Trouble(f"{file} is missing: the measurements need the shared data beside the project's folder.")
    if not sample.is_empty(engine):
        return
    say("• Fill the database …")
    sample.load(engine, lambda step, done, total: None)
    copy(engine, "office", schools(LAMPUNG))
    copy(engine, "waste_site", schools(HOME).assign(kind="tps"))
    copy(engine, "complaint", complaints(MILLION))
    with engine.begin() as connection:
        connection.execute(text("set local statement_timeout = 0"))
        fold(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("set statement_timeout = 0"))
        connection.execute(text("vacuum analyze"))


def schools(within: Bounds) -> pd.DataFrame:
    """Read the schools that have a place within bounds."""
    found = pyogrio.read_dataframe(SCHOOLS, columns=["sekolah", "bentuk", "npsn"])
    found = found[~found.geometry.is_empty & found.geometry.notna()]
    found = found.cx[within[0] : within[2], within[1] : within[3]]
    kinds = found["bentuk"].str.lower().where(found["bentuk"].str.lower().isin([k.id for k in KINDS]), "sma")
    made = {"source": "bench", "source_id": found["npsn"], "name": found["sekolah"], "kind": kinds}
    return pd.DataFrame(made | {"geom": _points(found.geometry.x, found.geometry.y)}).drop_duplicates("source_id")


def complaints(number: int) -> pd.DataFrame:
    """Draw points anew from real complaints, each moved by some 50 m, with categories in the same shares."""
    random = np.random.default_rng(SEED)
    real = (
        pd.read_parquet(COMPLAINTS, columns=["lon", "lat", "category"])
        .dropna()
        .sample(number, replace=True, random_state=SEED)
    )
    categories = [choice.id for choice in layers()["complaints"].choices]
    numbers = pd.Series(range(number)).astype(str)
    made = {
        "source": "bench",
        "source_id": numbers,
        "number": "B-" + numbers,
        "name": "Laporan " + numbers,
        "category": np.array(categories)[real["category"].astype("category").cat.codes % len(categories)],
        **_lives(np.random.default_rng(SEED + 1), number),
    }
    lon, lat = (real[axis].to_numpy() + random.normal(0, JITTER_DEG, number) for axis in ("lon", "lat"))
    return pd.DataFrame(made | {"geom": _points(pd.Series(lon), pd.Series(lat))})


def _lives(random: np.random.Generator, number: int) -> dict[str, Any]:
    """Let complaints come in over three years, four of five be resolved, most of them in time."""
    reported = pd.Timestamp("2023-11-01", tz="UTC") + pd.to_timedelta(random.integers(THREE_YEARS_S, size=number), "s")
    done = random.random(number) < RESOLVED
    ended = pd.Series(reported + pd.to_timedelta(random.gamma(2, TYPICAL_DAYS / 2, number), "D")).where(pd.Series(done))
    districts = pd.Series(random.integers(1, DISTRICTS + 1, number)).astype(str).str.zfill(2)
    return {
        "state": np.where(done, "resolved", "in_progress"),
        "agency": random.choice(AGENCIES, number),
        "village_code": "18.03." + districts + ".2001",
        "reported_at": reported,
        "closed_at": ended,
        "due_on": (reported + pd.Timedelta(days=20)).date,
    }


def copy(engine: Engine, table: str, rows: pd.DataFrame) -> None:
    """Write rows by COPY."""
    written = io.StringIO(rows.to_csv(sep="\t", header=False, index=False))
    statement = f"copy {table} ({', '.join(rows.columns)}) from stdin with (format csv, delimiter E'\\t')"
    raw = engine.raw_connection()
    try:
        cursor: Any = raw.cursor()
        cursor.execute("set statement_timeout = 0")
        cursor.copy_expert(statement, written)
        raw.commit()
    finally:
        raw.close()


def _points(lon: "pd.Series[float]", lat: "pd.Series[float]") -> "pd.Series[str]":
    return "SRID=4326;POINT(" + lon.round(6).astype(str) + " " + lat.round(6).astype(str) + ")"
