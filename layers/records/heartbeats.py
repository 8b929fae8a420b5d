"""Signs of life: each worker says every few seconds that it still works."""

from datetime import timedelta

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from layers.records.tables import Heartbeat

EVERY_S = 15
LATE = timedelta(seconds=4 * EVERY_S)


def beat(connection: Connection, worker: str) -> None:
    """Note that a worker is alive now."""
    statement = insert(Heartbeat).values(worker=worker, at=func.clock_timestamp())
    connection.execute(statement.on_conflict_do_update(index_elements=["worker"], set_={"at": func.clock_timestamp()}))


def last_beat(connection: Connection) -> timedelta | None:
    """Say how long ago the last sign of life came, or None where no worker has ever run."""
    return connection.scalar(select(func.clock_timestamp() - func.max(Heartbeat.at)))
