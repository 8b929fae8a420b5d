"""Minutes of every cell: by another library on a few streets, by hand at a border, and as files for other programs."""

from pathlib import Path

import networkx
import numpy as np
import pytest
import rasterio
from rasterio.io import MemoryFile
from sqlalchemy import Connection, text

from geo.grids import without_infinite
from geo.zones import middle
from layers import computing
from layers.access import LAYER
from layers.access.land import land
from layers.access.queries import cells_of
from layers.rasters.queries import file_of, rasters
from tests.layers.access.world import SOUTH, WEST, lay_road, open_office, settle

ACROSS, UP = (430, 3_000, 8_970), (1_000, 3_500, 6_000)  # streets, in metres from the corner
KMH, WALK_KMH = 40.0, 4.0  # a local road, paved and good, when it is dry
PLANE = 1 / 0.9996  # the map is a little smaller than the ground


@pytest.fixture
def world(connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Connection:
    """A grid of three streets by three, and a puskesmas at its north-western crossing."""
    monkeypatch.setenv("PETA_DATA_DIR", str(tmp_path))
    settle(connection)
    for x in ACROSS:
        lay_road(connection, (x, UP[0]), (x, UP[-1]), name=f"utara {x}")
    for y in UP:
        lay_road(connection, (ACROSS[0], y), (ACROSS[-1], y), name=f"timur {y}")
    open_office(connection, "barat laut", ACROSS[0], UP[-1])
    return connection


def minutes(connection: Connection, mode: str = "mobil", season: str = "kering") -> tuple[np.ndarray, np.ndarray]:
    """Read the middles of the cells, in metres from the corner, and their minutes."""
    kept = cells_of(connection, ("puskesmas", mode, season))
    assert kept is not None
    with rasterio.open(file_of(kept)) as source:
        values = source.read(1, masked=True)
        row, column = np.nonzero(~np.ma.getmaskarray(values))
        x, y = source.xy(row, column)
    return np.column_stack([np.array(x) - WEST, np.array(y) - SOUTH]), values.data[row, column]


def streets() -> networkx.Graph:
    graph = networkx.Graph()
    for x in ACROSS:
        networkx.add_path(graph, [(x, y) for y in UP])
    for y in UP:
        networkx.add_path(graph, [(x, y) for x in ACROSS])
    for a, b, told in graph.edges(data=True):
        told["minutes"] = (abs(a[0] - b[0]) + abs(a[1] - b[1])) / 1000 / KMH * 60
    return graph


def expected(spot: np.ndarray, to_office: dict[tuple[int, int], float]) -> float:
    """Walk straight to the nearest street, then drive to either of its next crossings and on."""
    x, y = float(spot[0]), float(spot[1])
    meets = [(abs(x - a), (a, y)) for a in ACROSS] + [(abs(y - b), (x, b)) for b in UP]
    away, (px, py) = min(meets)
    along = px in ACROSS and (py not in UP)
    line = UP if along else ACROSS
    at = py if along else px
    ends = [max(e for e in line if e <= at), min(e for e in line if e >= at)]
    nodes = [(px, e) if along else (e, py) for e in ends]
    drive = min(abs(e - at) / 1000 / KMH * 60 + to_office[n] for e, n in zip(ends, nodes, strict=True))  # type: ignore[index]
    return (away / 1000 / WALK_KMH * 60 + drive) * PLANE


def test_the_minutes_of_each_cell_are_those_of_another_library(world: Connection) -> None:
    computing.compute(world, LAYER)
    to_office = networkx.single_source_dijkstra_path_length(streets(), (ACROSS[0], UP[-1]), weight="minutes")
    spots, found = minutes(world)
    assert len(found) == 32
    assert found == pytest.approx([expected(spot, to_office) for spot in spots], rel=2e-3)


def test_half_of_each_village_s_people_are_there_within_its_minutes_by_the_raster(world: Connection) -> None:
    computing.compute(world, LAYER)
    home = land(world)
    assert home.living is not None
    spots, found = minutes(world)
    order = np.lexsort((spots[:, 0], -spots[:, 1]))  # row by row, as cells are counted
    halves = found[order][middle(home.living.settled.people, found[order])]
    asked = text(
        "select minutes from access_village"
        " where kind = 'puskesmas' and mode = 'mobil' and season = 'kering' order by code"
    )
    assert halves == pytest.approx(world.execute(asked).scalars().all(), abs=1e-3)


def test_who_has_no_way_needs_for_ever_and_in_the_file_to_take_along_has_no_value(world: Connection) -> None:
    world.execute(text("update road set surface = 'tanah', condition = 'rusak_berat'"))
    computing.compute(world, LAYER)
    assert np.isinf(minutes(world, season="hujan")[1]).all()
    assert np.isfinite(minutes(world, season="kering")[1]).all()
    kept = cells_of(world, ("puskesmas", "mobil", "hujan"))
    assert kept is not None
    with MemoryFile(without_infinite(file_of(kept))) as memory, memory.open() as copy:
        assert copy.read(1, masked=True).count() == 0
        told = copy.tags()
        assert (copy.crs.to_string(), copy.units) == ("EPSG:32748", ("menit",))
        assert {name: told[name] for name in ("service", "mode", "season", "unit")} == {
            "service": "puskesmas",
            "mode": "mobil",
            "season": "hujan",
            "unit": "menit",
        }
        assert "BPS" in told["source"]


def test_every_kind_mode_and_season_has_its_raster_and_none_is_listed_among_the_others(world: Connection) -> None:
    computing.compute(world, LAYER)
    number = text("select count(*) from made_raster where kind = 'minutes'")
    assert world.scalar(number) == 6
    assert [one.id for one in rasters(world)] == ["penduduk_perkiraan"]
    open_office(world, "sekolah", 5_000, 3_500, kind="sd")
    computing.compute(world, LAYER)
    assert world.scalar(number) == 12
    world.execute(text("delete from office where kind = 'sd'"))
    computing.compute(world, LAYER)
    assert world.scalar(number) == 6
    assert cells_of(world, ("sd", "mobil", "kering")) is None


def test_what_is_the_same_keeps_its_file(world: Connection) -> None:
    computing.compute(world, LAYER)
    before = cells_of(world, ("puskesmas", "motor", "kering"))
    computing.compute(world, LAYER)
    assert cells_of(world, ("puskesmas", "motor", "kering")) == before
