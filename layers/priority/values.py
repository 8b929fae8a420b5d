"""The value of each criterion for each candidate, NaN where it is not known."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from geo.closures import Losses, Stretches, close_each
from geo.crs import to_metres
from geo.repairs import Gains, Repairs, Service, value_each
from geo.scenario import Indices, Numbers
from layers.priority.candidates import DAMAGED, Candidate
from layers.priority.criteria import NEAR_M
from layers.priority.network import Ground
from layers.priority.treatments import Treatments
from layers.roads.rules import UNSURVEYED
from layers.roads.speeds import CONDITIONS, SEASONS, Season

ON_THE_ROAD = ("sd", "smp", "sma", "puskesmas")
MILLION = 1e6


@dataclass(frozen=True)
class Facts:
    """All that criteria are told from: the network, the candidates (c), complaints and figures from elsewhere.

    `complaints` have road, lon, lat, exact and voices; `figures` are by criterion and by number of the ruas or code of
    the village.
    """

    ground: Ground
    treatments: Treatments
    candidates: Sequence[Candidate]
    complaints: Sequence[Any]
    figures: Mapping[tuple[str, str], float]

    @cached_property
    def starts(self) -> Indices:
        """Tell where the edges of each candidate begin in `edges`; one more than candidates."""
        return np.concatenate([[0], np.cumsum([len(c.edges) for c in self.candidates])]).astype(np.int64)

    @cached_property
    def edges(self) -> Indices:
        """List the edges of all candidates one after the other."""
        return np.concatenate([np.empty(0, np.int64), *(c.edges for c in self.candidates)])

    def metres(self, conditions: Iterable[int]) -> Numbers:
        """Add up the length (c,) of each candidate in some conditions."""
        edges = self.ground.edges
        inside = np.isin(edges.condition[self.edges], list(conditions))
        return self.summed(np.where(inside, edges.network.length_m[self.edges], 0.0))

    def summed(self, by_edge: Numbers) -> Numbers:
        """Add up a number for each edge (as `edges` lists them) by candidate (c,)."""
        which = np.repeat(np.arange(len(self.candidates)), np.diff(self.starts))
        return np.asarray(np.bincount(which, by_edge, len(self.candidates)), np.float64)

    @cached_property
    def surveyed(self) -> Numbers:
        """Add up the length (c,) that somebody has seen."""
        return self.metres(code for code, name in enumerate(CONDITIONS) if name != UNSURVEYED)

    @cached_property
    def lines(self) -> list[shapely.Geometry]:
        """Draw each candidate in metres of the network."""
        lines = self.ground.edges.network.lines
        return [shapely.multilinestrings(lines[c.edges]) for c in self.candidates]

    def repairs(self, season: Season) -> Repairs:
        """Say what repairing the damaged edges of each candidate, or building it, does to its arcs."""
        there, back = self.ground.repaired(self.treatments, season)
        edges = self.edges
        return self.ground.spread.repairs(self.starts, edges, there[edges], back[edges])

    @cached_property
    def gains(self) -> list[tuple[Service, Gains]]:
        """Value every repair exactly, for each service in each season."""
        found = []
        for season in SEASONS:
            roads, repairs = self.ground.roads(season), self.repairs(season)
            found += [(service, value_each(roads, service, repairs)) for service in self.ground.services()]
        return found

    @cached_property
    def losses(self) -> list[tuple[Service, Losses]]:
        """Value every closure exactly, for each service in the dry season."""
        repairs, roads = self.repairs(SEASONS[0]), self.ground.roads(SEASONS[0])
        stretches = Stretches(repairs.starts, repairs.arcs)
        return [(service, close_each(roads, service, stretches)) for service in self.ground.services()]

    @cached_property
    def price(self) -> Numbers:
        """Add up what treating each candidate (c,) costs in rupiah; NaN where none is known or needed."""
        rates = [self._rate(name) for name in CONDITIONS]
        by_edge = np.array(rates)[self.ground.edges.condition[self.edges]]
        total = self.summed(by_edge * self.ground.edges.network.length_m[self.edges] / 1000)
        return np.where(total > 0, total, np.nan)

    def _rate(self, condition: str) -> float:
        row = self.treatments.by_condition.get(condition)
        return 0.0 if row is None else np.nan if row.rp_per_km is None else row.rp_per_km

    @cached_property
    def treated(self) -> Numbers:
        """Add up the length (c,) that some treatment is for."""
        return self.metres(code for code, name in enumerate(CONDITIONS) if name in self.treatments.by_condition)


def values(facts: Facts) -> dict[str, Numbers]:
    """Give the value (c,) of every criterion."""
    return {key: value(facts) for key, value in VALUES.items()}


def damaged_share(facts: Facts) -> Numbers:
    """Tell the damaged share of the surveyed length in percent."""
    return _share(100 * facts.metres(DAMAGED), facts.surveyed)


def people_passing(facts: Facts) -> Numbers:
    """Count the people who pass on their quickest way to a service; of all services the most."""
    return _counted(facts, _most(facts, (losses.passing for _, losses in facts.losses)))


def minutes_saved(facts: Facts) -> Numbers:
    """Sum the person-minutes a month that a repair saves; not known where nobody has seen the road."""
    total = sum((service.weight * gains.person_minutes for service, gains in facts.gains), _none(facts))
    return _counted(facts, np.where(facts.surveyed > 0, total, np.nan))


def people_connected(facts: Facts) -> Numbers:
    """Count the people whom a repair gives a way to a service; of all services and seasons the most."""
    most = _most(facts, (gains.connected for _, gains in facts.gains))
    return _counted(facts, np.where(facts.surveyed > 0, most, np.nan))


def voices(facts: Facts) -> Numbers:
    """Count the complaints on a road, each with its confirmed followers up to the cap; on a part those seen near it."""
    by_road: dict[int, list[Any]] = {}
    for complaint in facts.complaints:
        by_road.setdefault(complaint.road, []).append(complaint)
    return np.array([_voices(facts, i, by_road.get(c.road.id, [])) for i, c in enumerate(facts.candidates)], float)


def facilities_beside(facts: Facts) -> Numbers:
    """Count the schools and health centres beside a road."""
    wanted = np.isin(facts.ground.kinds, ON_THE_ROAD)
    tree = shapely.STRtree(shapely.points(facts.ground.office_at[wanted]))
    found = tree.query(np.array(facts.lines, dtype=object), predicate="dwithin", distance=NEAR_M)
    return np.bincount(found[0], minlength=len(facts.candidates)).astype(float)


def detour(facts: Facts) -> Numbers:
    """Sum the person-minutes a month lost while a road is closed."""
    year = len(SEASONS)
    total = sum((year * service.weight * lost.person_minutes for service, lost in facts.losses), _none(facts))
    return _counted(facts, total)


def people_cut_off(facts: Facts) -> Numbers:
    """Count the people who have no other way; of all services the most."""
    return _counted(facts, _most(facts, (losses.cut_off for _, losses in facts.losses)))


def cost_per_km(facts: Facts) -> Numbers:
    """Tell the price of a treated km in million rupiah; not known while prices are made up."""
    price = _share(facts.price / MILLION, facts.treated / 1000)
    return np.full(len(price), np.nan) if facts.treatments.made_up else price


def figure(criterion: str) -> Callable[[Facts], Numbers]:
    """Make the function that looks a figure from elsewhere up."""

    def look_up(facts: Facts) -> Numbers:
        """Find the figure of each ruas, or of the village where it lies."""
        keys = [(c.road.ruas_number, c.road.village_code) for c in facts.candidates]
        found = [
            next((facts.figures[criterion, k] for k in each if (criterion, k) in facts.figures), None) for each in keys
        ]
        return np.array([np.nan if value is None else value for value in found], float)

    return look_up


VALUES: Mapping[str, Callable[[Facts], Numbers]] = {
    "condition": damaged_share,
    "people": people_passing,
    "saved": minutes_saved,
    "connected": people_connected,
    "complaints": voices,
    "facilities": facilities_beside,
    "detour": detour,
    "cut_off": people_cut_off,
    "cost": cost_per_km,
    "traffic": figure("traffic"),
    "poverty": figure("poverty"),
    "ijd": figure("ijd"),
}


def _voices(facts: Facts, at: int, complaints: Sequence[Any]) -> float:
    if facts.candidates[at].unit == "ruas" or not complaints:
        return float(sum(complaint.voices for complaint in complaints))
    places = np.array([(complaint.lon, complaint.lat) for complaint in complaints], np.float64)
    away = shapely.distance(facts.lines[at], shapely.points(to_metres(places, facts.ground.edges.network.epsg)))
    return float(sum(c.voices for c, metres in zip(complaints, away, strict=True) if c.exact and metres <= NEAR_M))


def _counted(facts: Facts, by_people: Numbers) -> Numbers:
    """Leave what is told of people unknown where nobody knows how many there are, or where any of them go."""
    known = facts.ground.homes.known and facts.ground.offered
    return by_people if known else np.full(len(by_people), np.nan)


def _most(facts: Facts, counts: Iterable[Numbers]) -> Numbers:
    return np.asarray(np.max([_none(facts), *counts], axis=0))


def _none(facts: Facts) -> Numbers:
    return np.zeros(len(facts.candidates))


def _share(above: Numbers, below: Numbers) -> Numbers:
    return np.asarray(np.divide(above, below, where=below > 0, out=np.full(len(below), np.nan)))
