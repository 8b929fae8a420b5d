"""Readers: people who gave an e-mail address to be written to; everything else knows them by a number alone."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import BigInteger, Column, Connection, DateTime, Identity, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base
from layers.records import identities, keys
from layers.records.actors import SYSTEM, VISITOR
from layers.records.identities import Contact

PREFIX = "reader:"


class Reader(Base):
    """One e-mail address, found by its HMAC; the address itself is sealed among the identities as reader:12."""

    __tablename__ = "reader"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    email_hash: Mapped[bytes] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


def keep(connection: Connection, data_dir: Path, email: str, consent: str, language: str) -> int:
    """Find the reader behind an address, or keep it under the words and the language of a page; give his number.

    Anybody can type an address, so of one that is known nothing changes; who says yes to a letter is agreed with anew.
    """
    sought = email_hash(data_dir, email)
    connection.execute(insert(Reader).values(email_hash=sought).on_conflict_do_nothing(index_elements=["email_hash"]))
    mine = select(Reader.id).where(Reader.email_hash == sought).with_for_update()
    reader = connection.execute(mine).scalar_one()
    if identities.agreement(connection, name(reader)) is None:
        identities.keep(connection, data_dir, VISITOR, name(reader), Contact(email=email), consent, language)
    return reader


def email_hash(data_dir: Path, email: str) -> bytes:
    """Give the HMAC by which an address is found."""
    return keys.hashed(keys.newest(data_dir, identities.INDEX), identities.plain_email(email))


def name(number: int) -> str:
    """Name a reader where messages are addressed: reader:12."""
    return f"{PREFIX}{number}"


def number(name: str) -> int:
    """Give the number of a reader by the name at which messages reach him."""
    return int(name.removeprefix(PREFIX))


def keepers() -> list[Column[int]]:
    """List the columns of all tables that point at readers: as long as a row does, its reader is kept."""
    keys = (key for table in Base.metadata.sorted_tables for key in table.foreign_keys)
    return [key.parent for key in keys if key.target_fullname == "reader.id"]


def forget(connection: Connection, number: int) -> None:
    """Forget a reader and the address for good."""
    identities.erase(connection, SYSTEM, name(number))
    connection.execute(delete(Reader).where(Reader.id == number))
