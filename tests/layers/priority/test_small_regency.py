"""Priorities and scenarios in a regency of two villages, where every way and everybody can be told by hand."""

from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import Connection, text

from layers import computing
from layers.db import sql
from layers.layer import Text
from layers.priority import LAYER, network, runs, scenarios
from layers.priority.answering import answer
from layers.priority.budget_questions import Asked as BudgetAsked
from layers.priority.budgets import worked_out as chosen
from layers.priority.compute import facts
from layers.priority.network import ground
from layers.priority.refusals import GIVEN_UP, WhatIfError
from layers.priority.scenario_questions import Asked
from layers.priority.scenarios import worked_out
from layers.priority.values import values
from layers.questions import MOST_TRIES
from layers.records.actors import Actor, Grant
from layers.records.preferences import REGENCY, preference
from tests.layers.access.world import DESA, KELURAHAN, lay_road, open_office, settle

PLANNER = Actor("account:7", (Grant("planner"),))
RAIN = Asked((), (), wet=True)
OF_PEOPLE = ("people", "saved", "connected", "detour", "cut_off")


@pytest.fixture
def world(connection: Connection) -> Iterator[Connection]:
    """A road from the desa in the west over a bridge to the kelurahan in the east, with a puskesmas at its end."""
    _forget()
    settle(connection)
    for name, start, end in (("barat", 0, 4_500), ("jembatan", 4_500, 5_500), ("timur", 5_500, 9_000)):
        lay_road(connection, (start, 3_000), (end, 3_000), name=name)
    villages = {"barat": DESA, "jembatan": DESA, "timur": KELURAHAN}
    for name, code in villages.items():
        change = text("update road set village_code = :code, name = :name where source_id = :name")
        connection.execute(change, {"code": code, "name": name})
    open_office(connection, "timur", 9_000, 3_000)
    yield connection
    _forget()


def _forget() -> None:
    """What is kept at hand is named by versions, of which a test that is rolled back leaves the same to the next."""
    for kept in (network._ground, scenarios._candidates, scenarios._rural_of):
        kept.cache.clear()


def known(connection: Connection, criterion: str) -> dict[str, float]:
    """A criterion of each road by its name."""
    asked = {"regency": preference(connection, REGENCY)}
    found = facts(connection, connection.execute(sql("priority/candidates.sql"), asked).all())
    return dict(zip((one.road.name for one in found.candidates), values(found)[criterion].tolist(), strict=True))


def test_who_crosses_the_bridge_is_counted_once_and_cut_off_without_it(world: Connection) -> None:
    assert known(world, "people")["jembatan"] == pytest.approx(600)
    assert known(world, "cut_off")["jembatan"] == pytest.approx(600)
    assert known(world, "people")["timur"] == pytest.approx(1_000)


def test_the_way_round_beyond_the_border_is_a_way(world: Connection) -> None:
    """It leaves the regency in the south-west, runs two kilometres beyond its border, and comes back in the south."""
    lay_road(world, (0, 3_000), (0, -2_000), name="keluar")
    lay_road(world, (0, -2_000), (9_000, -2_000), name="luar")
    lay_road(world, (9_000, -2_000), (9_000, 3_000), name="kembali")
    assert known(world, "cut_off")["jembatan"] == 0
    assert known(world, "detour")["jembatan"] > 0
    [told] = worked_out(world, Asked((), ("uji:jembatan",), wet=False))["kinds"]
    assert told["cut_off"] == 0
    assert told["lost"] > 0


def test_an_office_and_a_tps_beyond_the_border_are_where_people_go(world: Connection) -> None:
    lay_road(world, (9_000, 3_000), (12_000, 3_000), name="luar")
    open_office(world, "sekolah", 12_000, 3_000, kind="sd")
    place = "st_transform(st_setsrid(st_point(500000 + 11000, 9470000 + 3000), 32748), 4326)"
    site = f"insert into waste_site (source, source_id, kind, name, geom) values ('uji', '1', 'tps', 'TPS', {place})"
    world.execute(text(site))
    told = {one["kind"]: one for one in worked_out(world, RAIN)["kinds"]}
    assert set(told) == {"puskesmas", "sd", "tps"}
    assert told["sd"]["within"][0] == pytest.approx(400)  # the kelurahan; from the desa it takes longer


def test_a_total_of_the_regency_is_spread_where_no_village_has_a_number(world: Connection) -> None:
    world.execute(text("update area set population = null where level in ('desa', 'kelurahan')"))
    homes = ground(world).homes
    assert homes.people.sum() == pytest.approx(1_000)
    assert known(world, "people")["jembatan"] == pytest.approx(500)


