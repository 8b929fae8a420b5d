"""What a layer says about files from outside: the usual names of its columns and values, and its own checks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from sqlalchemy import Connection

from layers.layer import Layer
from layers.reading.rows import Rows


def nothing(*_: object) -> None:
    """Do nothing: most layers need no more than what holds for all."""


@dataclass(frozen=True)
class Meaning:
    """How a layer reads outside rows.

    `columns` gives for each field the names it usually has outside, `values` what outside values mean, `constants`
    what holds where a file says nothing, `of_source` what holds instead where the name of its source begins so.
    `complete` checks what only this layer knows and derives the fields `derived`; `afterwards` does what follows from
    new rows, `beforehand` what must be settled before they go in from the table that is named, where nobody asked for a
    working area. `placed_by_code` tells that rows lie in the working area by their code, `replaces_whole` that real
    rows replace sample rows of every kind, `lasting` that no row ever goes because a file does not hold it any more.
    People call things by the fields `named`: a row without them is refused. `identified_by` is the field whose column
    tells a row from all others, where a file has none made for that.
    """

    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    of_source: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    derived: tuple[str, ...] = ()
    complete: Callable[[Rows], None] = nothing
    beforehand: Callable[[Connection, str], object] = nothing
    afterwards: Callable[[Connection], object] = nothing
    placed_by_code: bool = False
    replaces_whole: bool = False
    lasting: bool = False
    named: tuple[str, ...] = ()
    identified_by: str = ""

    @property
    def fields(self) -> set[str]:
        """Name the fields that every import of the layer fills."""
        return {*self.constants, *self.derived}

    def unsaid(self, source: str) -> dict[str, Any]:
        """Give what holds where a file of a source says nothing."""
        instead = (held for begins, held in self.of_source.items() if source.startswith(begins))
        return {**self.constants, **next(instead, {})}


def meaning(layer: Layer) -> Meaning:
    """Load what a layer says in its reading.py."""
    found: Meaning = import_module(f"layers.{layer.id}.reading").MEANING
    return found
