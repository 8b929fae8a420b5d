"""What is wrong with a shape, as a clerk is told."""

import pytest
import shapely

from layers.reading.shapes import FAULTS, fault

HOLE = "(104.1 -4.9, 104.2 -4.9, 104.2 -4.8, 104.1 -4.8, 104.1 -4.9)"
SHELL = "(104 -5, 105 -5, 105 -4, 104 -4, 104 -5)"
BROKEN = {
    "POLYGON ((104 -5, 105 -4, 105 -5, 104 -4, 104 -5))": "memotong dirinya sendiri di bujur 104,5000, lintang -4,5000",
    f"POLYGON ({SHELL}, (106 -5, 107 -5, 107 -4, 106 -5))": "lubang berada di luar bidangnya",
    f"MULTIPOLYGON (({SHELL}), ({HOLE}))": "satu bagian berada di dalam bagian lain",
    f"POLYGON ({SHELL}, {HOLE}, {HOLE})": "garis tepi",
    "POLYGON ((104 -5, 104 -5, 104 -5, 104 -5))": "terlalu sedikit titik",
}


@pytest.mark.parametrize(("written", "told"), BROKEN.items())
def test_a_broken_shape_is_told_in_words_and_by_its_place(written: str, told: str) -> None:
    said = fault(shapely.from_wkt(written))
    assert told in said
    assert not [english for english in FAULTS if english in said]
