"""The tables of rasters, brought and made here; the cells themselves lie in files."""

from datetime import datetime

from sqlalchemy import ARRAY, DateTime, Float, func
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base


class Cells:
    """The columns of a raster: a GeoTIFF of the folder of rasters, its bounds (EPSG:4326), the limits of its classes.

    `estimate` says that its values were computed rather than counted, which every screen that shows it must say too.
    """

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


class Raster(Cells, Base):
    """A raster that somebody brought; every change of one makes the layers that watch rasters stale."""

    __tablename__ = "raster"


class MadeRaster(Cells, Base):
    """A raster that a computed layer made here from what it needs, so that no layer is stale because of it."""

    __tablename__ = "made_raster"
    title_en: Mapped[str]
