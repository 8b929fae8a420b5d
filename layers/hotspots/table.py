"""Hot spots: squares of the regency, and whether reports gather in and around each."""

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from layers.db import Base, Feature, geometry


class Hotspot(Feature, Base):
    """One square; `around` counts it and its neighbours, `usual` is the number there if reports were spread evenly.

    `z` is Gi*, `p` the chance of so large a z without any pattern, corrected for the number of squares. Counted are
    the days from `period_from` to `period_to`, both included.
    """

    __tablename__ = "hotspot"
    __table_args__ = (UniqueConstraint("source", "source_id"),)
    kind: Mapped[str]
    reports: Mapped[int]
    around: Mapped[int]
    usual: Mapped[float]
    z: Mapped[float]
    p: Mapped[float]
    period_from: Mapped[date]
    period_to: Mapped[date]
    geom: Mapped[Any] = geometry("MULTIPOLYGON")
