"""All rules of a choice together: who may still be chosen, what is best by sums, and which rules clash."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, csr_array, eye_array, hstack, vstack

from geo.pruning import settled
from geo.rules import Budget, Limits, Numbers, OneTreatment, Rule, Share, Works, WorksError

Mask = NDArray[np.bool_]

TOLERANCE = 1e-6  # that of HiGHS
SECONDS = 60.0  # for one choice: what takes seconds on a whole regency may take for ever on another
INFEASIBLE = 2  # of scipy.optimize.milp
GAP = 1e-4  # to prove the last ten-thousandth takes HiGHS a hundred times as long
ROUGHLY = 0.05  # where a choice only has to be possible, and good


class NotSolvedError(WorksError):
    """No choice that could be proven good was found in the time given, or by the solver at all."""

    def __init__(self, told: str) -> None:
        super().__init__(f"No choice was found: {told}; ask with fewer works or rules.")


class ClashingRulesError(WorksError):
    """Rules that cannot all hold; each of them is needed for the clash."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        super().__init__(f"These rules cannot hold together; lift one: {'; '.join(map(str, rules))}.")


@dataclass(frozen=True)
class RuleBook:
    """Given rules beside those that always hold: the budget, and one treatment a road."""

    works: Works
    rules: tuple[Rule, ...]
    each: tuple[Limits, ...]
    all: Limits

    @classmethod
    def of(cls, works: Works, given: Sequence[Rule], budget: float) -> "RuleBook":
        """Put rules together; raises UnknownWorkError."""
        rules = (*given, OneTreatment(), Budget())
        each = tuple(rule.limits(works, budget) for rule in rules)
        return cls(works, rules, each, _joined(each))

    @classmethod
    def over_years(cls, books: Sequence["RuleBook"]) -> "RuleBook":
        """Put the rules of several years (y) together, for choices (y * w,) that list the works year by year."""
        rules = books[0].rules
        each = tuple(_over_years(rule, limits) for rule, *limits in zip(rules, *(b.each for b in books), strict=True))
        return cls(books[0].works, rules, each, _joined(each))

    def broken(self, chosen: Mask) -> tuple[Rule, ...]:
        """Name the rules that a choice (w,) breaks."""
        return tuple(rule for rule, limits in zip(self.rules, self.each, strict=True) if not _obeys(limits, chosen))

    def admits(self, chosen: Mask, moves: csr_array) -> Mask:
        """Tell which moves (k, w), on top of a choice, go over no upper limit: more could still be added to them."""
        added = (moves @ self.all.rows.T).tocoo()
        over = (self.all.rows @ chosen)[added.col] + added.data > self.all.high[added.col] + TOLERANCE
        return np.asarray(np.bincount(added.row[over], minlength=moves.shape[0]) == 0)

    def obeyed(self, chosen: Mask, moves: csr_array) -> Mask:
        """Tell which moves (k, w), on top of a choice, obey every rule."""
        asking = self.all.low > 0
        rows = self.all.rows[asking]
        reached = (moves @ rows.T).toarray() + rows @ chosen
        return np.asarray(self.admits(chosen, moves) & (reached >= self.all.low[asking] - TOLERANCE).all(axis=1))

    def possible(self, fixed: Mask) -> bool:
        """Tell whether some choice with the fixed works (w,) among it obeys every rule."""
        return _solved(np.zeros(len(fixed)), self.all, fixed) is not None

    def best(self, benefits: Numbers, fixed: Mask) -> Mask:
        """Choose, with the fixed works (w,) among it, what obeys every rule and has the highest sum of benefits (w,).

        Within a ten-thousandth of the best (HiGHS). Raises ClashingRulesError with the fewest rules that clash, and
        NotSolvedError.
        """
        surely, never = settled(benefits, self.each[-1].rows.toarray()[0], self.all, fixed)
        found = _solved(benefits, self.all, fixed | surely, never)
        if found is None:
            raise ClashingRulesError(self._clash(fixed))
        return found

    def lightest(self, weights: Numbers) -> Mask:
        """Choose what obeys every rule and has a sum of weights (k,) within a twentieth of the lowest.

        Raises as `best` does.
        """
        none = np.zeros(len(weights), bool)
        found = _solved(-weights, self.all, none, gap=ROUGHLY)
        if found is None:
            raise ClashingRulesError(self._clash(none))
        return found

    def _clash(self, fixed: Mask) -> list[Rule]:
        """Leave out each rule in turn that the clash does not need (deletion filter, Chinneck & Dravnieks 1991)."""
        kept = list(range(len(self.rules)))
        for i in range(len(self.rules)):
            rest = [k for k in kept if k != i]
            if not rest or _solved(np.zeros(len(fixed)), _joined([self.each[k] for k in rest]), fixed) is None:
                kept = rest
        return [self.rules[k] for k in kept]


def _over_years(rule: Rule, years: Sequence[Limits]) -> Limits:
    """Let shares and money count for each year, and all else for all years together: what is done, is done once."""
    if isinstance(rule, Share | Budget):
        rows = csr_array(block_diag([limits.rows for limits in years]))
        return Limits(rows, *(np.concatenate([getattr(limits, end) for limits in years]) for end in ("low", "high")))
    once = years[0]
    if isinstance(rule, OneTreatment):
        works = once.rows.shape[1]
        once = _joined([once, Limits(csr_array(eye_array(works)), np.zeros(works), np.ones(works))])
    return Limits(csr_array(hstack([once.rows] * len(years))), once.low, once.high)


def _joined(each: Sequence[Limits]) -> Limits:
    low, high = (np.concatenate([getattr(limits, end) for limits in each]) for end in ("low", "high"))
    return Limits(csr_array(vstack([limits.rows for limits in each])), low, high)


def _obeys(limits: Limits, chosen: Mask) -> bool:
    sums = limits.rows @ chosen
    return bool(((sums >= limits.low - TOLERANCE) & (sums <= limits.high + TOLERANCE)).all())


def _solved(benefits: Numbers, limits: Limits, fixed: Mask, never: Mask | None = None, gap: float = GAP) -> Mask | None:
    """Solve for the works that are neither fixed nor never taken; None where rules clash. Raises NotSolvedError."""
    open_ = ~fixed if never is None else ~(fixed | never)
    if not open_.any():
        return fixed if _obeys(limits, fixed) else None
    spent = limits.rows @ fixed
    found = milp(
        -benefits[open_] / max(float(np.abs(benefits).max()), 1.0),
        constraints=LinearConstraint(limits.rows[:, open_], limits.low - spent, limits.high - spent),
        integrality=np.ones(open_.sum()),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": gap, "time_limit": SECONDS},
    )
    if found.status == INFEASIBLE:
        return None
    if not found.success:
        raise NotSolvedError(found.message)
    chosen = fixed.copy()
    chosen[open_] = found.x > 0.5
    return chosen
