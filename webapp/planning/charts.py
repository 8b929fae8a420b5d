"""The charts of the desk: bars that choose villages, in percent of the width so that letters keep their size."""

from collections.abc import Iterable
from dataclasses import dataclass

from layers.access.queries import Line
from webapp.planning.sides import Desk, Side

MOST_DISTRICTS = 30


@dataclass(frozen=True)
class Bar:
    """A bar: the mark that it chooses, its words, its value and its share (0 to 100) of the longest.

    `held` is the share of the longest that is chosen; the value is None where it is not known.
    """

    mark: str
    words: str
    value: float | None
    share: float
    held: float
    colour: str
    key: str = ""


def histogram(desk: Desk, side: Side, chosen: set[str]) -> list[Bar]:
    """Count the villages of each class on a side; no way and not known only where there are any."""
    counts = side.counts
    most = max(counts.values(), default=0) or 1
    picked = [side.held[code].key for code in chosen if code in side.held]
    return [
        Bar(
            f"{side.letter}{each.key}",
            each.words,
            counts[each.key],
            _share(counts[each.key], most),
            _share(picked.count(each.key), most),
            each.colour,
            each.key,
        )
        for each in desk.classes
        if counts[each.key] or each.key.isdigit()
    ]


def far_away(lines: Iterable[Line], chosen: set[str]) -> list[Bar]:
    """Count by kecamatan the people who are not there within half an hour, the most first."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        found.setdefault((line.code.rpartition(".")[0], line.district), []).append(line)
    far = {district: _far(held) for district, held in found.items()}
    most = max((people for people in far.values() if people), default=0) or 1
    ordered = sorted(far, key=lambda district: (-(far[district] or 0), district[1]))
    return [
        Bar(
            district[0],
            district[1],
            far[district],
            _share(far[district] or 0, most),
            _share(_far([line for line in found[district] if line.code in chosen]) or 0, most),
            "#3a8a84",
        )
        for district in ordered[:MOST_DISTRICTS]
    ]


def _far(lines: list[Line]) -> float | None:
    """Count the people of villages who need more than half an hour or have no way; None where that is not known."""
    known = [line.beyond_30 for line in lines if line.beyond_30 is not None]
    return sum(known) if known and len(known) == len(lines) else None


def _share(part: float, whole: float) -> float:
    return round(100 * part / whole, 1)
