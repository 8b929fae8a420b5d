"""The way into the database: rows are copied into a temporary table first."""

from collections.abc import Collection
from contextlib import closing
from io import BytesIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import shapely
from sqlalchemy import (
    Column,
    Connection,
    column,
    func,
    select,
    table,
    text,
)
from sqlalchemy.sql.selectable import TableClause

from layers.areas.queries import locate
from layers.layer import Layer
from layers.reading.rows import Rows
from layers.reading.villages import Villages

STAGING = "incoming"
KEY = ("source", "source_id")
NEVER_READ = ("id", "updated_at", "village_code", "geom", *KEY)


def readable_columns(layer: Layer) -> tuple[Column[object], ...]:
    """List the columns of a layer's table that a file may fill."""
    return tuple(c for c in layer.table.__table__.columns if c.name not in NEVER_READ and c.computed is None)


def unique_column(layer: Layer) -> str:
    """Name the column beside the source id that no two rows may share; empty where there is none."""
    return next((c.name for c in readable_columns(layer) if c.unique), "")


class Incoming:
    """Rows of one import on their way into one layer, within the caller's transaction.

    `refused_ids` are the source ids of rows that stay out, `nameless` counts those that have none.
    """

    def __init__(self, connection: Connection, layer: Layer, source: str, fields: Collection[str]) -> None:
        self.connection = connection
        self.layer = layer
        self.source = source
        self.fields = sorted(fields)
        self.refused_ids: set[str] = set()
        self.nameless = 0
        self.staging = _named(STAGING, (*self.fields, *KEY, "geom", "village_code"))
        self.target = _named(layer.table_name, ("id", "updated_at", *self.fields, *KEY, "geom", "village_code"))
        columns = ", ".join(connection.dialect.identifier_preparer.quote(f) for f in (*self.fields, *KEY, "geom"))
        shape = f"select id, {columns}, village_code from {layer.table_name}"  # noqa: S608 names of our own columns
        connection.execute(text(f"create temporary table {STAGING} on commit drop as {shape} with no data"))
        self._villages = Villages(connection) if "areas" in layer.needs else None
        self._copy = f"copy {STAGING} (id, {columns}, village_code) from stdin (format csv, null '')"

    def add(self, rows: Rows) -> None:
        """Copy the good rows of a chunk, and note which others came."""
        refused = [row_id for row_id in rows.ids[~rows.good] if row_id]
        self.refused_ids.update(refused)
        self.nameless += int((~rows.good).sum()) - len(refused)
        keep = np.flatnonzero(rows.good)
        if not len(keep):
            return
        chosen = pa.array(keep)
        arrays = [pa.array(rows.chunk.numbers[keep]), *(rows.values[name].take(chosen) for name in self.fields)]
        arrays += [pa.repeat(self.source, len(keep)), pa.array(rows.ids[keep], pa.string())]
        arrays.append(pa.array(shapely.to_wkb(rows.geometry[keep], hex=True), pa.string()))
        arrays.append(self._villages.codes(rows.geometry[keep]) if self._villages else pa.nulls(len(keep), pa.string()))
        packed = BytesIO()
        table_of_rows = pa.table(arrays, names=[str(i) for i in range(len(arrays))])
        pacsv.write_csv(table_of_rows, packed, pacsv.WriteOptions(include_header=False))
        packed.seek(0)
        with closing(self.connection.connection.cursor()) as cursor:
            cursor.copy_expert(self._copy, packed)

    def taken(self, codes: pa.Array, name: str, except_from: tuple[str, ...] = ()) -> dict[str, tuple[str, str]]:
        """Tell which codes already belong to a row on the map, and to which source and source id."""
        held = table(self.layer.table_name, *(column(c) for c in (name, *KEY)))
        asked = held.c[name] == func.any(codes.drop_null().to_pylist())
        found = select(held.c[name], held.c.source, held.c.source_id).where(asked, held.c.source.not_in(except_from))
        return {row[0]: (row[1], row[2]) for row in self.connection.execute(found)}

    def locate(self) -> None:
        """Find the village of the rows that lie on a border or in a gap."""
        if self._villages:
            left = f"create index on {STAGING} using gist (geom) where village_code is null"
            self.connection.execute(text(left))
            locate(self.connection, STAGING)

    def settle(self) -> int:
        """Make the staged rows ready to be written, and count them."""
        self.connection.execute(text(f"analyze {STAGING}"))
        self.locate()
        return int(self.connection.execute(select(func.count()).select_from(self.staging)).scalar_one())


def _named(name: str, columns: tuple[str, ...]) -> TableClause:
    """Name a table without column types, so that geometry passes through as it is."""
    return table(name, *(column(c) for c in columns))
