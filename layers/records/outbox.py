"""Messages that are to be sent: written with the act they tell of, so that none is lost and none is sent without it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from layers.records.tables import UNSETTLED, Outbox


def post(
    connection: Connection, event: int, kind: str, recipient: str, subject: str | None, data: Mapping[str, Any]
) -> str:
    """Leave a message to a recipient about an event, and give its stable id; the same one again is not sent twice.

    `recipient` tells nobody who it is (reporter:12, agency:pupr); the sender finds the address at the last moment.
    """
    return post_all(connection, event, kind, [recipient], subject, data)[0]


def post_all(
    connection: Connection,
    event: int,
    kind: str,
    recipients: Sequence[str],
    subject: str | None,
    data: Mapping[str, Any],
) -> list[str]:
    """Leave the same message to several recipients, and give the stable id of each."""
    ids = [_id(event, kind, recipient) for recipient in recipients]
    common = {"kind": kind, "subject": subject, "data": dict(data)}
    rows = [
        {"message_id": one, "recipient": recipient, **common} for one, recipient in zip(ids, recipients, strict=True)
    ]
    if rows:
        connection.execute(insert(Outbox).values(rows).on_conflict_do_nothing(index_elements=["message_id"]))
    return ids


def readdress(connection: Connection, recipient: str, other: str, told: Sequence[str] = ()) -> None:
    """Send what waits for a recipient to another one; each keeps its id.

    What that one is told anyway, as is all about the subjects `told`, is dropped.
    """
    waits = (Outbox.recipient == recipient, UNSETTLED)
    waiting = connection.execute(select(Outbox.id, Outbox.kind, Outbox.subject, Outbox.data).where(*waits)).all()
    same = {_id(row.data["event"], row.kind, other): row.id for row in waiting if "event" in row.data}
    there = connection.scalars(select(Outbox.message_id).where(Outbox.message_id.in_(same))).all()
    dropped = {same[one] for one in there} | {row.id for row in waiting if row.subject in told}
    connection.execute(delete(Outbox).where(Outbox.id.in_(dropped)))
    connection.execute(update(Outbox).where(*waits).values(recipient=other))


def _id(event: int, kind: str, recipient: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"peta-layanan:{event}:{kind}:{recipient}"))
