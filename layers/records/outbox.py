"""Messages that are to be sent: written with the act they tell of, so that none is lost and none is sent without it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from layers.records.tables import Outbox


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
    ids = [str(uuid5(NAMESPACE_URL, f"peta-layanan:{event}:{kind}:{recipient}")) for recipient in recipients]
    common = {"kind": kind, "subject": subject, "data": dict(data)}
    rows = [
        {"message_id": one, "recipient": recipient, **common} for one, recipient in zip(ids, recipients, strict=True)
    ]
    if rows:
        connection.execute(insert(Outbox).values(rows).on_conflict_do_nothing(index_elements=["message_id"]))
    return ids