def test_where_nobody_is_counted_anywhere_nothing_is_told_of_people(world: Connection) -> None:
    world.execute(text("update area set population = null"))
    computing.compute(world, LAYER)
    rows = world.execute(text("select * from road_priority")).all()
    assert {getattr(row, name) for row in rows for name in OF_PEOPLE} == {None}
    assert max(row.rests_on for row in rows) < 0.7
    brought = world.execute(text("select criteria from priority_proposal")).scalars().all()
    assert not any({"saved", "served", "signal"} & set(criteria) for criteria in brought)
    with pytest.raises(WhatIfError, match="Belum diketahui berapa orang tinggal"):
        worked_out(world, RAIN)
    with pytest.raises(WhatIfError, match="Belum diketahui berapa orang tinggal"):
        chosen(world, BudgetAsked((1e9,), 2027, 30.0, made_up=True))


def test_where_no_office_is_on_record_nothing_is_told_of_ways_to_one(world: Connection) -> None:
    world.execute(text("delete from office"))
    assert all(np.isnan(list(known(world, criterion).values())).all() for criterion in OF_PEOPLE)
    with pytest.raises(WhatIfError, match="Belum ada kantor atau TPS"):
        worked_out(world, RAIN)


def disconnect(connection: Connection) -> None:
    """Roads like those of a map that was not drawn as a network: each ends before the next begins."""
    number = "row_number() over (order by id) as n"
    connection.execute(
        text(
            f"""update road set geom = st_multi(st_makeline(st_point(105 + n * 0.02, -4.75, 4326),
                                                            st_point(105.01 + n * 0.02, -4.75, 4326)))
                from (select id, {number} from road) as counted where counted.id = road.id"""
        )
    )


def test_a_network_in_pieces_replaces_no_ranking_and_answers_nothing(world: Connection) -> None:
    computing.compute(world, LAYER)
    before = world.execute(text("select * from road_priority order by id")).all()
    assert len(before) == 3
    disconnect(world)
    computing.compute(world, LAYER)
    standing = computing.standing(world, LAYER)
    assert standing and standing.problem
    assert "tidak tersambung" in standing.problem.id
    assert world.execute(text("select * from road_priority order by id")).all() == before
    scenario = {"repair": [], "close": [], "wet": True, "kind": "", "village": ""}
    for kind, asked in (("scenario", scenario), ("budget", BudgetAsked((1e9,), 2027, 30.0, True).written())):
        run = runs.ask(world, PLANNER, kind, asked)
        answer(world, run)
        kept = runs.run(world, run)
        assert kept and kept.answer is None
        assert kept.problem and "sebagian besar jalan tidak tersambung" in kept.problem
    assert computing.standing(world, LAYER) == standing


def test_a_question_over_which_the_worker_fails_again_and_again_is_given_up_until_it_is_asked_anew(
    world: Connection,
) -> None:
    asked = {"repair": [], "close": [], "wet": True, "kind": "", "village": ""}
    run = runs.ask(world, PLANNER, "scenario", asked)
    assert [runs.begin(world, run) for _ in range(MOST_TRIES + 1)] == [True] * MOST_TRIES + [False]
    kept = runs.run(world, run)
    assert kept and kept.done
    assert kept.problem == GIVEN_UP
    assert runs.ask(world, PLANNER, "scenario", asked) == run
    assert runs.begin(world, run)
    answer(world, run)
    kept = runs.run(world, run)
    assert kept and kept.answer and kept.problem is None
    assert not runs.begin(world, run)


def test_a_question_without_an_answer_is_tried_anew_over_the_same_data_when_it_is_asked_again(
    world: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of people that cannot be read for a while, as one that comes back from a backup."""

    def unreadable(_connection: Connection) -> None:
        raise computing.NothingToComputeError(Text("raster tidak terbaca", "unreadable raster"))

    asked = {"repair": [], "close": [], "wet": True, "kind": "", "village": ""}
    run = runs.ask(world, PLANNER, "scenario", asked)
    with monkeypatch.context() as away:
        away.setattr(network, "land", unreadable)
        answer(world, run)
    kept = runs.run(world, run)
    assert kept and kept.problem and "raster tidak terbaca" in kept.problem
    assert runs.ask(world, PLANNER, "scenario", asked) == run
    answer(world, run)
    kept = runs.run(world, run)
    assert kept and kept.answer and kept.problem is None


def test_an_answer_keeps_the_versions_it_was_worked_out_from_and_knows_when_these_are_old(world: Connection) -> None:
    run = runs.ask(world, PLANNER, "scenario", {"repair": [], "close": [], "wet": True, "kind": "", "village": ""})
    then = runs.stated(world)
    answer(world, run)
    world.execute(text("update road set condition = 'rusak_berat'"))
    kept = runs.run(world, run)
    assert kept and kept.versions == then
    assert then["layers"]["roads"] < runs.stated(world)["layers"]["roads"]
    assert runs.changed(world, kept)
