"""How long all access of a regency takes, sums of cells within villages, and the nearest facility beside others."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import Affine

from geo.settled import CELL_M
from geo.zonal import zonal
from scripts.benchmarks import beside, town
from scripts.benchmarks.importing import Row

# The side of the grid, villages, settlements and cells with people, and the aims in s and GB: a regency and a province.
SIZES = ((158, 250, 1_400, 267_000, 2, 3), (708, 2_650, 13_400, 534_000, 30, 3))
VILLAGES, CELLS = 250, 700
ABOUT = """Made-up towns of crossings in a grid. All access is what the worker computes but for writing it: the minutes
of all villages, settlements and cells of 100 m to the nearest of 12 kinds of office in 2 seasons by motorcycle, and the
people within 15, 30 and 60 minutes; seconds of the clock, and of one core. Beside it the minutes from every crossing to
the nearest of 60 facilities, which all four find alike."""


def measure(url: str, folder: Path) -> list[Row]:
    """Measure both sizes, then the sums, then the others; raises Trouble where one of these finds other minutes."""
    return [row for size in SIZES for row in _access(url, *size)] + _sums(folder) + beside.measure(url, folder)


def _access(url: str, side: int, villages: int, settlements: int, cells: int, aim_s: int, aim_gb: int) -> list[Row]:
    size = [str(number) for number in (side, villages, settlements, cells)]
    command = [sys.executable, "-m", "scripts.benchmarks.access_run", *size]
    ran = subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, stdout=subprocess.PIPE, check=True)
    told = json.loads(ran.stdout)
    name = f"{told['edges']:,} edges, {cells:,} cells"
    return [
        (f"loading, {name}", round(told["loading_s"], 1), "s"),
        (f"all access, {name} (under {aim_s})", round(told["wall_s"], 2), "s"),
        ("the same, of one core", round(told["core_s"], 2), "s"),
        (f"memory at the most (under {aim_gb})", round(told["memory_gb"], 2), "GB"),
    ]


def _sums(folder: Path) -> list[Row]:
    cells, shapes = town.villages_on_cells(CELLS, VILLAGES)
    path = folder / "people.tif"
    grid = {"width": CELLS, "height": CELLS, "transform": Affine(CELL_M, 0, 0, 0, -CELL_M, CELLS * CELL_M)}
    with rasterio.open(path, "w", "GTiff", count=1, dtype="float32", crs=town.EPSG, **grid) as written:
        written.write(cells.astype("float32"), 1)
    started, core = time.perf_counter(), time.process_time()
    found = zonal(path, shapes, f"EPSG:{town.EPSG}")
    took, worked = time.perf_counter() - started, time.process_time() - core
    if not np.isclose(found.sum.sum(), cells.sum(), rtol=1e-4):
        raise ArithmeticError("The villages share the raster out, so their sums have to be all of it.")
    name = f"sums of {VILLAGES} villages on {CELLS**2:,} cells of 100 m"
    return [(f"{name} (under 1)", round(took, 2), "s"), ("the same, of one core", round(worked, 2), "s")]
