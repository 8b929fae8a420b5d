"""What more money brings, as a line in percent of the drawing, so that letters keep their size on every screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

HEIGHT_PX, TOP_PX = 150, 16


@dataclass(frozen=True)
class Spot:
    """A budget in rupiah and what it delivers; `x` in percent, `y` in px; `asked` marks the one that was asked for."""

    budget: float
    delivered: float
    x: float
    y: float
    asked: bool


@dataclass(frozen=True)
class Curve:
    """Spots from the smallest budget to the largest, the line through them, and the budgets too small for any plan."""

    spots: tuple[Spot, ...]
    most: float
    too_small: tuple[float, ...]

    @property
    def steps(self) -> list[tuple[Spot, Spot]]:
        """Give each stretch of the line."""
        return list(zip(self.spots, self.spots[1:], strict=False))


def curve(told: Sequence[Mapping[str, Any]], asked: float) -> Curve:
    """Lay out the benefit that each budget delivers, both axes from zero."""
    known = [one for one in told if one["delivered"] is not None]
    widest = max((one["budget"] for one in told), default=1.0)
    most = max((one["delivered"] for one in known), default=0.0)
    spots = tuple(
        Spot(
            one["budget"],
            one["delivered"],
            round(100 * one["budget"] / widest, 2),
            round(TOP_PX + HEIGHT_PX * (1 - one["delivered"] / (most or 1.0)), 1),
            abs(one["budget"] - asked) < 1,
        )
        for one in known
    )
    return Curve(spots, most, tuple(one["budget"] for one in told if one["delivered"] is None))
