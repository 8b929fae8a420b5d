"""New rows that stand on the map already: a list that came again under another name, or with other identifiers."""

import shlex
from dataclasses import dataclass

from sqlalchemy import distinct, func, literal, select

from layers.layer import Layer
from layers.provenance import SAMPLE
from layers.reading.incoming import Incoming

NEAR_DEGREES = 0.0002  # about 22 m: the same place typed or measured again
MOST_LOOKED_AT = 1_000  # rows, which tell as much as all of them
NAME = "name"


@dataclass(frozen=True)
class Twins:
    """How many (`count`) of the new rows that were looked at (`of`) stand on the map already, from one source.

    That source may be the file's own, as long as its rows there are none of those that the file brings again.
    """

    count: int
    of: int
    source: str

    @property
    def most(self) -> bool:
        """Say whether more than half of the new rows do, which no chance brings about."""
        return 2 * self.count > self.of

    def told(self, source: str) -> str:
        """Say that a file is probably another version of what is on the map, and what to do about it."""
        if self.source == source:
            return (
                f"{self.count} dari {self.of} baris baru sudah ada di peta dari sumber ini, dengan pengenal lain: nama,"
                " jenis, dan letaknya sama, jadi akan tampil dua kali. Pakai --map dengan kolom pengenal yang dahulu"
                ' (misalnya id = ["nomor"]), atau --whole agar baris yang tidak ada dalam berkas dihapus.'
            )
        return (
            f"{self.count} dari {self.of} baris baru sudah ada di peta dari sumber “{self.source}”: nama, jenis, dan"
            f" letaknya sama. Bila berkas ini versi barunya, kirim ulang dengan --source {shlex.quote(self.source)}."
            f" Bila memang sumber lain, kirim ulang dengan --source {shlex.quote(source)}."
        )


NO_TWINS = Twins(0, 0, "")


def twins(incoming: Incoming, layer: Layer) -> Twins:
    """Look for rows that have the kind, the name and, within some metres, the place of new rows, but come not again."""
    staged, there = incoming.staging.c, incoming.target.c
    if NAME not in incoming.fields or layer.classify not in incoming.fields:
        return NO_TWINS
    known = (there.source == incoming.source) & (there.source_id == staged.source_id)
    fresh = (
        select(staged.source_id, staged[NAME], staged[layer.classify].label("kind"), staged.geom)
        .where(~select(literal(1)).where(known).exists())
        .limit(MOST_LOOKED_AT)
        .subquery()
        .c
    )
    again = select(literal(1)).where(staged.source_id == there.source_id).exists()
    alike = (
        there[NAME].is_not_distinct_from(fresh[NAME])
        & (there[layer.classify] == fresh.kind)
        & func.st_dwithin(there.geom, fresh.geom, NEAR_DEGREES)
        & (there.source != SAMPLE)
        & ~((there.source == incoming.source) & again)
    )
    number = func.count(distinct(fresh.source_id))
    found = select(there.source, number).where(alike).group_by(there.source).order_by(number.desc(), there.source)
    row = incoming.connection.execute(found.limit(1)).one_or_none()
    looked_at = incoming.connection.execute(select(func.count(fresh.source_id))).scalar_one()
    return Twins(row[1], looked_at, row[0]) if row else Twins(0, looked_at, "")
