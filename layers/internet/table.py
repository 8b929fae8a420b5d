"""Internet: towers, and coverage as declared, measured or modelled."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Date, DateTime, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base, Feature, geometry


class InternetSite(Feature, Base):
    """A tower (point) or a coverage area (polygon); `range_m` and `height_m` in metres, `signal_dbm` in dBm."""

    __tablename__ = "internet_site"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint("range_m >= 0", "range_m"),
    )
    kind: Mapped[str]
    operator: Mapped[str | None]
    technology: Mapped[str | None]
    range_m: Mapped[float | None]
    height_m: Mapped[float | None]
    signal_dbm: Mapped[float | None]
    measured_on: Mapped[date | None] = mapped_column(Date)
    geom: Mapped[Any] = geometry("GEOMETRY")


class InternetMeasurement(Base):
    """What a phone measured, or a person said, at a place that is rounded to 0.001° and in an hour; nothing of whom.

    `says` is terukur (a speed was measured), ada or tidak_ada (a person says that it works, or that there is no
    signal); `via` is seluler or wifi.
    """

    __tablename__ = "internet_measurement"
    __table_args__ = (
        CheckConstraint("says in ('terukur', 'ada', 'tidak_ada')", "says"),
        CheckConstraint("(says = 'terukur') = (down_mbps is not null)", "speed"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    says: Mapped[str]
    via: Mapped[str]
    operator: Mapped[str | None]
    down_mbps: Mapped[float | None]
    up_mbps: Mapped[float | None]
    latency_ms: Mapped[float | None]
    hour: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    geom: Mapped[Any] = geometry("POINT")
