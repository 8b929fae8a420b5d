"""Settlements: where people live within a village."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from layers.db import Base, Feature, geometry


class Settlement(Feature, Base):
    """One built-up place."""

    __tablename__ = "settlement"
    __table_args__ = (UniqueConstraint("source", "source_id"),)
    kind: Mapped[str]
    geom: Mapped[Any] = geometry("MULTIPOLYGON")
