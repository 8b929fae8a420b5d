"""What people type is understood as they mean it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.layer import Text
from layers.offices.kinds import KINDS
from layers.offices.vocabulary import ALSO, Wish, kinds, names, wish


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("sekolah", {"paud", "sd", "smp", "sma", "slb"}),
        ("sekolah dasar", {"sd"}),
        ("bikin ktp", {"dukcapil"}),
        ("perpanjang KTP", {"dukcapil"}),
        ("kk hilang", {"dukcapil"}),
        ("capil", {"dukcapil"}),
        ("dokter", {"puskesmas", "rumah_sakit"}),
        ("posyandu", {"puskesmas"}),
        ("rumah sakit umum", {"rumah_sakit"}),
        ("health centre", {"puskesmas"}),
        ("xyz", set()),
    ],
)
def test_everyday_words_name_the_offices(typed: str, expected: set[str]) -> None:
    assert {kind.id for kind in kinds(typed)} == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("puskesmas dekat Ogan Lima", Wish("puskesmas", "Ogan Lima")),
        ("puskesmas terdekat", Wish("puskesmas", "")),
        ("polisi terdekat dari Bukit Kemuning", Wish("polisi", "Bukit Kemuning")),
        ("Tanjung Baru", Wish("Tanjung Baru", "")),
    ],
)
def test_the_thing_is_told_from_the_place(typed: str, expected: Wish) -> None:
    assert wish(typed) == expected


@given(st.text(max_size=80))
def test_any_text_is_read_without_a_fault(typed: str) -> None:
    assert {kind.id for kind in kinds(wish(typed).thing)} <= {kind.id for kind in KINDS}


def test_every_word_list_belongs_to_a_kind() -> None:
    assert set(ALSO) <= {kind.id for kind in KINDS}


def test_a_filler_alone_still_finds_what_it_names() -> None:
    assert names("kantor", Text("Kantor pos", "Post office"))
