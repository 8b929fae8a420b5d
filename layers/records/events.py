"""The trail: every act is one event, written in the transaction of the act itself and never changed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import token_bytes
from typing import Any

from sqlalchemy import Connection, insert, select

from layers.records.tables import Event, EventContent

SALT_BYTES = 16


def record(
    connection: Connection,
    actor: str,
    act: str,
    layer: str | None = None,
    subject: str | None = None,
    **detail: Any,
) -> int:
    """Append an event and give its number; `detail` stays for good, so it must hold nothing that tells of a person."""
    values = {"actor": actor, "act": act, "layer": layer, "subject": subject, "detail": detail}
    return _append(connection, values)


def record_words(
    connection: Connection, actor: str, act: str, layer: str, subject: str, words: Mapping[str, str], **detail: Any
) -> int:
    """Append an event with words of people, and give its number.

    The words are kept apart and can be erased later (`layers.records.trail.erase`), while the trail stays provable.
    """
    if not words:
        return record(connection, actor, act, layer, subject, **detail)
    salt, written = _salted(words)
    values = {"actor": actor, "act": act, "layer": layer, "subject": subject, "detail": detail}
    event = _append(connection, values | {"content_hash": content_hash(salt, written)})
    connection.execute(insert(EventContent).values(event_id=event, salt=salt, content=written))
    return event


def words(connection: Connection, event: int | None) -> dict[str, str]:
    """Read what was said in an act, by name; nothing where nothing was said, or where it was erased."""
    content = connection.scalar(select(EventContent.content).where(EventContent.event_id == event))
    said: dict[str, str] = json.loads(content) if content else {}
    return said


@dataclass(frozen=True)
class Told:
    """An event that is told in bulk, after it happened: its time stands in `detail` as `when`."""

    subject: str
    act: str
    detail: Mapping[str, Any]
    words: Mapping[str, str] | None = None


def record_all(connection: Connection, actor: str, layer: str, told: Sequence[Told]) -> None:
    """Append many events at once, in their order, with the words of those that have any."""
    salted = [_salted(one.words) if one.words else None for one in told]
    rows = [
        {
            "actor": actor,
            "act": one.act,
            "layer": layer,
            "subject": one.subject,
            "detail": dict(one.detail),
            "content_hash": content_hash(*kept) if kept else None,
        }
        for one, kept in zip(told, salted, strict=True)
    ]
    if not rows:
        return
    ids = connection.scalars(insert(Event).returning(Event.id, sort_by_parameter_order=True), rows).all()
    contents = [
        {"event_id": event, "salt": kept[0], "content": kept[1]}
        for event, kept in zip(ids, salted, strict=True)
        if kept
    ]
    if contents:
        connection.execute(insert(EventContent), contents)


def _salted(words: Mapping[str, str]) -> tuple[bytes, str]:
    return token_bytes(SALT_BYTES), json.dumps(dict(words), ensure_ascii=False, sort_keys=True)


def _append(connection: Connection, values: Mapping[str, Any]) -> int:
    return int(connection.execute(insert(Event).values(values).returning(Event.id)).scalar_one())


def content_hash(salt: bytes, content: str) -> bytes:
    """Hash the content of an event (SHA-256) so that nobody can guess it back once the salt is gone."""
    return hashlib.sha256(salt + content.encode()).digest()
