"""The tables of files that people bring in, and of the mappings that they keep for next time."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Identity, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base


class Upload(Base):
    """A file on its way into a layer; `stored` is its random name in the folder of uploads, `name` what it was called.

    `about` tells what is in it, `wishes` how its columns are to be read, `outcome` what a trial or the import made of
    it, `problem` in words why the last step failed, `progress` how far the step at work is. `tries` counts how often
    the worker has begun the step.
    """

    __tablename__ = "upload"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    stored: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    bytes: Mapped[int] = mapped_column(BigInteger)
    layer: Mapped[str]
    actor: Mapped[str]
    state: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    moved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    tries: Mapped[int] = mapped_column(server_default="0")
    about: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    wishes: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    progress: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    problem: Mapped[str | None]


class KeptMapping(Base):
    """What the columns of a kind of file mean, kept by somebody under a name, for one layer."""

    __tablename__ = "kept_mapping"
    layer: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSONB)
    author: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


Index("ix_upload_moved_at", Upload.moved_at)
Index("ix_upload_due", Upload.moved_at, postgresql_where=text("state in ('looking', 'trying', 'taking')"))
