"""The raster of people that is made where nobody has brought one: whole, marked as an estimate, gone when one comes."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin
from sqlalchemy import Connection, text

from geo.zonal import zonal
from layers import computing
from layers.access import LAYER
from layers.access.people import OWN_RASTER
from layers.rasters.acts import Arrival, import_raster, remove_raster
from layers.rasters.queries import file_of, raster, rasters
from layers.records.actors import Actor
from tests.layers.access.world import EPSG, SOUTH, SPAN_M, WEST, lay_road, open_office, settle

HALF = SPAN_M / 2
VILLAGES = shapely.box(
    [WEST, WEST + HALF], [SOUTH, SOUTH], [WEST + HALF, WEST + SPAN_M], [SOUTH + SPAN_M, SOUTH + SPAN_M]
)


@pytest.fixture
def world(connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Connection:
    """The regency with 600 people in the west and 400 in the east, its road and a puskesmas, computed."""
    monkeypatch.setenv("PETA_DATA_DIR", str(tmp_path))
    settle(connection)
    lay_road(connection, (0, 3_000), (10_000, 3_000))
    open_office(connection, "barat", 0, 3_000)
    computing.compute(connection, LAYER)
    return connection


def own_sums(connection: Connection) -> list[float]:
    kept = raster(connection, OWN_RASTER)
    assert kept is not None
    with rasterio.open(file_of(kept)) as source:
        assert source.read(1, masked=True).sum() == pytest.approx(total(connection))
    return zonal(file_of(kept), VILLAGES, f"EPSG:{EPSG}").sum.tolist()


def bring(connection: Connection, tmp_path: Path, *, estimate: bool = False) -> None:
    """Bring a raster of half a person in each of its cells."""
    brought = np.full((100, 100), 0.5, np.float32)
    profile = {"driver": "GTiff", "height": 100, "width": 100, "count": 1, "dtype": "float32", "nodata": -1}
    corner = from_origin(WEST, SOUTH + SPAN_M, 100, 100)
    with rasterio.open(tmp_path / "x.tif", "w", crs=f"EPSG:{EPSG}", transform=corner, **profile) as written:
        written.write(brought, 1)
    arrival = Arrival(tmp_path / "x.tif", "sensus", "population", "Sensus", "BPS", estimate=estimate)
    import_raster(connection, Actor("uji"), arrival, (104.9, -5.0, 105.2, -4.6), tmp_path)


def total(connection: Connection) -> float:
    return float(connection.scalar(text("select sum(population) from area where level in ('desa', 'kelurahan')")))


def test_the_raster_holds_each_village_s_official_number_and_says_that_it_is_an_estimate(world: Connection) -> None:
    kept = raster(world, OWN_RASTER)
    assert kept is not None and kept in rasters(world)
    assert (kept.estimate, kept.made, kept.kind.id) == (True, True, "population")
    assert "Perkiraan" in kept.source and "BPS" in kept.source
    assert own_sums(world) == pytest.approx([600, 400], abs=0.01)


def test_making_it_makes_nothing_due(world: Connection) -> None:
    standing = computing.standing(world, LAYER)
    assert standing is not None and not standing.stale
    version = raster(world, OWN_RASTER)
    computing.compute(world, LAYER)
    assert raster(world, OWN_RASTER) == version, "the same people are no new raster"


def test_other_numbers_or_other_settlements_are_another_raster(world: Connection) -> None:
    states = [raster(world, OWN_RASTER)]
    world.execute(text("update area set population = 900 where name = 'Barat'"))
    computing.compute(world, LAYER)
    states.append(raster(world, OWN_RASTER))
    assert own_sums(world) == pytest.approx([900, 400], abs=0.01)
    world.execute(text("delete from settlement where village_code = (select code from area where name = 'Timur')"))
    computing.compute(world, LAYER)
    states.append(raster(world, OWN_RASTER))
    assert own_sums(world) == pytest.approx([900, 400], abs=0.01)
    assert len({state.version for state in states if state}) == 3


def test_a_raster_that_somebody_brings_takes_its_place_and_gives_it_back(world: Connection, tmp_path: Path) -> None:
    bring(world, tmp_path)
    assert LAYER in computing.due(world)
    computing.compute(world, LAYER)
    assert [one.id for one in rasters(world)] == ["sensus"]
    found = world.execute(text("select people, people_source from access")).all()
    assert [row.people for row in found] == pytest.approx([2_500, 2_500], abs=1)
    assert {row.people_source for row in found} == {"Sensus: BPS"}
    assert remove_raster(world, Actor("uji"), "sensus")
    computing.compute(world, LAYER)
    assert own_sums(world) == pytest.approx([600, 400], abs=0.01)


@pytest.mark.parametrize(
    ("whole", "east"),
    [(1_000, 400), (None, 600), (500, 600)],
    ids=["what the regency's number leaves over", "as full as the others", "a number that leaves nothing over"],
)
def test_a_village_without_a_number_takes_no_other_number_away(
    world: Connection, whole: int | None, east: float
) -> None:
    """Both villages have settlements of the same size; the west has 600 people by its official number."""
    world.execute(text("update area set population = null where name = 'Timur'"))
    world.execute(text("update area set population = :whole where level = 'kabupaten'"), {"whole": whole})
    computing.compute(world, LAYER)
    kept = raster(world, OWN_RASTER)
    assert kept is not None and kept.source.endswith("desa tanpa angka resmi: Timur")
    assert zonal(file_of(kept), VILLAGES, f"EPSG:{EPSG}").sum.tolist() == pytest.approx([600, east], abs=0.01)


def test_a_village_without_a_number_or_a_settlement_is_filled_as_its_land_is(world: Connection) -> None:
    """Two villages of the same size: nothing is mapped in the east, where nobody has counted."""
    world.execute(text("update area set population = null where level = 'kabupaten' or name = 'Timur'"))
    world.execute(text("delete from settlement where village_code = (select code from area where name = 'Timur')"))
    computing.compute(world, LAYER)
    kept = raster(world, OWN_RASTER)
    assert kept is not None
    assert zonal(file_of(kept), VILLAGES, f"EPSG:{EPSG}").sum.tolist() == pytest.approx([600, 600], abs=0.01)


def test_people_of_a_raster_that_calls_itself_an_estimate_are_called_so(world: Connection, tmp_path: Path) -> None:
    bring(world, tmp_path, estimate=True)
    computing.compute(world, LAYER)
    assert set(world.scalars(text("select people_source from access"))) == {"Sensus: BPS (perkiraan)"}


def test_a_raster_whose_file_is_lost_leaves_the_last_result_and_says_which_to_bring_again(
    world: Connection, tmp_path: Path
) -> None:
    """Such as after a restore without the folder of files: nothing waits for ever, and what needs it is told."""
    bring(world, tmp_path)
    computing.compute(world, LAYER)
    kept = raster(world, "sensus")
    assert kept is not None
    file_of(kept).unlink()
    world.execute(text("update road set name = 'lain'"))
    computing.compute(world, LAYER)
    standing = computing.standing(world, LAYER)
    assert standing is not None and standing.problem is not None and not standing.stale
    assert "“Sensus” tidak dapat dibaca" in standing.problem.id
    assert world.scalar(text("select sum(people) from access")) == pytest.approx(5_000, abs=1)


def test_where_nobody_knows_how_many_there_are_none_is_made(world: Connection) -> None:
    world.execute(text("update area set population = null"))
    computing.compute(world, LAYER)
    assert rasters(world) == []
