"""The tables of what is kept but not drawn."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    FetchedValue,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base


class Preference(Base):
    """One setting that administrators may change while the server runs, such as the regency's code."""

    __tablename__ = "preference"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Holiday(Base):
    """A day on which offices are closed; `kind` is nasional or cuti_bersama."""

    __tablename__ = "holiday"
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    source: Mapped[str]


class Event(Base):
    """One act in the trail: who did what to which thing, and when; never changed.

    The database salts and hashes each as it is written; `content_hash` stands for words kept apart, which may go.
    """

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    actor: Mapped[str]
    act: Mapped[str]
    layer: Mapped[str | None]
    subject: Mapped[str | None]
    detail: Mapped[dict[str, Any]]
    content_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    salt: Mapped[bytes] = mapped_column(LargeBinary, FetchedValue())
    hash: Mapped[bytes] = mapped_column(LargeBinary, FetchedValue())


class EventContent(Base):
    """The words of an event, as JSON, with their own salt; erased, they leave nothing that could be guessed."""

    __tablename__ = "event_content"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    content: Mapped[str]


class EventPending(Base):
    """An event that is not a link of the chain yet, so that nobody who writes one waits for another."""

    __tablename__ = "event_pending"
    event_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class EventLink(Base):
    """A link of the chain: `link` is the SHA-256 of the link before it and of this event's hash."""

    __tablename__ = "event_link"
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    link: Mapped[bytes] = mapped_column(LargeBinary)


class Outbox(Base):
    """A message that waits to be sent; `recipient` is a name that tells nobody who it is, such as reporter:12.

    `message_id` stays the same however often sending is tried. `problem` says why the last try failed, or why it was
    given up, without the address.
    """

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    recipient: Mapped[str]
    subject: Mapped[str | None]
    data: Mapped[dict[str, Any]]
    posted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    tries: Mapped[int] = mapped_column(server_default="0")
    next_try_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    given_up_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    problem: Mapped[str | None]


class LayerVersion(Base):
    """How often a layer has changed, up to the last fold of its pending changes."""

    __tablename__ = "layer_version"
    layer: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger, server_default="0")
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class LayerChange(Base):
    """A change not yet folded into versions and cell counts; appended by triggers, so that writers never wait.

    One row a statement without a cell, and one for each cell whose number of points of a kind has changed by `n`.
    """

    __tablename__ = "layer_change"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    layer: Mapped[str]
    x: Mapped[int | None]
    y: Mapped[int | None]
    kind: Mapped[str | None]
    n: Mapped[int] = mapped_column(Integer, server_default="0")


class TileCell(Base):
    """How many points of a kind lie in a cell of the web map's grid (z, x, y as in tiles)."""

    __tablename__ = "tile_cell"
    layer: Mapped[str] = mapped_column(primary_key=True)
    z: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    x: Mapped[int] = mapped_column(primary_key=True)
    y: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


class Heartbeat(Base):
    """When a worker was last seen alive."""

    __tablename__ = "heartbeat"
    worker: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Visit(Base):
    """How often one caller has asked for one thing since counting began; forgotten after `expires_at`."""

    __tablename__ = "visit"
    __table_args__ = {"prefixes": ["UNLOGGED"]}  # noqa: RUF012 the name and the type that SQLAlchemy asks for
    key: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class ComputedLayer(Base):
    """When a computed layer was last computed, and from which versions of the layers that it needs.

    `tried` are the versions of the last try, `problem` holds, by language, why that failed: then it is as it was.
    """

    __tablename__ = "computed_layer"
    layer: Mapped[str] = mapped_column(primary_key=True)
    computed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    versions: Mapped[dict[str, Any]]
    tried: Mapped[dict[str, Any]]
    problem: Mapped[dict[str, Any] | None]


class SourceLicence(Base):
    """Under which licence a source of a layer is published."""

    __tablename__ = "source_licence"
    layer: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    url: Mapped[str]


Index("ix_event_layer_at", Event.layer, Event.at)
Index("ix_event_subject", Event.layer, Event.subject, Event.id)
UNSETTLED = Outbox.sent_at.is_(None) & Outbox.given_up_at.is_(None)
Index("ix_outbox_waiting", Outbox.next_try_at, Outbox.id, postgresql_where=UNSETTLED)
Index("ix_outbox_given_up", Outbox.given_up_at, postgresql_where=Outbox.given_up_at.is_not(None))
Index("ix_layer_change_statement", LayerChange.layer, postgresql_where=LayerChange.x.is_(None))
Index("ix_tile_cell_empty", TileCell.layer, postgresql_where=TileCell.n == 0)
