"""A trail to tamper with, and the power to do it that nobody but the ruler of a database has."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, text

from layers.records import keys, proof, seals, trail
from layers.records.events import record, record_words

NOW = datetime.now(UTC)


class Trail:
    """A trail of forty events in a rolled-back transaction, sealed after thirty, with its file of seals."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self.connection = connection
        self.folder = folder
        self.empty()
        for number in range(30):
            record_words(
                connection, f"account:{number}", "note", "uji", f"U-{number}", {"note": f"kata {number}"}, n=number
            )
            if number == 15:
                trail.join(connection)
                trail.seal(connection, folder, NOW - timedelta(hours=1))
        trail.join(connection)
        trail.seal(connection, folder, NOW)
        for number in range(30, 40):
            record(connection, "account:1", "note", "uji", f"U-{number}")
        self.ids = list(connection.scalars(text("select id from event order by id")))

    def empty(self) -> None:
        """Begin with nothing, which only somebody who rules the database can bring about."""
        self.force("truncate event, event_content, event_link, event_pending")

    def force(self, statement: str, **values: object) -> None:
        """Do something to the tables past the triggers that refuse it."""
        self.connection.execute(text("set local session_replication_role = replica"))
        for one in statement.split(";"):
            self.connection.execute(text(one), values)
        self.connection.execute(text("set local session_replication_role = origin"))

    def seals(self) -> list[seals.Seal]:
        return seals.read(self.folder / seals.FILE, keys.ring(self.folder, seals.KEY))

    def faults(self) -> list[str]:
        return proof.verify(self.connection, self.seals()).faults

    def rebuild(self) -> None:
        """Make all hashes and links anew, so that the chain fits itself: whoever rules the database can do that."""
        self.force("update event set hash = sha256(salt || convert_to(event_text(event), 'UTF8'))")
        rows = self.connection.execute(text("select position, event_id from event_link order by position")).all()
        before = b""
        for number, row in enumerate(rows, start=1):
            made = bytes(self.connection.scalar(text("select hash from event where id = :id"), {"id": row.event_id}))
            before = hashlib.sha256(before + made).digest()
            self.force(
                "update event_link set position = :number, hash = :hash, link = :link where event_id = :id",
                number=number,
                hash=made,
                link=before,
                id=row.event_id,
            )
