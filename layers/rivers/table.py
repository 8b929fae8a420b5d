"""Rivers: watercourses as lines."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from layers.db import Base, Feature, geometry


class River(Feature, Base):
    """One watercourse or a part of it."""

    __tablename__ = "river"
    __table_args__ = (UniqueConstraint("source", "source_id"),)
    kind: Mapped[str]
    geom: Mapped[Any] = geometry("MULTILINESTRING")
