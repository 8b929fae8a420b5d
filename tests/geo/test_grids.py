"""Rasters made here say what they hold, and what has no value or no end is marked so that other programs know."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.io import MemoryFile
from rasterio.transform import from_origin

from geo.grids import NODATA, Cells, Grid, without_infinite, write

HERE = from_origin(480_000, 9_470_000, 100, 100)
EPSG = "EPSG:32748"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A raster of 5 by 6 cells, of which those in a row of three and one below hold people."""
    values = np.full((5, 6), np.nan)
    values[2, 1:4], values[3, 4] = (10, 20, 30), 40
    write(Grid(values, HERE, EPSG), tmp_path / "people.tif", "orang", {"source": "uji"})
    return tmp_path / "people.tif"


def test_a_file_names_its_unit_its_source_and_what_stands_for_no_value(people: Path) -> None:
    with rasterio.open(people) as source:
        assert (source.crs.to_string(), source.nodata, source.units, source.tags()["source"]) == (
            EPSG,
            NODATA,
            ("orang",),
            "uji",
        )
        assert source.read(1, masked=True).sum() == 100
        assert source.read(1, masked=True).count() == 4


def test_numbers_of_cells_lie_where_the_cells_do_in_the_smallest_box(people: Path, tmp_path: Path) -> None:
    grid = Cells(people, np.array([13, 14, 15, 22])).grid(np.array([1.0, 2.0, np.inf, 4.0]))
    assert grid.values.shape == (2, 4)
    write(grid, tmp_path / "minutes.tif", "menit", {})
    with rasterio.open(people) as whole, rasterio.open(tmp_path / "minutes.tif") as part:
        for row, column, value in ((2, 1, 1.0), (2, 2, 2.0), (2, 3, np.inf), (3, 4, 4.0)):
            assert next(part.sample([whole.xy(row, column)]))[0] == value


def test_for_other_programs_what_never_ends_has_no_value(people: Path, tmp_path: Path) -> None:
    grid = Cells(people, np.array([13, 14])).grid(np.array([7.5, np.inf]))
    write(grid, tmp_path / "minutes.tif", "menit", {"source": "uji"})
    with MemoryFile(without_infinite(tmp_path / "minutes.tif")) as memory, memory.open() as copy:
        assert copy.read(1).tolist() == [[7.5, NODATA]]
        assert (copy.units, copy.tags()["source"], copy.transform) == (("menit",), "uji", grid.transform)


def test_other_numbers_or_another_place_have_another_name() -> None:
    values = np.array([[1.0, np.nan]])
    names = {
        Grid(values, HERE, EPSG).digest,
        Grid(values.copy(), HERE, EPSG).digest,
        Grid(values + 1, HERE, EPSG).digest,
        Grid(values, from_origin(0, 0, 100, 100), EPSG).digest,
        Grid(values, HERE, "EPSG:32749").digest,
    }
    assert len(names) == 4
