"""Works for a budget, held against full runs over the repaired roads; and why there is none, in words."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, text

from geo import rulebook
from geo.scenario import Change, minutes_to_nearest
from layers.db import sql
from layers.priority import budgets, runs
from layers.priority.answering import answer
from layers.priority.budget_questions import Asked, read
from layers.priority.budgets import worked_out
from layers.priority.compute import facts
from layers.priority.ranking import candidates
from layers.priority.refusals import WhatIfError
from layers.priority.treatments import Row, keep_treatments, treatments
from layers.priority.values import Facts
from layers.records.actors import Actor, Grant
from layers.records.preferences import REGENCY, preference
from layers.roads.speeds import SEASONS

PLANNER = Actor("account:7", (Grant("planner"),))
BILLION = 1e9
WORTH = 30.0


@pytest.fixture(scope="module")
def known(computed: Connection) -> Facts:
    roads = computed.execute(sql("priority/candidates.sql"), {"regency": preference(computed, REGENCY)}).all()
    return facts(computed, roads)


@pytest.fixture(scope="module")
def priced(computed: Connection) -> list[dict]:
    """The regency's roads of known cost, the dearest last."""
    rows = candidates(computed, "ruas", own=True)
    return sorted((row for row in rows if row["cost_rp"]), key=lambda row: row["cost_rp"])


def worth(known: Facts, keys: list[str]) -> float:
    """What some works bring together, every network run anew by scipy."""
    which = [i for i, one in enumerate(known.candidates) if one.key in keys]
    total = 0.0
    for season in SEASONS:
        before = known.ground.roads(season)
        after = known.repairs(season).done_on(before, which)
        for service in known.ground.services():
            minutes = [minutes_to_nearest(network, service.facilities) for network in (before, after)]
            change = Change(*minutes, service.people, service.longest)
            total += service.weight * (change.saved + WORTH * change.connected)
    return total


def test_two_years_deliver_together_what_full_runs_say_and_keep_to_money_and_rules(
    computed: Connection, known: Facts, priced: list[dict], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "PARTS", (0.5, 1.0))
    must, never = priced[0], priced[1]
    rules = (("must", must["source_id"]), ("must_not", never["source_id"]))
    pick = (priced[2]["source_id"], priced[3]["source_id"])
    asked = Asked((2 * BILLION, BILLION), 2027, WORTH, made_up=True, rules=rules, pick=pick)
    found = worked_out(computed, asked)
    chosen = [work["key"] for plan in found["years"] for work in plan["works"]]
    assert must["source_id"] in chosen
    assert never["source_id"] not in chosen
    assert len(set(chosen)) == len(chosen) > 2
    assert all(0 < plan["cost"] <= plan["budget"] for plan in found["years"])
    by_key = {one.key: one.road.id for one in known.candidates}
    assert len({by_key[key] for key in chosen}) == len(chosen)
    assert found["delivered"] == pytest.approx(worth(known, chosen), rel=1e-9)
    assert 0 < found["by_sums"]["cost"] <= 3 * BILLION
    assert found["by_sums"]["delivered"] <= found["delivered"] * (1 + 1e-9)
    assert all(
        plan["claimed"] == pytest.approx(sum(work["alone"] for work in plan["works"])) for plan in found["years"]
    )
    told = [spot["delivered"] for spot in found["curve"] if spot["delivered"] is not None]
    assert told == sorted(told)
    assert [one["rule"][0] for one in found["rules"]] == ["must", "must_not"]
    assert all(one["cost"] >= 0 for one in found["rules"])
    assert found["pick"]["delivered"] == pytest.approx(worth(known, list(pick)), rel=1e-9)
    first = found["pick"]["works"][0]
    rest = [key for key in pick if key != first["key"]]
    assert first["adds"] == pytest.approx(worth(known, list(pick)) - worth(known, rest), rel=1e-6, abs=1e-6)
    assert [words for words in found["pick"]["broken"] if "harus dikerjakan" in words]


