"""Reading in a process of its own: whatever goes wrong on either side, both come to an end."""

import json
import os
import subprocess
import sys
from pathlib import Path

import geopandas
import numpy as np
import pyarrow as pa
import pytest
import shapely

from layers.reading.gdal import open_vector
from layers.reading.process import REFUSING, UNREADABLE, started
from layers.reading.refusal import FileRefusedError
from layers.settings import ROOT


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of several batches, so that its reader still has much to say after the first."""
    points = shapely.points(np.random.default_rng(1).uniform(104, 105, (200_000, 2)))
    geopandas.GeoDataFrame({"nama": ["x" * 50] * 200_000}, geometry=points, crs=4326).to_file(tmp_path / "data.fgb")
    return tmp_path / "data.fgb"


def test_an_error_of_whoever_takes_the_rows_reaches_its_caller(large: Path) -> None:
    with pytest.raises(pa.ArrowInvalid, match="mine"), open_vector(large, "FlatGeobuf", "data") as source:
        next(source.chunks)
        raise pa.ArrowInvalid("mine")


def test_rows_of_a_reader_that_fails_midway_are_not_taken_for_the_whole_file(tmp_path: Path) -> None:
    program = tmp_path / "fails.py"
    program.write_text(
        "import pyarrow, sys\n"
        "print('{}', flush=True)\n"
        "with pyarrow.ipc.new_stream(sys.stdout.buffer, pyarrow.schema([('a', 'int64')])) as stream:\n"
        "    stream.write_batch(pyarrow.record_batch({'a': [1]}))\n"
        "    raise ValueError('halaman hilang')\n"
    )
    with started(program, environment={}) as reading:
        assert reading.head() == {}
        _, batches = reading.stream()
        assert next(batches).num_rows == 1
        with pytest.raises(FileRefusedError, match="rusak di tengah") as refused:
            next(batches)
    assert "halaman hilang" not in str(refused.value)


def test_what_a_library_complains_of_is_for_the_log_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    program = tmp_path / "fails.py"
    program.write_text("raise OSError('Failed to read GeoJSON data')\n")
    with started(program, environment={}) as reading, pytest.raises(FileRefusedError) as refused:
        reading.head()
    assert str(refused.value) == UNREADABLE
    assert "OSError: Failed to read GeoJSON data" in caplog.text


def test_a_reader_may_refuse_a_file_in_its_own_words(tmp_path: Path) -> None:
    program = tmp_path / "refuses.py"
    words = json.dumps("Nama kolom ganda: “a\nb”.")
    program.write_text(f"import sys\nsys.stderr.write('also this\\n' + {words!r})\nsys.exit({REFUSING})\n")
    with started(program, environment={}) as reading, pytest.raises(FileRefusedError) as refused:
        reading.head()
    assert str(refused.value) == "Nama kolom ganda: “a\nb”."


def test_a_reader_that_complains_at_length_does_not_stand_still(tmp_path: Path) -> None:
    program = tmp_path / "complains.py"
    program.write_text("import sys\nsys.stderr.write('x' * 1_000_000)\nsys.exit('Error: rusak')\n")
    with started(program, environment={}) as reading, pytest.raises(FileRefusedError, match="tidak dapat dibaca"):
        reading.head()


def test_a_reader_is_held_to_no_more_than_the_process_that_starts_it(tmp_path: Path) -> None:
    """As in the step of an upload, which has less time than a reader would have by itself."""
    (tmp_path / "data.csv").write_text("nama\nTPS\n")
    program = (
        "import resource, sys\nfrom pathlib import Path\nfrom layers.reading.apart import read_apart\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (60, 60))\n"
        "with read_apart('csv', Path(sys.argv[1])) as source:\n    print(next(source.chunks).rows.to_pylist())\n"
    )
    words = [sys.executable, "-c", program, str(tmp_path / "data.csv")]
    if os.geteuid() == 0:  # who may raise limits would not be stopped here
        words = ["setpriv", "--bounding-set=-sys_resource", *words]
    read = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert read.stdout == "[{'nama': 'TPS'}]\n"
