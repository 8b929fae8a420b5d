"""Opening hours as clerks type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from layers.offices.written_hours import osm_notation


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Senin-Jumat 07.30-16.00", "Mo-Fr 07:30-16:00"),
        ("senin sampai dengan jumat jam 8.00 sampai 16.00 wib", "Mo-Fr 08:00-16:00"),
        ("Senin s/d Kamis 07.30 - 16.00 WIB, Jumat 07.30-16.30 WIB", "Mo-Th 07:30-16:00; Fr 07:30-16:30"),
        ("Senin–Sabtu pukul 7.30–14.00, Minggu dan hari libur tutup", "Mo-Sa 07:30-14:00; Su,PH off"),
        (
            "Senin - Kamis: 08.00-12.00, 13.00-15.30; Jum’at: 08.00-11.30",
            "Mo-Th 08:00-12:00,13:00-15:30; Fr 08:00-11:30",
        ),
        ("Senin, Rabu dan Jumat 08.00-12.00", "Mo,We,Fr 08:00-12:00"),
        ("Setiap hari 08.00-20.00", "Mo-Su 08:00-20:00"),
        ("Hari kerja 08.00 s.d. 15.00", "Mo-Fr 08:00-15:00"),
        ("Buka 24 jam setiap hari", "24/7"),
        ("08.00-16.00", "08:00-16:00"),
    ],
)
def test_what_a_clerk_types_is_understood(typed: str, meant: str) -> None:
    assert osm_notation(typed) == meant
    OpeningHours(meant)


@pytest.mark.parametrize(
    "typed", ["", "Buka", "Senin-Jumat", "besok 08.00-12.00", "kecuali Senin 08.00-12.00", "25.00-26.00"]
)
def test_what_is_not_understood_is_left_alone(typed: str) -> None:
    assert osm_notation(typed) is None


WORDS = st.sampled_from(
    ["Senin", "Jumat", "-", "s/d", ",", "dan", "07.30", "16.00", "tutup", "libur", ";", "24 jam", "x", "istirahat"]
)


@given(st.lists(WORDS, max_size=8).map(" ".join) | st.text(max_size=40))
def test_whatever_is_typed_gives_hours_that_can_be_read_or_none(typed: str) -> None:
    notation = osm_notation(typed)
    assert notation is None or OpeningHours(notation)