def one_there(connection: Connection) -> str:
    """The cheapest work in the kecamatan 18.03.05."""
    rows = candidates(connection, "ruas", own=True)
    there = [row for row in rows if row["cost_rp"] and row["village_code"].startswith("18.03.05.")]
    return str(min(there, key=lambda row: row["cost_rp"])["source_id"])


def test_why_there_is_no_choice_is_told_in_words(computed: Connection, priced: list[dict]) -> None:
    one, other, dear = (priced[i]["source_id"] for i in (0, 1, -1))
    base = Asked((BILLION,), 2027, WORTH, made_up=True)
    both = (("must", one), ("must", other), ("not_both", one, other))
    for asked, said in (
        (replace(base, made_up=False), "Isi tabel penanganan dahulu"),
        (replace(base, budgets=(1000.0,)), r"Rp 1\.000 tidak cukup untuk pekerjaan yang termurah, yaitu Rp [1-9]"),
        (replace(base, rules=(("must", one), ("must_not", one))), "harus dikerjakan; .* tidak boleh dikerjakan"),
        (replace(base, budgets=(90 * BILLION,), rules=both), "tidak boleh keduanya"),
        (
            replace(base, rules=(("must", dear),), budgets=(BILLION / 10,) * 2),
            "Tidak ada tahun yang anggarannya cukup untuk .*, yang harus dikerjakan",
        ),
        (replace(base, rules=(("must", "contoh:tidak-ada"),)), "tidak ada lagi.*contoh:tidak-ada"),
        (replace(base, pick=("contoh:tidak-ada",)), "biayanya nol atau belum diketahui"),
        (replace(base, rules=(("share", "99.99.99", 0.5, 1.0),)), "99.99.99 tidak ada pekerjaan"),
        (
            replace(
                base,
                budgets=(90 * BILLION,),
                rules=(("share", "18.03.05", 0.0, 0.0), ("must", one_there(computed))),
            ),
            r"bertentangan; .*kecamatan [A-Z].* mendapat paling banyak 0 % anggaran setiap tahun",
        ),
    ):
        with pytest.raises(WhatIfError, match=said):
            worked_out(computed, asked)


def test_a_question_asked_again_waits_for_the_first_try_and_is_not_worked_out_twice(undone: Connection) -> None:
    asked = Asked((BILLION,), 2027, WORTH).written()
    run = runs.ask(undone, PLANNER, "budget", asked)
    undone.execute(text("update priority_run set made_at = now() - interval '2 minutes' where id = :run"), {"run": run})
    assert runs.ask(undone, PLANNER, "budget", asked) == run
    locks = "select lock from procrastinate_jobs where args ->> 'run' = :run"
    first, second = undone.scalars(text(locks), {"run": run})
    assert first == second is not None
    runs.settle(undone, run, {"kept": 1}, None)
    answer(undone, run)
    kept = runs.run(undone, run)
    assert kept and kept.answer == {"kept": 1}


def test_a_choice_that_takes_too_long_is_told_as_that_and_not_as_a_clash_of_rules(
    computed: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rulebook, "SECONDS", 0.0)
    with pytest.raises(WhatIfError, match="dalam waktu yang wajar"):
        worked_out(computed, Asked((2 * BILLION,), 2027, WORTH, made_up=True))


def test_once_the_regency_has_filled_its_prices_nothing_is_a_trial_and_the_worker_keeps_the_answer(
    undone: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = treatments(undone).rows
    keep_treatments(undone, PLANNER, [Row(**vars(row) | {"source": "SK Bupati 12/2026"}) for row in table])
    monkeypatch.setattr(budgets, "PARTS", (1.0,))
    asked = Asked((2 * BILLION,), 2027, WORTH)
    run = runs.ask(undone, PLANNER, "budget", asked.written())
    assert read(runs.run(undone, run).asked) == asked
    answer(undone, run)
    kept = runs.run(undone, run)
    assert kept.answer
    assert kept.answer["made_up"] is False
    assert kept.answer["by_sums"]["claimed"] > 0
