"""Sites chosen, held against published cases and against trying all sets of sites."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.compact import Compact
from geo.medians import climb, least_cost
from geo.placement import Model
from geo.sites import NoNewSiteError, Question, UnmatchedKeysError
from geo.siting import cover_all, cover_most, shorten_most
from tests.conftest import SHARED

CITY = SHARED / "facility_location_sf"
INF = np.inf


def asked(costs: list[list[float]], people: list[float], **more) -> Question:
    """Places 0, 1, 2 … and sites A, B, C …"""
    sites = [chr(65 + i) for i in range(len(costs[0]))]
    for table in ("capacity", "price"):
        if table in more:
            more[table] = pd.Series(more[table], index=sites)
    return Question(pd.DataFrame(costs, columns=sites), pd.Series(people, dtype=float), **more)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    n, m = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    cost = st.sampled_from([1.0, 3.0, 5.0, 8.0, INF])
    costs = draw(st.lists(st.lists(cost, min_size=m, max_size=m), min_size=n, max_size=n))
    people = draw(st.lists(st.integers(0, 50), min_size=n, max_size=n))
    price = draw(st.lists(st.integers(1, 9), min_size=m, max_size=m))
    existing = tuple(draw(st.sets(st.sampled_from("ABCDE"[:m]), max_size=m - 1)))
    return asked(
        costs, people, existing=existing, new=draw(st.integers(1, 3)), price=price, budget=draw(st.integers(1, 20))
    )


def allowed(question: Question) -> list[list[int]]:
    """All sets of open sites, the existing ones among them, that number and budget allow."""
    old = np.flatnonzero(question.is_open).tolist()
    rest = [i for i in range(question.costs.shape[1]) if i not in old]
    price = question.by_site(question.price, 0.0)
    sets = [list(s) for k in range(min(len(rest), int(question.new)) + 1) for s in combinations(rest, k)]
    return [old + s for s in sets if price[s].sum() <= question.budget]


def affordable(question: Question) -> bool:
    return any(len(s) > question.is_open.sum() for s in allowed(question))


@settings(deadline=None)
@given(questions())
def test_no_other_set_of_sites_serves_more_people(question: Question) -> None:
    assume(affordable(question))
    best = max(question.demand[(question.costs[:, s] <= 4).any(axis=1)].sum() for s in allowed(question))
    answer = cover_most(question, 4)
    assert answer.people == pytest.approx(best)
    assert len(answer.new) <= question.new
    assert question.price[list(answer.new)].sum() <= question.budget
    before = (question.costs[:, question.is_open] <= 4).any(axis=1)
    assert answer.people_before == pytest.approx(question.demand[before].sum())
    assert answer.people >= answer.people_before - 1e-6


@settings(deadline=None)
@given(questions())
def test_no_other_set_of_sites_gives_shorter_ways_to_as_many(question: Question) -> None:
    assume(affordable(question))

    def told(sites: list[int]) -> tuple[float, float]:
        nearest = question.costs[:, sites].min(axis=1, initial=INF)
        there = np.isfinite(nearest)
        return -question.demand[there].sum(), question.demand[there] @ nearest[there]

    people, cost = min(told(sites) for sites in allowed(question))
    answer = shorten_most(question)
    assert (answer.people, answer.cost) == (pytest.approx(-people), pytest.approx(cost, abs=1e-6))


@settings(deadline=None, max_examples=25)
@given(questions())
def test_without_time_to_prove_it_an_answer_serves_as_many_and_its_gap_holds(question: Question) -> None:
    """The exchange of sites and the bound alone, as where the solver has found nothing."""
    assume(affordable(question))
    proven = shorten_most(question)
    sites = pd.Index(question.cost.columns)
    compact = Compact(question, np.isfinite(question.costs), Model(question, np.isfinite(question.costs)).addable)
    start = sites.isin(proven.new)[compact.new] if proven.new else np.zeros(len(compact.new), bool)
    most = np.where(np.isfinite(question.costs[:, compact._open(start)]).any(axis=1), question.demand, 0).sum()
    median = compact._median(float(most))
    better = climb(median, start, 1.0)
    assert median.cost(better) == pytest.approx(proven.cost, abs=1e-6), "nothing is shorter than the proven answer"
    assert least_cost(median, proven.cost, 0.1) <= proven.cost + 1e-6


@pytest.mark.parametrize("seed", range(3))
def test_exchanging_sites_comes_near_the_proven_answer_and_the_bound_says_how_near(seed: int) -> None:
    random = np.random.default_rng(seed)
    spots = random.uniform(0, 30, (120, 2))
    cost = np.hypot(*(spots[:, None] - spots[None, :40]).T).T
    names = [f"s{i}" for i in range(40)]
    question = Question(
        pd.DataFrame(np.where(cost <= 12, cost, INF), columns=names),
        pd.Series(random.integers(1, 100, 120).astype(float)),
        existing=("s0", "s1"),
        new=5,
    )
    proven = shorten_most(question)
    model = Model(question, np.isfinite(question.costs))
    compact = Compact(question, model.near, model.addable)
    start, _ = compact.most(60.0)
    median = compact._median(proven.people)
    found = median.cost(climb(median, start[compact.new], 10.0))
    bound = least_cost(median, found, 10.0)
    assert bound <= proven.cost * (1 + 1e-9) <= found * (1 + 2e-9)
    assert found <= 1.05 * proven.cost
    assert bound >= 0.9 * proven.cost


@settings(deadline=None)
@given(questions())
def test_no_smaller_set_of_sites_reaches_all_who_can_be_reached(question: Question) -> None:
    near = question.costs <= 4
    old = np.flatnonzero(question.is_open).tolist()
    m = near.shape[1]
    reached = near.any(axis=1)
    enough = [
        s for k in range(m + 1) for s in combinations(range(m), k) if (near[:, [*old, *s]].any(axis=1) == reached).all()
    ]
    answer = cover_all(question, 4)
    assert len(answer.new) == len(enough[0])
    assert answer.unserved == tuple(np.flatnonzero(~reached))


def test_a_place_on_the_limit_is_reached() -> None:
    assert cover_most(asked([[60.0]], [5]), 60).people == 5
    assert cover_most(asked([[60.1]], [5]), 60).people == 0


def test_who_has_no_way_is_named_and_given_no_cost() -> None:
    answer = shorten_most(asked([[2.0, INF], [INF, INF], [4.0, np.nan]], [10, 99, 5], new=1))
    assert (answer.new, answer.people, answer.cost) == (("A",), 15, 40)
    assert answer.unserved == (1,)


def test_an_existing_office_stays_open_and_its_people_do_not_count_as_gained() -> None:
    answer = cover_most(asked([[1, 9], [9, 1]], [10, 7], existing=("A",), new=1), 5)
    assert (answer.new, answer.people_before, answer.people) == (("B",), 10, 17)


def test_a_site_serves_no_more_people_than_it_has_room_for() -> None:
    question = asked([[1, 1], [1, 9]], [80, 60], capacity=[100, 30], new=2)
    answer = cover_most(question, 5)
    assert answer.people == pytest.approx(130)
    assert answer.served.tolist() == pytest.approx([7 / 8, 1]) or answer.served @ [80, 60] == pytest.approx(130)
    assert cover_most(asked([[1, 1], [1, 9]], [80, 60], capacity=[100, 30], new=1), 5).people == pytest.approx(100)


def test_with_room_for_few_the_nearest_site_is_not_everybodys() -> None:
    answer = shorten_most(asked([[1, 5], [1, 5]], [10, 10], capacity=[10, 10], new=2))
    assert (answer.people, answer.cost) == (pytest.approx(20), pytest.approx(60))


def test_without_money_or_number_there_is_no_answer() -> None:
    with pytest.raises(NoNewSiteError, match="raise the number or the budget"):
        cover_most(asked([[1.0]], [5], price=[10], budget=9), 5)
    with pytest.raises(NoNewSiteError):
        shorten_most(asked([[1.0]], [5], new=0))


def test_tables_whose_keys_do_not_match_are_refused_by_name() -> None:
    cost = pd.DataFrame([[1.0], [2.0]], index=["Sukamaju", "Sukajaya"], columns=["A"])
    with pytest.raises(UnmatchedKeysError, match="Sukajaya"):
        Question(cost, pd.Series({"Sukamaju": 1.0}))
    with pytest.raises(UnmatchedKeysError, match="Sukamaju"):
        Question(cost, pd.Series([1.0, 2.0, 3.0], index=["Sukamaju", "Sukamaju", "Sukajaya"]))
    with pytest.raises(UnmatchedKeysError, match="B"):
        Question(cost, pd.Series({"Sukamaju": 1.0, "Sukajaya": 2.0}), existing=("B",))


def test_the_order_of_the_rows_makes_no_difference() -> None:
    cost = pd.DataFrame({"A": [1.0, 9.0], "B": [9.0, 1.0]}, index=["Sukamaju", "Sukajaya"])
    people = pd.Series({"Sukajaya": 7.0, "Sukamaju": 10.0})
    assert cover_most(Question(cost, people, new=1), 5).new == ("A",)


@pytest.mark.real
@pytest.mark.skipif(not CITY.exists(), reason="the real files are not here")
class TestSanFrancisco:
    """205 tracts and 16 stores, 5,000 m of reach; the figures are those of spopt."""

    def question(self, new: float = INF, aligned: bool = True) -> Question:
        ways = pd.read_csv(
            CITY / "SF_network_distance_candidateStore_16_censusTract_205_new.csv", dtype={"DestinationName": str}
        )
        tracts = pd.read_csv(CITY / "SF_demand_205_centroid_uniform_weight.csv", dtype={"NAME": str})
        cost = ways.pivot_table("distance", "DestinationName", "name")
        keys = tracts["NAME"] if aligned else cost.index
        return Question(cost, pd.Series(tracts["POP2000"].to_numpy(float), index=keys), new=new)

    def test_eight_stores_reach_every_tract(self) -> None:
        answer = cover_all(self.question(), 5000)
        assert (len(answer.new), answer.unserved) == (8, ())

    def test_four_stores_reach_875_247_people(self) -> None:
        answer = cover_most(self.question(new=4), 5000)
        assert answer.people == 875_247
        assert answer.people / self.question().demand.sum() == pytest.approx(0.9164, abs=5e-5)
        assert answer.gap == 0

    def test_people_put_beside_the_wrong_tracts_would_give_another_figure(self) -> None:
        assert cover_most(self.question(new=4, aligned=False), 5000).people == 870_187
