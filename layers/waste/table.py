"""Waste sites: where waste is collected, sorted and buried."""

from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from layers.db import Base, Feature, geometry


class WasteSite(Feature, Base):
    """One waste site; `capacity` in `capacity_unit`, `pickup_days` in OSM's opening-hours notation (Mo,Th)."""

    __tablename__ = "waste_site"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint("capacity >= 0", "capacity"),
    )
    kind: Mapped[str]
    capacity: Mapped[float | None]
    capacity_unit: Mapped[str | None]
    pickup_days: Mapped[str | None]
    operator: Mapped[str | None]
    geom: Mapped[Any] = geometry("POINT")
