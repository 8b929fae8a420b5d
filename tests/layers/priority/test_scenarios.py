"""What if: the same as the ranking says of one repair, and what a flood, the rain or a new office changes."""

import pytest
from sqlalchemy import Connection, text

from layers.layer import named
from layers.priority import runs
from layers.priority.answering import answer
from layers.priority.ranking import candidates
from layers.priority.refusals import WhatIfError
from layers.priority.scenarios import Asked, worked_out
from layers.records.actors import Actor, Grant

PLANNER = Actor("account:7", (Grant("planner"),))


def best(connection: Connection) -> dict:
    return max(candidates(connection, "ruas", own=True), key=lambda row: row["saved"] or 0)


def test_a_repair_saves_in_the_dry_what_its_villages_gain_and_nobody_loses(computed: Connection) -> None:
    found = worked_out(computed, Asked((best(computed)["source_id"],), (), wet=False))
    saved = sum(one["saved"] for one in found["kinds"])
    assert saved > 0
    assert sum(one["lost"] + one["cut_off"] for one in found["kinds"]) == 0
    assert sum(one["minutes"] for one in found["villages"]) == pytest.approx(saved, abs=250)  # less than 1 is left out
    assert all(one["within"][0] <= one["within"][1] for one in found["kinds"])


def test_closing_a_road_costs_what_its_detour_says(computed: Connection) -> None:
    row = max(candidates(computed, "ruas", own=True), key=lambda row: row["detour"] or 0)
    found = worked_out(computed, Asked((), (row["source_id"],), wet=False))
    assert sum(one["lost"] for one in found["kinds"]) == pytest.approx(row["detour"], rel=1e-6)
    assert max(one["cut_off"] for one in found["kinds"]) == pytest.approx(row["cut_off"], abs=1e-6)


def test_rain_slows_and_an_office_brings_people_nearer(computed: Connection) -> None:
    wet = worked_out(computed, Asked((), (), wet=True))
    assert sum(one["lost"] for one in wet["kinds"]) > 0
    assert sum(one["saved"] for one in wet["kinds"]) == 0
    village = computed.scalar(text("select min(code) from area where level = 'desa' and code like '18.03.%'"))
    opened = worked_out(computed, Asked((), (), wet=False, kind="puskesmas", village=village))
    by_kind = {one["kind"]: one for one in opened["kinds"]}
    assert by_kind["puskesmas"]["saved"] > 0
    assert by_kind["sd"]["saved"] == 0


def test_what_cannot_be_worked_out_is_told_in_words(computed: Connection) -> None:
    key = best(computed)["source_id"]
    for asked, said in (
        (Asked((key,), (key,), wet=False), "sekaligus diperbaiki dan ditutup"),
        (Asked(("contoh:tidak-ada",), (), wet=False), "tidak ada lagi"),
        (Asked((), (), wet=False, kind="sd", village="99.99"), "tidak dikenal"),
    ):
        with pytest.raises(WhatIfError, match=said):
            worked_out(computed, asked)


def test_the_worker_answers_a_question_once_and_keeps_what_it_found(undone: Connection) -> None:
    asked = {"repair": [best(undone)["source_id"]], "close": [], "wet": False, "kind": "", "village": ""}
    run = runs.ask(undone, PLANNER, "scenario", asked)
    assert runs.ask(undone, PLANNER, "scenario", asked) == run
    waiting = text("select args ->> 'run' from procrastinate_jobs where task_name = :task")
    assert list(undone.scalars(waiting, {"task": runs.TASK})) == [run]
    undone.execute(text("update priority_run set made_at = now() - interval '1 hour'"))
    assert runs.ask(undone, PLANNER, "scenario", asked) == run
    assert list(undone.scalars(waiting, {"task": runs.TASK})) == [run, run]  # a worker had left it unanswered
    assert named("layers.priority.answering:answer") is answer
    answer(undone, run)
    found = runs.run(undone, run)
    assert found
    assert found.done
    assert found.answer
    assert found.answer["kinds"]
