"""Which survey counts where on a road: the newest, piece by piece."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from layers.roads.rules import CLASSES, UNSURVEYED

SHORTEST_M = 0.01  # what is left over between two surveys and shorter than this is rounding


@dataclass(frozen=True)
class Said:
    """What a survey says of a road from one metre to another; `placed` tells whether its classes have a position."""

    survey: int
    surveyed_on: date
    from_m: float
    to_m: float
    metres: Mapping[str, float]
    placed: bool = True


@dataclass(frozen=True)
class Stretch:
    """A length in m of one class, by one survey; from and to in m from the road's start, None where unknown."""

    survey: int
    condition: str
    length_m: float
    from_m: float | None = None
    to_m: float | None = None


def stretches(length_m: float, said: Iterable[Said]) -> list[Stretch]:
    """Let the newest survey count on each piece of a road; the last of one day is the one with the highest number.

    Classes without a position count on what newer surveys leave over, each in proportion.
    """
    free = [(0.0, length_m)]
    found: list[Stretch] = []
    for one in sorted(said, key=lambda s: (s.surveyed_on, s.survey), reverse=True):
        taken, free = _take(free, one.from_m, min(one.to_m, length_m))
        if one.placed:
            (name,) = one.metres
            found += [Stretch(one.survey, name, to - start, start, to) for start, to in taken]
        elif taken:
            share = _length(taken) / (min(one.to_m, length_m) - one.from_m)
            found += [Stretch(one.survey, name, metres * share) for name, metres in one.metres.items()]
    return found


def whole_condition(length_m: float, found: Sequence[Stretch]) -> str:
    """Give the class of most of a road's length, unsurveyed being one of them; the worse where two have the same."""
    lengths = dict.fromkeys(CLASSES, 0.0)
    for stretch in found:
        lengths[stretch.condition] += stretch.length_m
    unsurveyed = 0.0 if any(s.from_m is None for s in found) else length_m - sum(lengths.values())
    worst = max(CLASSES, key=lambda name: (lengths[name], CLASSES.index(name)))
    return worst if lengths[worst] >= max(unsurveyed, SHORTEST_M) else UNSURVEYED


def _take(
    free: list[tuple[float, float]], start: float, end: float
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Cut from-to out of the free pieces: what was cut out, and what is left."""
    taken = [(max(a, start), min(b, end)) for a, b in free]
    left = [piece for a, b in free for piece in ((a, min(b, start)), (max(a, end), b))]
    return _long(taken), _long(left)


def _long(pieces: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(a, b) for a, b in pieces if b - a >= SHORTEST_M]


def _length(pieces: Iterable[tuple[float, float]]) -> float:
    return sum(b - a for a, b in pieces)
