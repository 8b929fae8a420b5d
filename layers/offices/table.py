"""Service offices, the services, and which office gives which service."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base, Feature, geometry


class Office(Feature, Base):
    """A place that serves the public; `opening_hours` in OSM's notation, `wheelchair` yes, limited or no.

    `capacity` is how many it can serve at once: beds, seats or people, as its kind counts.
    """

    __tablename__ = "office"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint("capacity >= 0", "capacity"),
    )
    kind: Mapped[str]
    address: Mapped[str | None]
    phone: Mapped[str | None]
    website: Mapped[str | None]
    opening_hours: Mapped[str | None]
    wheelchair: Mapped[str | None]
    photo_url: Mapped[str | None]
    ownership: Mapped[str | None]
    capacity: Mapped[int | None]
    geom: Mapped[Any] = geometry("POINT")


class Service(Base):
    """What a citizen comes for: what to bring, what it costs, how long it takes, and which law says so."""

    __tablename__ = "service"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str]
    requirements: Mapped[str | None]
    cost: Mapped[str | None]
    duration: Mapped[str | None]
    legal_basis: Mapped[str | None]
    source: Mapped[str]


class ServiceKind(Base):
    """Which kinds of office give a service as a rule; new offices start with these."""

    __tablename__ = "service_kind"
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="cascade"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)


class OfficeService(Base):
    """Which office gives which service."""

    __tablename__ = "office_service"
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id", ondelete="cascade"), primary_key=True)
    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="cascade"), primary_key=True, index=True)


class OfficeDefault(Base):
    """For which kind an office was last given the usual services."""

    __tablename__ = "office_default"
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id", ondelete="cascade"), primary_key=True)
    kind: Mapped[str]
