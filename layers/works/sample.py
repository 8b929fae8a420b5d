"""The works' share of the sample data: four budget years of made-up works, most of them on roads of the regency."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

import numpy as np
import shapely
from shapely.ops import substring

from layers.areas.sample import LAST_DAY, Row, World
from layers.areas.sample_facts import SOURCE
from layers.areas.sample_land import dice
from layers.areas.sample_places import Place
from layers.roads import sample as roads
from layers.works.stages import OVER, PLANS, RUNNING

YEARS = (  # how many works of each budget year stand in each stage
    ("2024", {"maintained": 8, "finished": 2}),
    ("2025", {"maintained": 3, "finished": 12, "cancelled": 1}),
    ("2026", {"finished": 9, "under_way": 13, "contracted": 4, "cancelled": 1}),
    ("2027", {"tendered": 4, "budgeted": 7, "planned": 7, "proposal": 9}),
)
ON_ROADS = 0.72
ROADWORKS = ("rehabilitasi_jalan", "pemeliharaan_jalan", "rekonstruksi_jalan")
ELSEWHERE = (("drainase", "pupr", "Drainase"), ("jembatan", "pupr", "Gorong-gorong"), ("persampahan", "dlh", "TPS3R"),
             ("kesehatan", "dinkes", "Puskesmas pembantu"), ("air_bersih", "pupr", "Sumur bor"),
             ("lampu_jalan", "dishub", "Lampu jalan"))  # fmt: skip
AREAS = ("persampahan", "kesehatan")
VERBS = {"rehabilitasi_jalan": "Rehabilitasi", "pemeliharaan_jalan": "Pemeliharaan berkala",
         "rekonstruksi_jalan": "Rekonstruksi"}  # fmt: skip
RUPIAH_A_METRE = {"rehabilitasi_jalan": 2_400_000, "pemeliharaan_jalan": 900_000, "rekonstruksi_jalan": 4_300_000}
FUNDS = ("apbd_kabupaten", "apbd_kabupaten", "dak", "apbd_provinsi", "dana_desa")
CONTRACTORS = "ABCDEFGHJKLM"
METRES_A_DEGREE = 110_700.0  # near the equator
SHORTEST_M, LONGEST_M = 400.0, 3_600.0
HALF_PLOT_M = 35.0
MILLION = 1_000_000


def rows(world: World) -> Iterator[Row]:
    """Give the works in the order of their years."""
    ruas = takewhile(lambda row: row["source_id"].startswith("ruas-"), roads.rows(world))
    own = [row for row in ruas if row["status"] in ("kabupaten", "provinsi")]
    stages = [(year, stage) for year, counted in YEARS for stage, n in counted.items() for _ in range(n)]
    chosen = dice("pekerjaan ruas").permutation(len(own))
    towns = sorted(world.hearts, key=lambda place: -place.people)
    for number, (year, stage) in enumerate(stages):
        random = dice(f"pekerjaan {number}")
        if random.random() < ON_ROADS:
            what = _roadwork(own[int(chosen[number % len(own)])], number, random)
        else:
            what = _elsewhere(world, towns[number % len(towns)], number, random)
        yield {**what, **_told(what, year, stage, random)}


def stretch(source_id: str, length_m: float) -> tuple[float, float]:
    """Choose which metres of a road a work of the sample mends, to whole hundreds."""
    random = dice(f"bagian {source_id}")
    wanted = min(length_m, float(random.uniform(SHORTEST_M, LONGEST_M)))
    start = np.floor(random.uniform(0, max(length_m - wanted, 1)) / 100) * 100
    return float(start), float(min(start + max(np.round(wanted / 100) * 100, 100), length_m))


def _roadwork(road: Row, number: int, random: np.random.Generator) -> Row:
    kind = ROADWORKS[int(random.integers(len(ROADWORKS)))]
    line = _longest(road["geom"])
    source_id = f"pekerjaan-{number:03d}@{road['source_id']}"
    start, end = stretch(source_id, line.length * METRES_A_DEGREE)
    cut = substring(line, start / METRES_A_DEGREE, end / METRES_A_DEGREE)
    cost = (end - start) * RUPIAH_A_METRE[kind] * float(random.uniform(0.8, 1.25))
    name = f"{VERBS[kind]} {road['name']}"
    facts = {"kind": kind, "agency": "pupr", "budget": _rounded(cost), "geom": shapely.MultiLineString([cut])}
    return {"source": SOURCE, "source_id": source_id, "name": name, **facts}


def _elsewhere(world: World, place: Place, number: int, random: np.random.Generator) -> Row:
    kind, agency, title = ELSEWHERE[int(random.integers(len(ELSEWHERE)))]
    point = world.roadside(place, random)
    geom: Any = point
    if kind in AREAS:
        half = HALF_PLOT_M / METRES_A_DEGREE
        geom = shapely.box(point.x - half, point.y - half, point.x + half, point.y + half)
    facts = {"kind": kind, "agency": agency, "budget": _rounded(float(random.uniform(150, 1_900)) * MILLION)}
    return {
        "source": SOURCE,
        "source_id": f"pekerjaan-{number:03d}",
        "name": f"{title} {place.name}",
        **facts,
        "geom": geom,
    }


def _told(what: Row, year: str, stage: str, random: np.random.Generator) -> Row:
    """Tell how far a work has come, in agreement with its stage."""
    start = date(int(year), int(random.integers(3, 8)), int(random.integers(1, 28)))
    end = start + timedelta(days=int(random.integers(90, 190)))
    bound = stage in (*RUNNING, *OVER)
    value = _rounded(what["budget"] * float(random.uniform(0.88, 0.99))) if bound else None
    late = timedelta(days=int(random.integers(5, 45)) if random.random() < 0.3 else -int(random.integers(0, 12)))
    finished = min(end + late, LAST_DAY - timedelta(days=3)) if stage in OVER else None
    progress = {"finished": 100.0, "maintained": 100.0}.get(stage)
    if stage == "under_way":
        progress = float(random.integers(8, 95))
    paid = (
        value * (progress or 0) / 100 * (1.0 if stage in OVER else float(random.uniform(0.5, 0.95))) if value else None
    )
    contract = start - timedelta(days=int(random.integers(9, 30)))
    return {
        "stage": stage,
        "stage_on": _since(stage, start, contract, finished),
        "description": None,
        "fund": None if stage in ("proposal", "planned") else FUNDS[int(random.integers(len(FUNDS)))],
        "year": year,
        "contract_number": f"600/{int(random.integers(100, 999))}/KONTRAK/{year}" if bound else None,
        "contract_on": contract if bound else None,
        "contract_value": value,
        "contractor": f"CV Contoh Karya {CONTRACTORS[int(random.integers(len(CONTRACTORS)))]}" if bound else None,
        "spent": None if paid is None else _rounded(paid) if stage not in OVER else value,
        "progress": progress,
        "planned_start": start,
        "planned_end": end,
        "started_on": start if stage in (*OVER, "under_way") else None,
        "finished_on": finished,
        "condition_after": "baik" if stage in OVER and what["kind"] in ROADWORKS else None,
    }


def _since(stage: str, start: date, contract: date, finished: date | None) -> date:
    if stage in PLANS or stage == "cancelled":
        return min(start - timedelta(days=60), LAST_DAY - timedelta(days=20))
    return finished or (contract if stage == "contracted" else start)


def _longest(shape: Any) -> Any:
    return max(shapely.get_parts(shapely.line_merge(shape)), key=lambda part: part.length)


def _rounded(rupiah: float) -> int:
    return round(rupiah / MILLION) * MILLION
