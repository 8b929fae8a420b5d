"""What a repair does to a road in each condition, and what it costs: the table that the regency fills."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from math import inf

from sqlalchemy import Connection, delete, insert, select

from layers.priority.table import Treatment
from layers.provenance import SAMPLE
from layers.records import events, locks
from layers.records.actors import Actor
from layers.roads.rules import CLASSES


class TreatmentError(ValueError):
    """A table of treatments that cannot be used; the message says, in Indonesian, what to mend."""


class OvertakenError(TreatmentError):
    """A table that somebody else has changed since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "Sementara itu orang lain mengubah tabel ini. Isian Anda masih di bawah dan belum berlaku: bandingkan"
            " dengan tabel yang berlaku, lalu kirim lagi bila isian Anda yang benar."
        )


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
    def hash(self) -> str:
        """Name the table by all that it holds (SHA-256)."""
        return sha256(repr(self.rows).encode()).hexdigest()

    @property
    def stated(self) -> list[str]:
        """Name each treatment with who says what it costs, and when."""
        return [f"{row.id}: {row.source}, {row.stated_on}" for row in self.rows]

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


def keep_treatments(connection: Connection, actor: Actor, rows: Iterable[Row], seen: str | None = None) -> None:
    """Put a table in the place of the one in force; the priorities are computed anew by it.

    Raises TreatmentError, PermissionError, and OvertakenError where `seen` is not the hash of the table in force.
    """
    if not (actor.may("planner") or actor.may("administrator")):
        raise PermissionError("Only planners change what repairs cost.")
    coming = tuple(rows)
    check(coming)
    locks.hold(connection, locks.TREATMENTS)
    if seen not in (None, treatments(connection).hash):
        raise OvertakenError
    connection.execute(delete(Treatment))
    connection.execute(insert(Treatment), [vars(row) for row in coming])
    events.record(connection, actor.name, "keep_treatments", "priority", rows=[row.id for row in coming])


def check(rows: tuple[Row, ...]) -> None:
    """Look whether every condition has one treatment at most, and every figure is one; raises TreatmentError."""
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
        if row.rp_per_km is not None and not 0 < row.rp_per_km < inf:
            raise TreatmentError(f"{row.id}: biaya per km harus lebih dari nol, atau kosong bila belum diketahui.")
        if row.life_years is not None and not 0 < row.life_years < inf:
            raise TreatmentError(f"{row.id}: umur harus lebih dari nol tahun, atau kosong bila belum diketahui.")
        for name in _range(row):
            if name in taken:
                raise TreatmentError(f"{row.id} dan {taken[name]} sama-sama untuk kondisi {name}; pilih satu.")
            taken[name] = row.id


def _range(row: Row) -> tuple[str, ...]:
    return CLASSES[CLASSES.index(row.best) : CLASSES.index(row.worst) + 1]
