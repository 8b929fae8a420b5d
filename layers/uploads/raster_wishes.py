"""What a clerk says of a raster, and what is wrong with that."""

from dataclasses import dataclass
from typing import Any

from layers.layer import Text
from layers.rasters.words import short_name

LONGEST = 120  # letters
WRONG_NAME = Text(
    "Nama pendek hanya huruf, angka, dan tanda hubung, paling banyak 40.",
    "A short name holds letters, digits and hyphens only, 40 at most.",
)
NO_TITLE = Text("Tulis judul raster ini.", "Write a title for this raster.")
NO_SOURCE = Text("Tulis sumber datanya, misalnya BPS 2025.", "Name the source of the data, such as BPS 2025.")


@dataclass(frozen=True)
class Wishes:
    """What pages will say of a raster; one of the same short name gives way to it."""

    id: str
    title: str
    source: str
    licence: str
    estimate: bool

    def written(self) -> dict[str, Any]:
        """Write it as it is kept with the upload."""
        return {**vars(self), "id": short_name(self.id)}


def wrong(wishes: Wishes) -> list[Text]:
    """Say what is wrong; nothing where the raster can be tried."""
    wanted = (
        (short_name(wishes.id) is None, WRONG_NAME),
        (not wishes.title, NO_TITLE),
        (not wishes.source, NO_SOURCE),
    )
    return [why for is_wrong, why in wanted if is_wrong]
