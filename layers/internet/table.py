"""Internet: towers, and coverage as declared, measured or modelled."""

from datetime import date
from typing import Any

from sqlalchemy import Date, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base, Feature, geometry


class InternetSite(Feature, Base):
    """A tower (point) or a coverage area (polygon); `range_m` in metres, `signal_dbm` in dBm."""

    __tablename__ = "internet_site"
    __table_args__ = (UniqueConstraint("source", "source_id"),)
    kind: Mapped[str]
    operator: Mapped[str | None]
    technology: Mapped[str | None]
    range_m: Mapped[float | None]
    signal_dbm: Mapped[float | None]
    measured_on: Mapped[date | None] = mapped_column(Date)
    geom: Mapped[Any] = geometry("GEOMETRY")
