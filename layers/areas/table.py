"""Administrative areas: kabupaten, kecamatan, desa, kelurahan."""

from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base, Feature, geometry


class Area(Feature, Base):
    """One administrative area; `code` is Kemendagri's (18.03.01.2002), `bps_code` the statistics office's."""

    __tablename__ = "area"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint("population >= 0", "population"),
    )
    level: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    parent_code: Mapped[str | None] = mapped_column(index=True)
    bps_code: Mapped[str | None]
    population: Mapped[int | None]
    population_source: Mapped[str | None]
    area_km2: Mapped[float | None]
    geom: Mapped[Any] = geometry("MULTIPOLYGON")
