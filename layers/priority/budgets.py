"""Which works for a budget of some years, under rules, and what a planner's own pick is worth. Worker only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from geo.budget import Plan, Problem, appraise, knapsack
from geo.corridors import Run, corridors
from geo.rulebook import ClashingRulesError, NotSolvedError
from geo.rules import BudgetTooSmallError, Must, MustNot, NotBoth, Rule, Share, UnknownWorkError, Works, WorksError
from geo.worth import RepairValues, Summed
from geo.years import NoRoomForMustError, cost_of_rules, curve, delivered, plan_years, year_by_year
from layers.areas.naming import named
from layers.areas.queries import regency
from layers.db import sql
from layers.priority.budget_questions import Asked, RuleAsked
from layers.priority.candidates import Candidate
from layers.priority.compute import facts
from layers.priority.refusals import NO_ROADS, NOBODY, NOWHERE, WhatIfError
from layers.priority.values import Facts
from layers.roads.speeds import SEASONS

PARTS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)  # of the budget, for which the curve tells what could be delivered
MADE_UP = (
    "Harga penanganan masih contoh, sehingga belum ada pilihan menurut biaya. Isi tabel penanganan dahulu, atau pilih"
    " mencoba dengan harga contoh."
)
NO_WORKS = "Belum ada pekerjaan yang diketahui biayanya: survei kondisi jalan atau harga penanganannya belum ada."
GONE = "Pekerjaan ini tidak ada lagi, bukan milik kabupaten, atau biayanya nol atau belum diketahui: %s."
TOO_SMALL = "Anggaran Rp %s tidak cukup untuk pekerjaan yang termurah, yaitu Rp %s."
CLASH = "Aturan ini bertentangan; cabut salah satu: %s."
NOT_SOLVED = (
    "Pilihan terbaik tidak ditemukan dalam waktu yang wajar; kurangi aturannya atau ubah anggarannya, lalu coba lagi."
)
UNMET = "Aturan ini tidak dapat dipenuhi dengan uang dan pekerjaan yang ada; longgarkan atau cabut: %s."
NO_ROOM = (
    "Tidak ada tahun yang anggarannya cukup untuk %s, yang harus dikerjakan; naikkan anggaran atau cabut aturannya."
)


@dataclass(frozen=True)
class Choice:
    """The works among which a question chooses: candidates of the regency whose cost is known, each with its place.

    `areas` names the kecamatan that rules speak of, by their codes.
    """

    facts: Facts
    asked: Asked
    areas: Mapping[str, str]

    @cached_property
    def which(self) -> list[int]:
        """Number the candidates that can be chosen, as the facts list them."""
        price = self.facts.price
        return [i for i, one in enumerate(self.facts.candidates) if one.own and price[i] > 0]

    @cached_property
    def candidates(self) -> list[Candidate]:
        """List the candidates that can be chosen."""
        return [self.facts.candidates[i] for i in self.which]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Tell by its key what people call each of them."""
        return {one.key: _called(one) for one in self.candidates}

    @cached_property
    def problem(self) -> Problem:
        """Lay the question out; raises WhatIfError where a rule or a pick names what cannot be chosen."""
        if not self.which:
            raise WhatIfError(NO_WORKS)
        unknown = sorted({*self.asked.named, *self.asked.pick} - set(self.names))
        if unknown:
            raise WhatIfError(GONE % ", ".join(unknown[:5]))
        values, runs = self._values()
        works = Works(
            tuple(one.key for one in self.candidates),
            self.facts.price[self.which],
            tuple(str(one.road.id) for one in self.candidates),
            tuple((one.road.village_code or "").rpartition(".")[0] for one in self.candidates),
        )
        rules = tuple(_rule(one) for one in self.asked.rules)
        return Problem(works, values, sum(self.asked.budgets), rules, runs)

    def _values(self) -> tuple[Summed, tuple[Run, ...]]:
        seasons, runs = [], set()
        for season in SEASONS:
            roads, services = self.facts.ground.roads(season), self.facts.ground.services()
            repairs = self.facts.repairs(season).together([(i,) for i in self.which])
            seasons.append(RepairValues(roads, services, repairs, self.asked.connection))
            for service in services:
                runs |= set(corridors(roads, service.facilities, repairs))
        return Summed(seasons), tuple(sorted(runs))

    def at(self, key: str) -> int:
        """Tell the place of a work by its key."""
        return self.problem.works.names.index(key)

    def told(self, plan: Plan, budget: float) -> dict[str, Any]:
        """Tell a year's plan: what is spent and delivered, and its works by what each brings by itself.

        Claimed is the sum of that, as if nothing else were done before or beside.
        """
        order = sorted(plan.chosen, key=lambda i: -self.problem.singles[i])
        works = [
            {"key": self.problem.works.names[i], "cost": self._cost(i), "alone": float(self.problem.singles[i])}
            for i in order
        ]
        claimed = float(self.problem.singles[order].sum())
        sums = {"budget": budget, "cost": plan.cost, "delivered": plan.delivered, "claimed": claimed}
        return sums | {"works": works}

    def _cost(self, i: int) -> float:
        return float(self.problem.works.cost[i])


