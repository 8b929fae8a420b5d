"""How fast each mode is on each kind of road in each season, by the rule tables."""

from itertools import product
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from geo.graph import WALKING_KMH
from layers.layer import Choice, Text
from layers.roads.rules import CLASSES, FUNCTIONS, PAVED, SURFACES, UNSURVEYED, Rules

Mode = Literal["mobil", "motor", "jalan_kaki"]
Season = Literal["kering", "hujan"]
MODES: tuple[Mode, ...] = ("mobil", "motor", "jalan_kaki")
SEASONS: tuple[Season, ...] = ("kering", "hujan")
MODE_CHOICES = (
    Choice("jalan_kaki", Text("Jalan kaki", "On foot")),
    Choice("motor", Text("Motor", "Motorcycle")),
    Choice("mobil", Text("Mobil", "Car")),
)
SEASON_CHOICES = (
    Choice("kering", Text("Musim kering", "Dry season")),
    Choice("hujan", Text("Musim hujan", "Wet season")),
)
CONDITIONS = (*CLASSES, UNSURVEYED)
UNKNOWN = "tidak_diketahui"
SURFACES_OR_UNKNOWN = (*SURFACES, UNKNOWN)
FOOTPATH = "setapak"


def speeds(rules: Rules, mode: Mode, season: Season) -> NDArray[np.float64]:
    """Give km/h by function, surface and condition, in the order of FUNCTIONS, SURFACES_OR_UNKNOWN and CONDITIONS.

    0 where the way is closed to the mode in that season.
    """
    table = [speed(rules, mode, season, *kind) for kind in product(FUNCTIONS, SURFACES_OR_UNKNOWN, CONDITIONS)]
    return np.array(table).reshape(len(FUNCTIONS), len(SURFACES_OR_UNKNOWN), len(CONDITIONS))


def speed(rules: Rules, mode: Mode, season: Season, function: str, surface: str, condition: str) -> float:
    """Give the speed on one kind of road in km/h, never below walking pace; 0 where the way is closed.

    A surface nobody knows is the one that roads of the function usually have.
    """
    if mode == "jalan_kaki":
        return rules.walking_kmh
    if rules.word("function", function, "speed") == FOOTPATH:
        return rules.speed("mode", mode, FOOTPATH)
    known = rules.word("function", function, "surface") if surface == UNKNOWN else surface
    row = rules.word("surface", known, "speed")
    kmh = rules.speed("speed", rules.word("function", function, "speed") if row == PAVED else row, condition)
    if season == "hujan":
        kmh *= rules.speed("wet", rules.word("surface", known, "wet"), condition)
    if not kmh:
        return rules.speed("mode", mode, "saat_tertutup")
    return max(kmh * rules.speed("mode", mode, condition), WALKING_KMH)


def codes(values: NDArray[Any], known: tuple[str, ...], otherwise: str) -> NDArray[np.int64]:
    """Number texts by their place in a list; what is empty or not in it counts as `otherwise`."""
    place = {name: i for i, name in enumerate(known)}
    return np.array([place.get(value, place[otherwise]) for value in values], np.int64)
