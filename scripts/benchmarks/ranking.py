"""How long it takes to rank the real village roads of West Java by their surveyed condition."""

import time

import numpy as np
import pyarrow.parquet as pq

from layers.priority.criteria import MEASURES, USUAL
from layers.priority.ranking import Board, board
from layers.settings import ROOT
from scripts.benchmarks.importing import Row
from scripts.setup.progress import Trouble

FILE = ROOT.parent / "shared" / "data" / "jalan_desa_jabar_kondisi.parquet"
CLASSES = ("baik_m", "rusak_ringan_m", "rusak_sedang_m", "rusak_berat_m")
DAMAGED = ("rusak_ringan_m", "rusak_sedang_m", "rusak_berat_m")
MILLION_RP_PER_KM = {"baik_m": 0.0, "rusak_ringan_m": 400.0, "rusak_sedang_m": 900.0, "rusak_berat_m": 1_600.0}

ABOUT = "Roads by their real surveyed condition, and by prices a km that are made up; medians."


def measure(runs: int) -> list[Row]:
    """Read the 32,340 roads and rank them, with the cost a km by made-up prices; medians of some runs, in s."""
    if not FILE.exists():
        raise Trouble(f"{FILE} is missing: the measurements need the shared data beside the project's folder.")
    weights = USUAL | {"cost": 20.0}
    times = np.array([_once(weights) for _ in range(runs)])
    read, ranked, shaken = (round(float(np.median(column)), 2) for column in times.T)
    count = f"{len(roads()):,} village roads of West Java"
    return [
        (f"reading the condition of {count}", read, "s"),
        (f"ranking {count}, each score in its parts (under 5)", ranked, "s"),
        ("how firmly they stand, 1,000 draws of the weights", shaken, "s"),
    ]


def _once(weights: dict[str, float]) -> tuple[float, float, float]:
    begun = time.perf_counter()
    rows = roads()
    read = time.perf_counter()
    ranked = rank(rows, weights)
    assert len(ranked.parts) == len(rows)  # noqa: S101 - what is measured was done
    done = time.perf_counter()
    ranked.firmness()
    return read - begun, done - read, time.perf_counter() - done


def rank(rows: list[dict[str, object]], weights: dict[str, float]) -> Board:
    """Rank the roads by the weighted sum."""
    return board(rows, weights, "weighted_sum")


def roads() -> list[dict[str, object]]:
    """Give each road as a candidate; its condition is not known where none of its metres was surveyed."""
    table = pq.read_table(FILE, columns=["kabupaten", "no", "nama_ruas", *CLASSES])
    metres = {name: np.nan_to_num(table[name].to_numpy().astype(float)) for name in CLASSES}
    total, damaged = sum(metres.values()), sum(metres[name] for name in DAMAGED)
    price = sum(metres[name] * rate for name, rate in MILLION_RP_PER_KM.items())
    share, cost = (
        np.divide(top, below, out=np.full(len(total), np.nan), where=below > 0)
        for top, below in ((100 * damaged, total), (price, damaged))
    )
    known = {"condition": share, "cost": cost}
    blank = dict.fromkeys(measure.key for measure in MEASURES)
    keys = zip(table["kabupaten"].to_pylist(), table["no"].to_pylist(), table["nama_ruas"].to_pylist(), strict=True)
    return [
        blank
        | {name: _given(values[i]) for name, values in known.items()}
        | {"source_id": f"{regency} {number}", "name": name, "length_m": total[i]}
        for i, (regency, number, name) in enumerate(keys)
    ]


def _given(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
