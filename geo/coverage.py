"""Internet coverage of cells: what each source says of each, and which of them to believe.

Coverage is a whole number: 0 unknown, 1 none, 2 weak, 3 covered; evidence: 0 nothing, 1 declared, 2 modelled, 3
measured. What is better has the larger number, so that the best of several is their maximum.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.crs import Points
from geo.propagation import hata_slope
from geo.relief import Relief, terrain_loss

Numbers = NDArray[np.float64]
Codes = NDArray[np.int8]

UNKNOWN, NONE, WEAK, COVERED = range(4)
NOTHING, DECLARED, MODELLED, MEASURED = range(4)
NEAREST_M = 50.0  # nearer to a tower the law of distance says nothing sensible
PHONE_M = 1.5


@dataclass(frozen=True)
class Limits:
    """From where on a signal or a speed is weak, and from where on it is good enough."""

    weak: float
    covered: float


@dataclass(frozen=True)
class Tower:
    """A mast at x, y (metres): the height of its antenna, how far it is heard at the weakest usable signal, GHz."""

    x: float
    y: float
    height_m: float
    range_m: float
    ghz: float


@dataclass(frozen=True)
class Coverage:
    """What is known of each cell, and on what evidence."""

    coverage: Codes
    evidence: Codes

    @property
    def rank(self) -> Codes:
        """Order what is known: better coverage first, of equal coverage the better evidence."""
        return np.asarray(self.coverage * 4 + self.evidence, np.int8)


def classified(values: Numbers, limits: Limits) -> Codes:
    """Name the coverage of signals (dBm) or speeds (Mbps); NaN is unknown."""
    known = np.digitize(values, [limits.weak, limits.covered]) + NONE
    return np.where(np.isnan(values), UNKNOWN, known).astype(np.int8)


def from_words(works: Numbers, silent: Numbers) -> Codes:
    """Name the coverage of what people say: so many that it works, so many that there is no signal; a tie is weak."""
    said = np.select([works > silent, works < silent, works > 0], [COVERED, NONE, WEAK], UNKNOWN)
    return said.astype(np.int8)


def signal(towers: Sequence[Tower], cells: Points, weakest: float, relief: Relief | None) -> tuple[Numbers, Numbers]:
    """Give the best signal (dBm) at cells (n, 2), NaN beyond all ranges, and the terrain's part in it (dB; NaN: range).

    At its range a tower is heard at `weakest`; nearer it is louder by Hata's slope, and behind terrain fainter by what
    the highest edge takes. Where no heights are known the range alone counts.
    """
    best, behind = np.full(len(cells), np.nan), np.full(len(cells), np.nan)
    for tower in towers:
        place = np.array([tower.x, tower.y])
        away = np.hypot(*(cells - place).T)
        near = np.flatnonzero(away <= tower.range_m)
        heard = weakest + hata_slope(tower.height_m) * np.log10(tower.range_m / np.maximum(away[near], NEAREST_M))
        lost = np.full(len(near), np.nan)
        if relief is not None and len(near):
            lost = terrain_loss(relief, place, tower.height_m, cells[near], PHONE_M, tower.ghz)
        heard = heard - np.nan_to_num(lost)
        louder = np.isnan(best[near]) | (heard > best[near])
        best[near[louder]], behind[near[louder]] = heard[louder], lost[louder]
    return best, behind


def combine(measured: Codes, modelled: Codes, declared: Codes) -> Coverage:
    """Believe what was measured before what a model says, and that before what somebody declares."""
    found = Coverage(np.zeros_like(measured), np.zeros_like(measured))
    for said, evidence in ((declared, DECLARED), (modelled, MODELLED), (measured, MEASURED)):
        known = said != UNKNOWN
        found = Coverage(
            np.where(known, said, found.coverage), np.where(known, evidence, found.evidence).astype(np.int8)
        )
    return found


def best(of_operators: Sequence[Coverage], cells: int) -> Coverage:
    """Give each cell what the best operator has there; a phone may be with any, and one that is known will do."""
    found = Coverage(np.zeros(cells, np.int8), np.zeros(cells, np.int8))
    for one in of_operators:
        better = one.rank > found.rank
        found = Coverage(np.where(better, one.coverage, found.coverage), np.where(better, one.evidence, found.evidence))
    return found


def overall(operators: Coverage, measured: Codes, said: Codes) -> Coverage:
    """Add what is known of a place whoever the operator was: what phones measured, and what people say.

    Of two measurements the better counts, since it shows that somebody is heard; people stand above an operator's
    declaration, since they were there, and below a model.
    """
    of = {
        evidence: np.where(operators.evidence == evidence, operators.coverage, UNKNOWN)
        for evidence in (DECLARED, MODELLED, MEASURED)
    }
    declared = np.where(said != UNKNOWN, said, of[DECLARED])
    return combine(np.maximum(measured, of[MEASURED]), of[MODELLED], declared)
