"""A raster comes home as one event, takes the place of an earlier one, and leaves nothing behind when it is refused."""

from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, text

from geo.ramps import RasterError
from layers.rasters.acts import Arrival, import_raster, remove_raster, sweep
from layers.rasters.queries import home, raster, rasters
from layers.records.actors import Actor
from tests.geo.test_rasters import LAMPUNG, write

CLERK = Actor("import:petugas")


def arrival(path: Path, **known: object) -> Arrival:
    return Arrival(path, **({"id": "people", "kind": "population", "title": "Penduduk", "source": "BPS"} | known))  # type: ignore[arg-type]


def values(low: float, high: float) -> np.ndarray:
    return np.linspace(low, high, 900, dtype=np.float32).reshape(30, 30)


def files(data_dir: Path) -> list[str]:
    return sorted(file.name for file in home(data_dir).glob("*"))


def test_a_raster_is_known_by_its_classes_its_place_and_its_source(connection: Connection, tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", values(0, 100))
    kept = import_raster(connection, CLERK, arrival(path, estimate=True), LAMPUNG, tmp_path)
    assert raster(connection, "people") == kept
    assert (kept.width, kept.height, kept.source, kept.estimate) == (30, 30, "BPS", True)
    assert kept.ramp.limits == pytest.approx((0, 50, 75, 87.5, 93.75, 100), abs=0.2), "each the mean of what lies above"
    assert 104.7 < kept.bounds[0] < kept.bounds[2] < 104.9
    event = connection.execute(text("select actor, act, subject from event order by id desc limit 1")).one()
    assert tuple(event) == ("import:petugas", "import", "people")


def test_the_same_file_twice_is_one_raster_in_one_file(connection: Connection, tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", values(0, 100))
    first, second = (import_raster(connection, CLERK, arrival(path), LAMPUNG, tmp_path) for _ in range(2))
    assert first.version == second.version
    assert len(files(tmp_path)) == len(rasters(connection)) == 1


def test_a_newer_file_takes_the_place_of_the_earlier_one(connection: Connection, tmp_path: Path) -> None:
    paths = write(tmp_path / "a.tif", values(0, 100)), write(tmp_path / "b.tif", values(0, 50))
    first, second = (import_raster(connection, CLERK, arrival(path), LAMPUNG, tmp_path) for path in paths)
    assert first.version != second.version
    assert len(files(tmp_path)) == 2, "the change may yet be rolled back"
    assert sweep(connection, tmp_path) == 1
    assert files(tmp_path) == [second.file]


def test_a_raster_is_as_old_as_its_cells(connection: Connection, tmp_path: Path) -> None:
    paths = [write(tmp_path / "a.tif", values(0, 100)), write(tmp_path / "b.tif", values(0, 50))]
    import_raster(connection, CLERK, arrival(paths[0]), LAMPUNG, tmp_path)
    connection.execute(text("update raster set at = '2020-01-01'"))
    same, newer = (import_raster(connection, CLERK, arrival(path), LAMPUNG, tmp_path) for path in paths)
    assert same.at.year == 2020 < newer.at.year


def test_a_refused_raster_leaves_the_last_good_one(connection: Connection, tmp_path: Path) -> None:
    good = import_raster(connection, CLERK, arrival(write(tmp_path / "a.tif", values(0, 9))), LAMPUNG, tmp_path)
    with pytest.raises(RasterError, match="no_crs"):
        import_raster(connection, CLERK, arrival(write(tmp_path / "b.tif", values(0, 5), crs=None)), LAMPUNG, tmp_path)
    assert raster(connection, "people") == good
    assert files(tmp_path) == [good.file]


def test_a_raster_without_values_is_refused(connection: Connection, tmp_path: Path) -> None:
    path = write(tmp_path / "a.tif", np.full((9, 9), -1, np.float32))
    with pytest.raises(RasterError, match="empty"):
        import_raster(connection, CLERK, arrival(path), LAMPUNG, tmp_path)
    assert rasters(connection) == []


def test_a_removed_raster_is_gone_with_its_file(connection: Connection, tmp_path: Path) -> None:
    import_raster(connection, CLERK, arrival(write(tmp_path / "a.tif", values(0, 9))), LAMPUNG, tmp_path)
    assert remove_raster(connection, CLERK, "people")
    assert not remove_raster(connection, CLERK, "people")
    sweep(connection, tmp_path)
    assert files(tmp_path) == []
