"""Standards of the waste service, and the figures its sums rest on; what nobody has filled in is not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from layers.layer import Text
from layers.records.actors import Actor
from layers.records.events import record
from layers.waste_service.table import WasteStandard

LARGEST = 100_000.0


@dataclass(frozen=True)
class Kind:
    """One standard: what it is about, and its unit."""

    id: str
    title: Text
    unit: Text


@dataclass(frozen=True)
class Standard:
    """A value with its source."""

    id: str
    value: float
    source: str


class StandardError(ValueError):
    """A standard that cannot be kept; the text says what it needs."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


METRES = Text("meter", "metres")
KINDS = (
    Kind("litres", Text("Sampah satu orang sehari", "Waste of a person a day"), Text("liter", "litres")),
    Kind("density", Text("Berat sampah di TPS", "Weight of waste in a TPS"), Text("ton per m³", "tonnes a m³")),
    Kind(
        "reach_kota", Text("TPS paling jauh dari rumah, kelurahan", "Farthest TPS from homes, urban villages"), METRES
    ),
    Kind("reach_desa", Text("TPS paling jauh dari rumah, desa", "Farthest TPS from homes, rural villages"), METRES),
    Kind("river_tps", Text("TPS paling dekat ke sungai", "Nearest a TPS may be to a river"), METRES),
    Kind("river_tpa", Text("TPA paling dekat ke sungai", "Nearest a landfill may be to a river"), METRES),
    Kind("homes_tps", Text("TPS paling dekat ke permukiman", "Nearest a TPS may be to homes"), METRES),
    Kind("homes_tpa", Text("TPA paling dekat ke permukiman", "Nearest a landfill may be to homes"), METRES),
)


def standards(connection: Connection) -> dict[str, Standard]:
    """Give every standard that is filled in, by its name."""
    return {row.id: Standard(**row._mapping) for row in connection.execute(select(WasteStandard.__table__))}


def value(known: Mapping[str, Standard], name: str) -> float | None:
    """Give the value of a standard; None where nobody has filled it in."""
    return known[name].value if name in known else None


def set_standard(connection: Connection, actor: Actor, wanted: Standard) -> None:
    """Keep a standard in the place of the one of that name; raises StandardError."""
    if wanted.id not in {kind.id for kind in KINDS}:
        raise StandardError(Text("Pilih standar dari daftar.", "Choose a standard from the list."))
    if not (isfinite(wanted.value) and 0 < wanted.value <= LARGEST):
        raise StandardError(Text("Nilainya harus angka di atas 0.", "The value must be a number above 0."))
    if not wanted.source.strip():
        raise StandardError(Text("Sebutkan sumbernya.", "Say where it comes from."))
    values = {"value": wanted.value, "source": wanted.source.strip()}
    statement = insert(WasteStandard).values(id=wanted.id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
    record(connection, actor.name, "set_standard", "waste_service", wanted.id, **values)


def remove_standard(connection: Connection, actor: Actor, name: str) -> bool:
    """Take a standard away, and say whether it was there; without it what it decides is not known."""
    found = connection.execute(delete(WasteStandard).where(WasteStandard.id == name)).rowcount == 1
    if found:
        record(connection, actor.name, "remove_standard", "waste_service", name)
    return found
