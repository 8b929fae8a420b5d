"""Borders as a small map draws them: each once, however badly neighbours fit together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import Geometry

SNAP_PX = 0.3  # nearer than this, two corners are one on the map
GAP_PX = 2.0  # narrower than this, a gap between neighbours is none


@dataclass(frozen=True)
class Borders:
    """The land as a polygon, the lines between groups, and those between the members of a group."""

    land: Geometry
    between_groups: Geometry
    between_members: Geometry


def borders(areas: Sequence[Geometry], groups: Sequence[str], pixel: float) -> Borders:
    """Find the borders of neighbouring polygons and of the groups they form; `pixel` in the units of the polygons."""
    if len(areas) == 0:
        return Borders(shapely.Polygon(), shapely.MultiLineString(), shapely.MultiLineString())
    fitted = shapely.coverage_clean(areas, snapping_distance=SNAP_PX * pixel, gap_width=GAP_PX * pixel)
    land = shapely.coverage_union_all(fitted)
    outline = shapely.boundary(land)
    grouped = shapely.union_all([shapely.boundary(area) for area in _dissolve(fitted, np.asarray(groups))])
    members = shapely.union_all(shapely.boundary(fitted))
    return Borders(land, _lines(shapely.difference(grouped, outline)), _lines(shapely.difference(members, grouped)))


def _dissolve(areas: Any, groups: Any) -> list[Geometry]:
    return [shapely.coverage_union_all(areas[groups == group]) for group in np.unique(groups)]


def _lines(geometry: Geometry) -> Geometry:
    return shapely.line_merge(geometry) if not geometry.is_empty else geometry
