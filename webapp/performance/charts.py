"""Charts as the server draws them: bars in percent of the width, so that letters keep their size on every screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from layers.complaints.figures import Figures

ROW_PX = 46  # a line of words and a bar below it
COLUMNS_PX = 150  # of the tallest column
ROUND = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Line:
    """One line of a table and of its chart: its id, what it is called in full and in short, its figures."""

    key: str
    words: str
    short: str
    figures: Figures


@dataclass(frozen=True)
class Bar:
    """What came in and what of it was resolved: as parts of the longest, in percent; `at` and `wide` along the axis."""

    line: Line
    received: float
    resolved: float
    at: float
    wide: float


@dataclass(frozen=True)
class Chart:
    """Bars beside each other (months) or below each other, with the top of their scale."""

    bars: tuple[Bar, ...]
    top: int
    upright: bool


def chart(lines: Sequence[Line], upright: bool) -> Chart:
    """Lay out the bars of some lines; those below each other end at the longest, upright ones at a round number."""
    most = max((line.figures.received for line in lines), default=0) or 1
    top = _round_above(most) if upright else most
    slot = 100 / max(len(lines), 1)
    return Chart(tuple(_bar(line, place, slot, top) for place, line in enumerate(lines)), top, upright)


def _bar(line: Line, place: int, slot: float, top: int) -> Bar:
    received, resolved = (round(100 * n / top, 2) for n in (line.figures.received, line.figures.resolved))
    return Bar(line, received, resolved, at=round(place * slot, 3), wide=round(slot, 3))


def _round_above(number: int) -> int:
    """Find the next round number that can be halved on the scale."""
    power = 10 ** max(len(str(number)) - 1, 1)
    return int(next(step * power for step in (*(r / 10 for r in ROUND), *ROUND) if step * power >= number))
