"""How full a site gets: what is brought between two pick-ups against what it holds, in cubic metres."""

from dataclasses import dataclass
from typing import Any

from layers.waste.pickups import longest_gap, weekdays

FULL, ROOM, UNKNOWN = "penuh", "cukup", "tidak_diketahui"
VOLUME = {"m³": 1.0, "m3": 1.0, "liter": 0.001, "l": 0.001}
A_DAY_T = {"ton/hari": 1.0, "t/hari": 1.0, "kg/hari": 0.001}
A_DAY_M3 = {"m³/hari": 1.0, "m3/hari": 1.0}


@dataclass(frozen=True)
class Filling:
    """What lies at a site when it is emptied, and what there is room for; None where it is not known.

    A site that works through its waste by the day is emptied every day. `standing` is "penuh", "cukup" or
    "tidak_diketahui".
    """

    gap_days: float | None
    fill_m3: float | None
    capacity_m3: float | None
    fullness: float | None
    standing: str


def filling(site: Any, waste_m3: float | None, density: float | None) -> Filling:
    """Judge a site (capacity, capacity_unit, pickup_days) by the waste it gets a day, at `density` in t a m³.

    Where pick-up days are not known a site is full only if one day alone is too much; else nobody can say.
    """
    days = weekdays(site.pickup_days)
    capacity, daily = room(site, density)
    gap = 1.0 if daily else float(longest_gap(days)) if days else None
    fill = None if waste_m3 is None or gap is None else waste_m3 * gap
    if waste_m3 is None or not capacity:
        return Filling(gap, fill, capacity, None, UNKNOWN)
    fullness = (waste_m3 if fill is None else fill) / capacity
    if fill is None and fullness <= 1:
        return Filling(gap, fill, capacity, None, UNKNOWN)
    return Filling(gap, fill, capacity, fullness, FULL if fullness > 1 else ROOM)


def room(site: Any, density: float | None) -> tuple[float | None, bool]:
    """Give the cubic metres a site holds, or works through in a day, and whether it is by the day."""
    unit = (site.capacity_unit or "").strip().lower()
    if site.capacity is None:
        return None, False
    if unit in VOLUME:
        return site.capacity * VOLUME[unit], False
    if unit in A_DAY_M3:
        return site.capacity * A_DAY_M3[unit], True
    if unit in A_DAY_T and density:
        return site.capacity * A_DAY_T[unit] / density, True
    return None, unit in A_DAY_T
