"""Refused rows: safe to open in a spreadsheet, and the same again when they come back."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from layers.reading.refusal import Kind
from layers.reading.refused import Refused
from layers.reading.rows import Rows
from layers.reading.source import Chunk
from layers.reading.tables import open_csv

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1)


@given(st.lists(CELLS, min_size=1, max_size=5))
@example(["=1+1", " =1+1", "'=1+1", "''+1", "-4.82", "+62 812", "@a", "＝1", "Jum'at", "'tanda'", "-4,82"])
def test_a_refused_file_comes_back_as_it_went(cells: list[str]) -> None:
    table = pa.table({"=nama": cells, "nomor": [str(n) for n in range(len(cells))]})
    rows = Rows(Chunk(table, np.arange(5, 5 + len(cells))))
    rows.refuse(np.ones(len(cells), bool), Kind.OUTSIDE, "di luar")
    with TemporaryDirectory() as folder:
        with Refused(Path(folder) / "refused", has_geometry=False) as refused:
            refused.add(rows)
        with refused.path.open(encoding="utf-8-sig", newline="") as file:
            written = list(csv.reader(file))
        (chunk,) = open_csv(refused.path).chunks
    assert not [cell for line in written for cell in line if cell.lstrip(" ").startswith(tuple("=+-@＝＋－＠"))]
    assert chunk.rows.to_pydict() == table.to_pydict()
    assert list(chunk.numbers) == list(rows.chunk.numbers)
