"""How often each layer has changed: exact within a transaction, though no writer waits for another."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.db import sql
from layers.records import locks
from layers.records.installation import mark

AT_ONCE = 300_000  # changes, so that a statement ends well before its time is up


@dataclass(frozen=True)
class States:
    """The versions of all layers under the mark of this installation: what browsers keep by these names stays true."""

    mark: str
    versions: Mapping[str, int]

    def of(self, layer_id: str) -> str:
        """Name the state of a layer, such as 5f0c9a1e-17; no other state has ever had that name, here or elsewhere."""
        return f"{self.mark}-{self.versions.get(layer_id, 0)}"


def versions(connection: Connection) -> dict[str, int]:
    """Give each changed layer's version; a layer that is not listed has never held a row."""
    return {row.layer: int(row.version) for row in connection.execute(sql("records/versions.sql"))}


def states(connection: Connection) -> States:
    """Tell the state of every layer."""
    return States(mark(connection), versions(connection))


def fold(connection: Connection) -> None:
    """Move the pending changes into versions and into the counts of grid cells; waits for another fold to end.

    A million new points take a few seconds: call it at the end of a transaction, or in one of its own.
    """
    locks.hold(connection, locks.FOLDING)
    while connection.scalar(text("select exists (select from layer_change)")):
        connection.execute(sql("records/fold.sql"), {"most": AT_ONCE})
    connection.execute(sql("records/drop_empty_cells.sql"))
