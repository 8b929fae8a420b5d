"""What standards of all layers have in common: a value above 0, and a source that is named."""

from math import isfinite

from layers.layer import Text

LARGEST = 10_000_000.0


class StandardError(ValueError):
    """A standard that cannot be kept; the text says what it needs."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def checked(value: float, source: str, largest: float = LARGEST) -> dict[str, float | str]:
    """Give value and source as they are kept; raises StandardError for what is no such value, or has no source."""
    if not (isfinite(value) and 0 < value <= largest):
        raise StandardError(Text("Nilainya harus angka di atas 0.", "The value must be a number above 0."))
    if not source.strip():
        raise StandardError(Text("Sebutkan sumbernya.", "Say where it comes from."))
    return {"value": value, "source": source.strip()}
