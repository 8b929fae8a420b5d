"""What a repair does to a road in each condition, and what it costs: the table that the regency fills."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from layers.priority.table import Treatment
from layers.provenance import SAMPLE
from layers.records import events
from layers.records.actors import Actor
from layers.roads.rules import CLASSES


class TreatmentError(ValueError):
    """A table of treatments that cannot be used; the message says, in Indonesian, what to mend."""


COLUMNS = ("id", "name", "best", "worst", "becomes", "rp_per_km", "life_years", "source", "stated_on")


@dataclass(frozen=True)
class Row:
    """One treatment: for roads from condition `best` to `worst`, which it `becomes`, its price in rupiah a km."""

    id: str
    name: str
    best: str
    worst: str
    becomes: str
    rp_per_km: float | None
    life_years: float | None
    source: str
    stated_on: date

    @property
    def made_up(self) -> bool:
        """Say whether the price is sample data, or none is known at all."""
        return self.source == SAMPLE or self.rp_per_km is None


@dataclass(frozen=True)
class Treatments:
    """The treatment of each condition; what no treatment is for stays as it is."""

    rows: tuple[Row, ...]

    @property
    def by_condition(self) -> Mapping[str, Row]:
        """Give the treatment of each class of condition that has one."""
        return {name: row for row in self.rows for name in _range(row)}

    def becomes(self, condition: str) -> str:
        """Tell what a road in some condition becomes."""
        row = self.by_condition.get(condition)
        return row.becomes if row else condition

    @property
    def made_up(self) -> bool:
        """Say whether any price is sample data or missing: then there is no ranking by cost."""
        return not self.rows or any(row.made_up for row in self.rows)


def treatments(connection: Connection) -> Treatments:
    """Read the table in force."""
    found = connection.execute(select(Treatment.__table__).order_by(Treatment.id))
    return Treatments(tuple(Row(*row) for row in found))


def treatment(line: Mapping[str, str]) -> Row:
    """Read a treatment from a line of a file or a form, its columns by name; raises TreatmentError."""
    try:
        price, life = (float(line[name]) if line[name] else None for name in ("rp_per_km", "life_years"))
        stated_on = date.fromisoformat(line["stated_on"])
    except ValueError:
        raise TreatmentError(
            f"{line['id']}: biaya dan umur ditulis sebagai angka, tanggal sebagai tahun-bulan-hari."
        ) from None
    words = {name: line[name] for name in ("id", "name", "best", "worst", "becomes", "source")}
    if not (words["id"] and words["name"] and words["source"]):
        raise TreatmentError(f"{line['id'] or line['name']}: kode, nama, dan sumber harus diisi.")
    return Row(**words, rp_per_km=price, life_years=life, stated_on=stated_on)


def keep_treatments(connection: Connection, actor: Actor, rows: Iterable[Row]) -> None:
    """Put a table in the place of the one in force; the priorities are computed anew by it.

    Raises TreatmentError, PermissionError.
    """
    if not (actor.may("planner") or actor.may("administrator")):
        raise PermissionError("Only planners change what repairs cost.")
    coming = tuple(rows)
    check(coming)
    connection.execute(delete(Treatment))
    connection.execute(insert(Treatment), [vars(row) for row in coming])
    events.record(connection, actor.name, "keep_treatments", "priority", rows=[row.id for row in coming])


def check(rows: tuple[Row, ...]) -> None:
    """Look whether every condition has one treatment at most, and every price is one; raises TreatmentError."""
    if not rows:
        raise TreatmentError("Tabel penanganan harus berisi paling sedikit satu baris.")
    taken: dict[str, str] = {}
    for row in rows:
        unknown = {row.best, row.worst, row.becomes} - set(CLASSES)
        if unknown:
            raise TreatmentError(f"{row.id}: kondisi {', '.join(sorted(unknown))} tidak dikenal; {', '.join(CLASSES)}.")
        if CLASSES.index(row.best) > CLASSES.index(row.worst) or CLASSES.index(row.becomes) > CLASSES.index(row.best):
            raise TreatmentError(
                f"{row.id}: tulis kondisi dari yang lebih baik ke yang lebih buruk, dan hasilnya baik."
            )
        if row.rp_per_km is not None and not 0 < row.rp_per_km < float("inf"):
            raise TreatmentError(f"{row.id}: biaya per km harus lebih dari nol, atau kosong bila belum diketahui.")
        for name in _range(row):
            if name in taken:
                raise TreatmentError(f"{row.id} dan {taken[name]} sama-sama untuk kondisi {name}; pilih satu.")
            taken[name] = row.id


def _range(row: Row) -> tuple[str, ...]:
    return CLASSES[CLASSES.index(row.best) : CLASSES.index(row.worst) + 1]
