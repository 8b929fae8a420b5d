"""What a survey says, in words: its class, its index, and what was noted on the road."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from sqlalchemy import Row

from layers.layer import Choice, Text
from layers.roads import CONDITIONS
from layers.roads.forms import Finding
from layers.roads.photos import KeptPhoto
from layers.roads.vocabulary import EDGES, INDICES, INPUTS, KINDS, damage
from webapp.language import in_language, number

CLASSES: Mapping[str, Choice] = {choice.id: choice for choice in CONDITIONS}
DIGITS = 2


@dataclass(frozen=True)
class Line:
    """A survey as pages tell it; `index` is its measure in words, "" where its kind has none."""

    survey: Row[Any]
    kind: Text
    condition: Choice
    index: str
    noted: tuple[tuple[str, str], ...]
    photos: Sequence[KeptPhoto]


def line(survey: Row[Any], photos: Sequence[KeptPhoto]) -> Line:
    """Put a survey into words."""
    found = Finding(survey.value, survey.metres)
    noted = tuple(_noted(survey.inputs))
    return Line(survey, KINDS[survey.kind], CLASSES[found.condition], index(survey.kind, found), noted, photos)


def index(kind: str, found: Finding) -> str:
    """Tell the measure that a survey comes to: SDI 75."""
    if kind not in INDICES or found.value is None:
        return ""
    return f"{in_language(INDICES[kind])} {number(found.value, DIGITS)}"


def _noted(inputs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Tell what the form held in the form's order, each with its title."""
    for name, title in INPUTS.items():
        if name in inputs:
            yield in_language(title), _written(name, inputs[name])
    for kind, at in inputs.get("shares", {}).items():
        yield in_language(damage(kind)), gettext("kelas luas %(n)s", n=at)
    for kind, held in inputs.get("counts", {}).items():
        yield in_language(damage(kind)), number(held, 0)


def _written(name: str, value: Any) -> str:
    if name in ("left", "right"):
        return in_language(EDGES[value])
    if name == "condition":
        return in_language(CLASSES[value].title)
    if name == "metres":
        return ", ".join(f"{kind.replace('_', ' ')} {number(metres, 0)} m" for kind, metres in value.items())
    return value if isinstance(value, str) else number(float(value), DIGITS)
