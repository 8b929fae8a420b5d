"""The table of rasters; the cells themselves lie in files."""

from datetime import datetime

from sqlalchemy import ARRAY, DateTime, Float, func
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base


class Raster(Base):
    """One raster at home: a GeoTIFF of the folder of rasters, its bounds (EPSG:4326) and the limits of its classes.

    `estimate` says that its values were computed rather than counted, which every screen that shows it must say too.
    """

    __tablename__ = "raster"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    source: Mapped[str]
    licence: Mapped[str]
    estimate: Mapped[bool]
    file: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    crs: Mapped[str]
    bounds: Mapped[list[float]] = mapped_column(ARRAY(Float))
    limits: Mapped[list[float]] = mapped_column(ARRAY(Float))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
