"""Parquet files, and those that unfold to far more than they are."""

from pathlib import Path

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from layers.reading.parquet import open_parquet
from layers.reading.refusal import FileRefusedError


def test_a_geoparquet_file_is_read_as_geopandas_wrote_it(tmp_path: Path) -> None:
    points = shapely.points([[104.9, -4.8], [104.8, -4.9]])
    geopandas.GeoDataFrame({"nama": ["a", "b"]}, geometry=points, crs=4326).to_parquet(tmp_path / "data.parquet")
    with open_parquet(tmp_path / "data.parquet") as source:
        (chunk,) = source.chunks
    assert source.columns == ("nama",)
    assert source.total == 2
    assert list(chunk.numbers) == [1, 2]
    assert shapely.equals(chunk.geometry, points).all()


def test_a_kilobyte_that_unfolds_to_hundreds_of_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.parquet"
    word = pa.DictionaryArray.from_arrays(pa.array([0] * 50_000, pa.int32()), pa.array(["x" * 15_000]))
    pq.write_table(pa.table({"nama": word}), path, compression="zstd", store_schema=False)
    assert path.stat().st_size < 5_000
    with open_parquet(path) as source, pytest.raises(FileRefusedError, match="terlalu banyak memori"):
        next(source.chunks)


def test_a_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "half.parquet"
    pq.write_table(pa.table({"nama": [str(n) for n in range(10_000)]}), path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(FileRefusedError, match="tidak dapat dibaca"), open_parquet(path):
        pass
