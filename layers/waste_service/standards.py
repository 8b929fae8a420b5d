"""Standards of the waste service, and the figures its sums rest on; what nobody has filled in is not known."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from layers.layer import Text
from layers.records.actors import Actor, check_planner
from layers.records.events import record
from layers.standards import StandardError, checked
from layers.waste_service.table import WasteStandard


@dataclass(frozen=True)
class Kind:
    """One standard: what it is about, its unit, and the largest value it can have."""

    id: str
    title: Text
    unit: Text
    largest: float = 100_000.0


@dataclass(frozen=True)
class Standard:
    """A value with its source."""

    id: str
    value: float
    source: str


METRES = Text("meter", "metres")
RESIDUE = "residue"
KINDS = (
    Kind("litres", Text("Sampah satu orang sehari", "Waste of a person a day"), Text("liter", "litres")),
    Kind(
        RESIDUE,
        Text("Residu TPS3R yang diangkut ke TPA", "What is left of waste at a TPS3R and goes to the landfill"),
        Text("persen sampahnya", "percent of its waste"),
        largest=100.0,
    ),
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
    """Keep a standard in the place of the one of that name; raises StandardError, PermissionError."""
    check_planner(actor)
    kind = next((kind for kind in KINDS if kind.id == wanted.id), None)
    if kind is None:
        raise StandardError(Text("Pilih standar dari daftar.", "Choose a standard from the list."))
    values = checked(wanted.value, wanted.source, kind.largest)
    statement = insert(WasteStandard).values(id=wanted.id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
    record(connection, actor.name, "set_standard", "waste_service", wanted.id, **values)


def remove_standard(connection: Connection, actor: Actor, name: str) -> bool:
    """Take a standard away, and say whether it was there; without it what it decides is not known.

    Raises PermissionError.
    """
    check_planner(actor)
    found = connection.execute(delete(WasteStandard).where(WasteStandard.id == name)).rowcount == 1
    if found:
        record(connection, actor.name, "remove_standard", "waste_service", name)
    return found
