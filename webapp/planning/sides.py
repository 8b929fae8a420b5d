"""The one or two sides of the desk: the villages of a way, each in its class; both sides share the classes."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask_babel import gettext
from sqlalchemy import Connection

from geo import classes
from layers.access import CLASSES, UNKNOWN, UNREACHABLE
from layers.access.queries import Asked, Line, villages
from webapp.language import number
from webapp.planning.asking import Wanted

LETTERS = ("a", "b")
NO_WAY, NOT_KNOWN = "x", "u"  # beside the classes 0, 1, 2 …
STOPS = tuple(choice.colour for choice in CLASSES if not choice.dashed)  # one hue, light (near) to dark (far)
LOOKS = {choice.id: choice for choice in CLASSES}
HALF_AN_HOUR = 30.0


@dataclass(frozen=True)
class Class:
    """A class of villages: its key, what it is called, its colour."""

    key: str
    words: str
    colour: str


@dataclass(frozen=True)
class Side:
    """The villages of a way, and the class of each by its code; the letter tells the sides apart."""

    letter: str
    way: Asked
    lines: list[Line]
    held: dict[str, Class]
    known: bool

    @property
    def counts(self) -> Counter[str]:
        """Count the villages of each class, by its key."""
        return Counter(each.key for each in self.held.values())


@dataclass(frozen=True)
class Desk:
    """Both sides with the classes that they share, the nearest first; the last two are no way and not known."""

    sides: tuple[Side, ...]
    classes: tuple[Class, ...]
    limits: tuple[float, ...]

    def marks(self, line: Line) -> frozenset[str]:
        """Name all by which a village may be chosen: its code, its kecamatan, its class on each side."""
        held = (f"{side.letter}{side.held[line.code].key}" for side in self.sides if line.code in side.held)
        return frozenset({line.code, line.code.rpartition(".")[0], *held})


def desk(connection: Connection, wanted: Wanted) -> Desk:
    """Read the villages of each way and put them into classes of all minutes together."""
    found = [villages(connection, Asked(way.kind, way.mode, way.season, wanted.district)) for way in wanted.ways]
    minutes = [line.minutes for lines in found for line in lines if line.minutes is not None]
    limits = _limits(wanted, minutes)
    made = _classes(limits)
    sides = tuple(
        _side(letter, way, lines, made, limits) for letter, way, lines in zip(LETTERS, wanted.ways, found, strict=False)
    )
    return Desk(sides, tuple(made.values()), limits)


def chosen(desk: Desk, picked: frozenset[str]) -> set[str]:
    """Give the codes of the villages that are chosen, by themselves or with their kecamatan or class."""
    return {line.code for line in desk.sides[0].lines if desk.marks(line) & picked}


def _limits(wanted: Wanted, minutes: Sequence[float]) -> tuple[float, ...]:
    if wanted.limits:
        return classes.given(minutes, wanted.limits)
    divide: Callable[[Sequence[float], int], tuple[float, ...]] = (
        classes.jenks if wanted.method == "jenks" else classes.quantiles
    )
    return divide(minutes, wanted.classes)


def _classes(limits: Sequence[float]) -> dict[str, Class]:
    """Word the classes as minutes, and give each its colour."""
    ends = [number(limit, 1) for limit in limits]
    words = [gettext("sampai %(to)s menit", to=high) for high in ends[:1]]
    words += [gettext("di atas %(low)s sampai %(high)s menit", low=low, high=high) for low, high in pairwise(ends)]
    made = [Class(str(i), each, _colour(i, len(ends))) for i, each in enumerate(words)]
    made.append(Class(NO_WAY, gettext("tidak ada jalan ke sana"), LOOKS[UNREACHABLE].colour))
    made.append(Class(NOT_KNOWN, gettext("belum tersedia"), LOOKS[UNKNOWN].colour))
    return {each.key: each for each in made}


def _colour(place: int, number_of_classes: int) -> str:
    """Find the colour of a class on the way from light to dark."""
    at = place / max(number_of_classes - 1, 1) * (len(STOPS) - 1)
    lower = min(int(at), len(STOPS) - 2)
    mixed = zip(_parts(STOPS[lower]), _parts(STOPS[lower + 1]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * (at - lower)):02x}" for a, b in mixed)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _side(letter: str, way: Asked, lines: list[Line], made: dict[str, Class], limits: Sequence[float]) -> Side:
    held = {line.code: made[_key(line, limits)] for line in lines}
    return Side(letter, way, lines, held, any(line.kind != UNKNOWN for line in lines))


def _key(line: Line, limits: Sequence[float]) -> str:
    if line.minutes is not None:
        return str(classes.place(line.minutes, limits))
    return NO_WAY if line.kind == UNREACHABLE else NOT_KNOWN
