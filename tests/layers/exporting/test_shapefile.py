"""What a Shapefile cannot hold is shortened without losing which is which."""

from hypothesis import given
from hypothesis import strategies as st

from layers.exporting.shapefile import TEXT_BYTES, cut, short_names
from layers.registry import layers


@given(st.lists(st.text(alphabet="abcdef_", min_size=1, max_size=30), unique=True, max_size=60))
def test_short_names_have_ten_letters_at_most_and_differ(names: list[str]) -> None:
    short = short_names(names)
    assert list(short) == names
    assert max(map(len, short.values()), default=0) <= 10
    assert len(set(short.values())) == len(names)


def test_every_layers_columns_keep_names_that_can_be_told_apart() -> None:
    for layer in layers().values():
        names = [f.name for f in layer.public_fields]
        assert len({name.lower() for name in short_names(["id", *names]).values()}) == len(names) + 1


@given(st.text(min_size=100))
def test_a_long_text_is_cut_between_two_letters(text: str) -> None:
    short = cut(text)
    assert len(short.encode()) <= TEXT_BYTES
    assert text.startswith(short)
    assert short == text or len((short + text[len(short)]).encode()) > TEXT_BYTES
