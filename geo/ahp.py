"""Weights from comparing criteria two by two (AHP, Saaty 1980), and how well the comparisons agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Pair = tuple[str, str]

RANDOM_INDEX = {1: 0.0, 2: 0.0, 3: 0.52, 4: 0.89, 5: 1.11, 6: 1.25, 7: 1.35, 8: 1.40, 9: 1.45, 10: 1.49}
RANDOM_INDEX_SOURCE = "Saaty"
ACCEPTED_RATIO = 0.10
STRONGEST = 9


class JudgementError(ValueError):
    """Comparisons from which no weights follow."""


class MissingJudgementsError(JudgementError):
    """Pairs that nobody compared."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.pairs = tuple(pairs)
        super().__init__(f"{len(self.pairs)} pairs are not compared yet: {_told(self.pairs)}.")


class UnfitJudgementsError(JudgementError):
    """Pairs of unknown criteria, compared twice, or with a number off the scale of 1/9 to 9."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.pairs = tuple(pairs)
        super().__init__(f"Compare each pair once, on the scale of 1/9 to 9; mend {_told(self.pairs)}.")


class NumberOfCriteriaError(JudgementError):
    """More criteria than the table of random indices reaches, or none."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(f"AHP compares 1 to {max(RANDOM_INDEX)} criteria, not {count}; group them or use sliders.")


class InconsistentError(JudgementError):
    """Comparisons that contradict one another too much."""

    def __init__(self, ratio: float, disturbing: "Doubt") -> None:
        self.ratio, self.disturbing = ratio, disturbing
        a, b = disturbing.pair
        super().__init__(
            f"The comparisons contradict one another (CR {ratio:.2f} > {ACCEPTED_RATIO:.2f}); most of all {a} to {b}: "
            f"{disturbing.given:.3g} was said, {disturbing.fitting:.3g} fits the others."
        )


@dataclass(frozen=True)
class Doubt:
    """A comparison beside the others: what was said, what they imply, and the consistency ratio were it said so."""

    pair: Pair
    given: float
    fitting: float
    ratio_then: float


@dataclass(frozen=True)
class Comparison:
    """What comparisons give: weights that sum to 1, the consistency ratio CR, and doubts, the most disturbing first."""

    weights: dict[str, float]
    ratio: float
    doubts: tuple[Doubt, ...]

    def accepted(self) -> dict[str, float]:
        """Give the weights if the comparisons agree well enough (CR at most 0.10); raises InconsistentError."""
        if self.ratio > ACCEPTED_RATIO:
            raise InconsistentError(self.ratio, self.doubts[0])
        return self.weights


def compare(keys: Sequence[str], judgements: Mapping[Pair, float]) -> Comparison:
    """Find weights by the principal eigenvector; judgement (a, b) says how many times as important a is as b.

    CR = CI / RI with CI = (λ - n) / (n - 1) and Saaty's random indices. Raises JudgementError of the kind that applies.
    """
    matrix = _matrix(keys, judgements)
    weights, ratio = _principal(matrix)
    pairs = combinations(range(len(keys)), 2) if len(keys) > 2 else ()
    doubts = sorted((_doubt(keys, matrix, pair) for pair in pairs), key=lambda doubt: doubt.ratio_then)
    return Comparison(dict(zip(keys, weights.tolist(), strict=True)), ratio, tuple(doubts))


def _matrix(keys: Sequence[str], judgements: Mapping[Pair, float]) -> Numbers:
    if len(keys) not in RANDOM_INDEX:
        raise NumberOfCriteriaError(len(keys))
    unfit = [(a, b) for (a, b), value in judgements.items() if not _fits(keys, judgements, a, b, value)]
    if unfit:
        raise UnfitJudgementsError(unfit)
    matrix = np.ones((len(keys), len(keys)))
    for (a, b), value in judgements.items():
        i, j = keys.index(a), keys.index(b)
        matrix[i, j], matrix[j, i] = value, 1 / value
    missing = [(a, b) for a, b in combinations(keys, 2) if (a, b) not in judgements and (b, a) not in judgements]
    if missing:
        raise MissingJudgementsError(missing)
    return matrix


def _fits(keys: Sequence[str], judgements: Mapping[Pair, float], a: str, b: str, value: float) -> bool:
    known = a in keys and b in keys and a != b and (b, a) not in judgements
    return known and 1 / STRONGEST - 1e-9 <= value <= STRONGEST


def _principal(matrix: Numbers) -> tuple[Numbers, float]:
    values, vectors = np.linalg.eig(matrix)
    largest = int(np.argmax(values.real))
    vector = np.abs(vectors[:, largest].real)
    count = len(matrix)
    index = RANDOM_INDEX[count]
    disagreement = (float(values[largest].real) - count) / (count - 1) if index else 0.0
    return vector / vector.sum(), max(0.0, disagreement / index) if index else 0.0


def _doubt(keys: Sequence[str], matrix: Numbers, pair: tuple[int, int]) -> Doubt:
    """Weigh without one comparison (Harker 1987: zero in its place, two on the diagonal) and put in what fits."""
    i, j = pair
    without = matrix.copy()
    without[[i, j], [j, i]] = 0
    without[[i, j], [i, j]] = 2
    weights, _ = _principal(without)
    fitting = float(np.clip(weights[i] / weights[j], 1 / STRONGEST, STRONGEST))
    mended = matrix.copy()
    mended[i, j], mended[j, i] = fitting, 1 / fitting
    return Doubt((keys[i], keys[j]), float(matrix[pair]), fitting, _principal(mended)[1])


def _told(pairs: Sequence[Pair]) -> str:
    return ", ".join(f"{a} to {b}" for a, b in pairs)