def worked_out(connection: Connection, asked: Asked) -> dict[str, Any]:
    """Choose works and tell all about the choice; raises WhatIfError, and NothingToComputeError as `ground` does.

    Benefits are person-minutes a month, a trip that becomes possible counted as `asked.connection` minutes.
    """
    home = regency(connection)
    roads = connection.execute(sql("priority/candidates.sql"), {"regency": home.code}).all() if home else []
    if not home or not roads:
        raise WhatIfError(NO_ROADS)
    known = facts(connection, roads)
    if not known.ground.homes.known:
        raise WhatIfError(NOBODY)
    if not known.ground.offered:
        raise WhatIfError(NOWHERE)
    if known.treatments.made_up and not asked.made_up:
        raise WhatIfError(MADE_UP)
    codes = [str(area) for kind, area, *_ in asked.rules if kind == "share"]
    choice = Choice(known, asked, {code: area.name for code, area in named(connection, codes).items()})
    try:
        return _answer(choice)
    except BudgetTooSmallError as small:
        raise WhatIfError(TOO_SMALL % (_rupiah(small.budget), _rupiah(small.cheapest))) from None
    except ClashingRulesError as clash:
        rules = "; ".join(_words(rule, choice) for rule in clash.rules)
        raise WhatIfError((UNMET if len(clash.rules) == 1 else CLASH) % rules) from None
    except NotSolvedError:
        raise WhatIfError(NOT_SOLVED) from None
    except NoRoomForMustError as must:
        raise WhatIfError(NO_ROOM % choice.names[must.work]) from None
    except UnknownWorkError as unknown:
        area = choice.areas.get(unknown.name, unknown.name)
        raise WhatIfError(f"Di {area} tidak ada pekerjaan yang dapat dipilih; hapus batas bagiannya.") from None


def _answer(choice: Choice) -> dict[str, Any]:
    problem, budgets = choice.problem, choice.asked.budgets
    plans = plan_years(problem, budgets)
    brought = delivered(plans)
    scaled = [[part * budget for budget in budgets] for part in PARTS]
    costs = cost_of_rules(problem, budgets, brought)
    return {
        "made_up": choice.facts.treatments.made_up,
        "works": len(choice.which),
        "unpriced": sum(one.own for one in choice.facts.candidates) - len(choice.which),
        "years": [choice.told(plan, budget) for plan, budget in zip(plans, budgets, strict=True)],
        "delivered": brought,
        "by_sums": _by_sums(problem, budgets),
        "curve": [
            {"budget": sum(part), "delivered": None if found is None else delivered(found)}
            for part, found in zip(scaled, curve(problem, scaled), strict=True)
        ],
        "rules": [{"rule": list(one), "cost": costs[_rule(one)]} for one in choice.asked.rules],
        "pick": _pick(choice) if choice.asked.pick else None,
    }


def _by_sums(problem: Problem, budgets: Sequence[float]) -> dict[str, float] | None:
    """Choose for the same years as if single benefits could be added up; None where no such choice is found."""
    try:
        plans = year_by_year(problem, budgets, knapsack)
    except WorksError:
        return None
    claimed = sum(float(problem.singles[list(plan.chosen)].sum()) for plan in plans)
    return {"cost": sum(plan.cost for plan in plans), "claimed": claimed, "delivered": delivered(plans)}


def _pick(choice: Choice) -> dict[str, Any]:
    chosen = sorted({choice.at(key) for key in choice.asked.pick})
    found = appraise(choice.problem, chosen)
    names = choice.problem.works.names
    return {
        "cost": found.pick.cost,
        "delivered": found.pick.delivered,
        "claimed": found.pick.claimed,
        "works": [
            {"key": names[i], "adds": adds} for i, adds in zip(found.pick.chosen, found.loss_without, strict=True)
        ],
        "broken": [_words(rule, choice) for rule in found.broken],
        "best": None if found.best is None else choice.told(found.best, found.pick.cost),
    }


def _rule(asked: RuleAsked) -> Rule:
    kind, *rest = asked
    if kind == "share":
        area, least, most = rest
        return Share(str(area), float(least), float(most))
    kinds: Mapping[str, type[Must] | type[MustNot] | type[NotBoth]] = {
        "must": Must,
        "must_not": MustNot,
        "not_both": NotBoth,
    }
    return kinds[str(kind)](*map(str, rest))


def _words(rule: Rule, choice: Choice) -> str:
    """Say a rule in Indonesian."""
    names = choice.names
    if isinstance(rule, Must):
        return f"{names[rule.work]} harus dikerjakan"
    if isinstance(rule, MustNot):
        return f"{names[rule.work]} tidak boleh dikerjakan"
    if isinstance(rule, NotBoth):
        return f"{names[rule.first]} dan {names[rule.second]} tidak boleh keduanya"
    if isinstance(rule, Share):
        least = f"paling sedikit {100 * rule.least:.0f} %" if rule.least > 0 else ""
        most = f"paling banyak {100 * rule.most:.0f} %" if rule.most < 1 else ""
        share = " dan ".join(part for part in (least, most) if part) or "berapa pun"
        return f"kecamatan {choice.areas.get(rule.area, rule.area)} mendapat {share} anggaran setiap tahun"
    return "batas anggaran" if str(rule) == "the budget" else "satu penanganan untuk setiap ruas"


def _called(one: Candidate) -> str:
    part = "" if one.from_m is None or one.to_m is None else f" km {one.from_m / 1000:.1f}–{one.to_m / 1000:.1f}"
    return (one.road.name or one.key) + part.replace(".", ",")


def _rupiah(amount: float) -> str:
    return f"{amount:,.0f}".replace(",", ".")
