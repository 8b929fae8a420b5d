"""Judges each cell: what the best operator has there, what phones measured, what people say, who contradicts whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from geo import coverage
from geo.coverage import NONE, UNKNOWN, Codes, Coverage, classified, from_words
from layers.internet_gaps.ground import Ground
from layers.internet_gaps.operators import MEASURED, Numbers, Operator, speeds, within, words
from layers.internet_gaps.rules import SIGNAL_DBM, SPEED_MBPS
from layers.internet_gaps.sources import Sources

Words = list[str | None]


@dataclass(frozen=True)
class Judged:
    """What is known of each cell; `declared_by` names the operators whom `contradiction` contradicts."""

    found: Coverage
    signal_dbm: Numbers
    terrain_db: Numbers
    mbps: Numbers
    works: Numbers
    silent: Numbers
    measured_on: list[date | None]
    contradiction: Words
    declared_by: Words


def judge(land: Ground, known: Sources) -> Judged:
    """Judge every cell of the regency."""
    operators = _operators(land, known)
    anybody = [phone for phone in known.phones if not phone.operator]  # whatever network these are in
    reported = np.bincount(land.cell_of(land.points(known.reports)), minlength=len(land.cells))
    drives = next((one.measured for one in operators if not one.name), np.zeros(len(land.cells), np.int8))
    measured = np.maximum(drives, classified(speeds(land, anybody), SPEED_MBPS))
    said = from_words(words(land, anybody, "ada"), words(land, anybody, "tidak_ada") + reported)
    heard = [*(operator.coverage for operator in operators), *(_drawn(dbm) for dbm in known.signals)]
    signal_dbm, terrain_db = _loudest(operators, len(land.cells))
    contradiction, declared_by = contradictions(operators, measured, said)
    return Judged(
        found=coverage.overall(coverage.best(heard, len(land.cells)), measured, said),
        signal_dbm=signal_dbm,
        terrain_db=terrain_db,
        mbps=speeds(land, known.phones),
        works=words(land, known.phones, "ada"),
        silent=words(land, known.phones, "tidak_ada") + reported,
        measured_on=_measured_on(land, known),
        contradiction=contradiction,
        declared_by=declared_by,
    )


def contradictions(operators: Sequence[Operator], measured: Codes, said: Codes) -> tuple[Words, Words]:
    """Name for each cell who contradicts operators that declare internet there, a measurement first, and which."""
    who: Words = [None] * len(measured)
    whom: Words = [None] * len(measured)
    for reason, anybody in (("people", said), ("measured", measured)):
        for cell, names in _contradicted(operators, reason, anybody).items():
            who[cell], whom[cell] = reason, ", ".join(sorted(filter(None, names))) or None
    return who, whom


def _contradicted(operators: Sequence[Operator], reason: str, anybody: Codes) -> dict[int, list[str]]:
    """Name the operators of each cell whose word does not hold: by their own phones, else by anybody's."""
    found: dict[int, list[str]] = {}
    for operator in operators:
        own = operator.measured if reason == "measured" else operator.said
        refuted = (own == NONE) | ((own == UNKNOWN) & (anybody == NONE))
        for cell in np.flatnonzero((operator.declared > NONE) & refuted).tolist():
            found.setdefault(cell, []).append(operator.name)
    return found


def _operators(land: Ground, known: Sources) -> list[Operator]:
    """Sort sites and phones by operator; phones of which none is known belong to no one of them."""
    names = sorted({row.operator or "" for row in (*known.sites, *known.phones)})
    return [
        Operator(
            name,
            land,
            known.relief,
            [site for site in known.sites if (site.operator or "") == name],
            [phone for phone in known.phones if name and phone.operator == name],
        )
        for name in names
    ]


def _drawn(dbm: Numbers) -> Coverage:
    """Take a raster of signal for what it is: the outcome of a model, whoever drew it."""
    nothing = np.zeros(len(dbm), np.int8)
    return coverage.combine(nothing, classified(dbm, SIGNAL_DBM), nothing)


def _loudest(operators: Sequence[Operator], cells: int) -> tuple[Numbers, Numbers]:
    """Give the best signal of all towers in each cell, and the terrain's part in it."""
    best, behind = np.full(cells, np.nan), np.full(cells, np.nan)
    for dbm, lost in (pair for operator in operators for pair in operator.towers.values()):
        louder = ~np.isnan(dbm) & ~(best >= dbm)
        best, behind = np.where(louder, dbm, best), np.where(louder, lost, behind)
    return best, behind


def _measured_on(land: Ground, known: Sources) -> list[date | None]:
    """Tell of each cell on which day it was last measured."""
    newest: list[date | None] = [None] * len(land.cells)
    phones = [phone for phone in known.phones if phone.says == "terukur"]
    dated: list[tuple[date | None, NDArray[np.int64]]] = [
        (site.measured_on, within(site, land)) for site in known.sites if site.kind == MEASURED
    ]
    days = [phone.hour.astimezone(known.zone).date() for phone in phones]
    dated += zip(days, land.cell_of(land.points(phones))[:, None], strict=True)
    for day, cells in dated:
        for cell in cells.tolist() if day else []:
            newest[cell] = max(filter(None, (newest[cell], day)))
    return newest
