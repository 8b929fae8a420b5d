"""Ranking, scenario and budget on real roads, schools and settlements of Tulang Bawang Barat; the rest is made up."""

from collections.abc import Iterator

import pandas
import pytest
from sqlalchemy import Connection, Engine, text

from layers import computing
from layers.areas.queries import regency
from layers.db import sql
from layers.priority import LAYER, budgets
from layers.priority.budget_questions import Asked as BudgetAsked
from layers.priority.compute import facts
from layers.priority.criteria import USUAL
from layers.priority.locks import lock, locked
from layers.priority.ranking import Board, board, candidates
from layers.priority.scenario_questions import Asked
from layers.priority.scenarios import worked_out
from tests.layers.priority.test_budgets import WORTH, worth
from tests.real import made_up
from tests.real.conftest import real
from tests.real.made_up import HOME, SOMEBODY, SOURCE

pytestmark = [pytest.mark.real, real]
SAMPLE = 4
DAMAGED = {"rusak_sedang", "rusak_berat"}  # read by their order, as the register's rusak_ringan is Bina Marga's sedang


@pytest.fixture(scope="module")
def west(
    real_engine: Engine, outcomes: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Connection, pandas.DataFrame]]:
    """The regency with its priorities, of which nothing stays, and what condition each road was given."""
    with real_engine.connect() as connection:
        outer = connection.begin()
        connection.execute(text("set local statement_timeout = 0"))
        classes = made_up.settle(connection, tmp_path_factory.mktemp("made_up"))
        computing.compute(connection, LAYER)
        yield connection, classes
        outer.rollback()


@pytest.fixture(scope="module")
def ranked(west: tuple[Connection, pandas.DataFrame]) -> Board:
    return board(candidates(west[0], "ruas", own=True), USUAL, "weighted_sum")


def number(row: dict) -> str:
    return row["source_id"].removeprefix(f"{SOURCE}:")


def test_every_road_that_is_driven_on_is_judged_and_only_own_ones_are_ranked(
    west: tuple[Connection, pandas.DataFrame], ranked: Board
) -> None:
    connection, _ = west
    driven = "select status, count(*) from road where starts_with(village_code, :home || '.')"
    driven += " and function is distinct from 'setapak' group by status"
    known = dict(map(tuple, connection.execute(text(driven), {"home": HOME})))
    assert len(ranked.rows) == known["kabupaten"] > 3_000
    assert len(candidates(connection, "ruas", own=False)) == known["provinsi"]
    assert sorted(place.rank for place in ranked.places if place.rank)[0] == 1


def test_the_damaged_share_is_that_which_was_made_up(west: tuple[Connection, pandas.DataFrame], ranked: Board) -> None:
    _, classes = west
    for row in ranked.rows:
        known = classes.kind.get(number(row))
        wanted = None if known is None else pytest.approx(100.0 * (known in DAMAGED))
        assert row["condition"] == wanted, row["source_id"]


def test_what_repairs_save_and_closures_cost_is_what_whole_runs_of_the_network_say(
    west: tuple[Connection, pandas.DataFrame], ranked: Board
) -> None:
    connection, _ = west
    best = sorted(ranked.rows, key=lambda row: -(row["saved"] or 0))[:SAMPLE]
    rain = worked_out(connection, Asked((), (), wet=True))
    for row in best:
        dry, wet = (worked_out(connection, Asked((row["source_id"],), (), wet=season)) for season in (False, True))
        saved = net(dry) / 2 + (net(wet) - net(rain)) / 2
        assert row["saved"] == pytest.approx(saved, rel=1e-6)
    worst = max(ranked.rows, key=lambda row: row["detour"] or 0)
    flood = worked_out(connection, Asked((), (worst["source_id"],), wet=False))
    assert sum(one["lost"] for one in flood["kinds"]) == pytest.approx(worst["detour"], rel=1e-6)
    assert max(one["cut_off"] for one in flood["kinds"]) == pytest.approx(worst["cut_off"], abs=1e-6)
    assert all(one["minutes"] < 0 for one in flood["villages"])


def net(found: dict) -> float:
    return sum(one["saved"] - one["lost"] for one in found["kinds"])


def test_the_price_of_each_road_is_its_length_times_the_price_of_its_condition(
    west: tuple[Connection, pandas.DataFrame], ranked: Board
) -> None:
    _, classes = west
    for row in ranked.rows:
        if row["cost_rp"]:
            assert any(row["cost"] == pytest.approx(price / 1e6) for _, price in made_up.PRICES)
            assert classes.kind[number(row)] in DAMAGED
            assert row["cost_rp"] == pytest.approx(row["cost"] * 1e6 * row["length_m"] / 1000)


def test_a_locked_ranking_of_so_many_roads_recomputes_to_the_same(
    west: tuple[Connection, pandas.DataFrame], ranked: Board
) -> None:
    connection, _ = west
    kept = locked(connection, lock(connection, SOMEBODY, "Musrenbang uji", ranked))
    assert kept
    assert kept.holds
    assert [place["key"] for place in kept.places] == [row["source_id"] for row in ranked.rows]


def test_works_for_a_budget_bring_together_what_whole_runs_say_and_no_less_than_the_best_by_sums(
    west: tuple[Connection, pandas.DataFrame], ranked: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection, classes = west
    monkeypatch.setattr(budgets, "PARTS", (1.0,))
    home = regency(connection)
    assert home
    budget = 3e9
    found = budgets.worked_out(connection, BudgetAsked((budget,), 2027, WORTH))
    (year,) = found["years"]
    chosen = [work["key"] for work in year["works"]]
    rows = {row["source_id"]: row for row in ranked.rows}
    assert not found["made_up"]
    assert found["works"] == sum(row["cost_rp"] is not None for row in ranked.rows) > 500
    assert year["cost"] == pytest.approx(sum(rows[key]["cost_rp"] for key in chosen))
    assert 0.9 * budget < year["cost"] <= budget * (1 + 1e-6)
    assert {classes.kind[number(rows[key])] for key in chosen} <= DAMAGED
    known = facts(connection, connection.execute(sql("priority/candidates.sql"), {"regency": home.code}).all())
    assert found["delivered"] == pytest.approx(worth(known, chosen), rel=1e-6)
    assert found["delivered"] >= found["by_sums"]["delivered"] > 0
    assert found["by_sums"]["claimed"] >= found["by_sums"]["delivered"]
