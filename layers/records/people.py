"""The tables of people: agencies, the accounts of staff, what each may do where, and where each is signed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base
from layers.records.actors import ROLES


class Agency(Base):
    """An agency (OPD) that owns and mends things; `id` is short and stays, such as pupr."""

    __tablename__ = "agency"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str]
    phone: Mapped[str | None]
    email: Mapped[str | None]


class Account(Base):
    """Somebody who works with the system; citizens need no account.

    `email` is in small letters. Without `password` nobody can sign in yet; `totp_secret` is encrypted with a key that
    is not in the database, and `totp_counter` is the half minute of the last code, so that no code is taken twice.
    """

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    active: Mapped[bool] = mapped_column(server_default="true")
    password: Mapped[str | None]
    totp_secret: Mapped[str | None]
    totp_counter: Mapped[int | None] = mapped_column(BigInteger)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class AccountGrant(Base):
    """A role that an account holds; only for one agency, or only within one area, where these are named."""

    __tablename__ = "account_grant"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "agency", "area", postgresql_nulls_not_distinct=True),
        CheckConstraint(f"role in ({', '.join(repr(role) for role in ROLES)})", "role"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="cascade"))
    role: Mapped[str]
    agency: Mapped[str | None] = mapped_column(ForeignKey("agency.id"))
    area: Mapped[str | None]


class AccountSession(Base):
    """A browser that keeps a place here: `token` is the hash of what its cookie holds, `account_id` who is signed in.

    Between the password and the second factor nobody is signed in yet, and `data` says who began.
    """

    __tablename__ = "account_session"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="cascade"), index=True)
    data: Mapped[dict[str, Any]]
    device: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class AccountLink(Base):
    """A link by which somebody sets a password, once; `token` is the hash of what the link holds."""

    __tablename__ = "account_link"
    token: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="cascade"), index=True)
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RecoveryCode(Base):
    """A code that stands in for the second factor, once; kept as an HMAC whose key is outside the database."""

    __tablename__ = "recovery_code"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="cascade"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
