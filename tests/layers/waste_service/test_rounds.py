"""Rounds in the regency of one road: what is loaded, when trucks arrive, and why there may be no round."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from layers import computing
from layers.areas.queries import locate
from layers.records.actors import Actor, Grant
from layers.roads import building
from layers.waste_service import LAYER
from layers.waste_service.round_questions import QUEUE, Wish, ask, landfills, last_good, question
from layers.waste_service.rounds import answer
from tests.layers.access.world import lay_road, settle
from tests.layers.waste_service.world import ROAD_Y, put_site

PLANNER = Actor("account:7", (Grant("planner"),))
MONDAY, THURSDAY, TUESDAY = 0, 3, 1
KMH = 40.0 * 0.95  # a local road, paved and good, in the rain, by the rule tables


@pytest.fixture
def world(connection: Connection, tmp_path: Path) -> Connection:
    """A TPA in the middle of the road; TPS by it south of both settlements, 3.8 km west and 3.2 km east of the TPA."""
    settle(connection)
    lay_road(connection, (0, ROAD_Y), (10_000, ROAD_Y))
    put_site(connection, "tpa", 5_000, ROAD_Y, kind="tpa", capacity=None)
    put_site(connection, "barat", 1_200, ROAD_Y, capacity=10.0)
    put_site(connection, "timur", 8_200, ROAD_Y, capacity=3.0)
    connection.execute(text("update waste_standard set value = 2000 where id like 'reach%'"))
    judge(connection)
    assert building.build(connection, tmp_path) is None
    return connection


def judge(connection: Connection) -> None:
    locate(connection, "waste_site")
    computing.compute(connection, LAYER)


def wish(connection: Connection, **other: Any) -> Wish:
    ((landfill, _),) = landfills(connection)
    return replace(Wish(MONDAY, landfill, 1, 12.0, 360, 8.0, 10.0, 15.0, "hujan", 12.0), **other)


def answered(connection: Connection, folder: Path, wanted: Wish) -> Any:
    number = ask(connection, PLANNER, wanted)
    taken = QUEUE.take(connection)
    assert taken and taken.id == number
    answer(connection, folder, taken)
    return question(connection, number)


def refusal(connection: Connection, folder: Path, wanted: Wish) -> str:
    found = answered(connection, folder, wanted)
    assert found.answer is None
    return str(found.problem["id"])


def test_a_truck_calls_at_both_ends_and_all_adds_up(world: Connection, tmp_path: Path) -> None:
    """600 people leave 1.5 m³ a day, for four days since Thursday; of the 4 m³ of 400 people 3 have room."""
    found = answered(world, tmp_path, wish(world)).answer
    (truck,) = found["trucks"]
    assert {call["name"] for call in truck["calls"][:2]} == {"barat", "timur"}
    assert [call["name"] for call in truck["calls"][2:]] == ["tpa"]
    assert (found["litres"], truck["calls"][-1]["litres"]) == (9_000, 9_000)
    assert found["surplus"] == [{"name": "timur", "litres": 1_000}]
    assert found["metres"] == pytest.approx(14_000, abs=10)
    assert truck["driving"] == pytest.approx(14_000 / 1000 / KMH * 60, abs=0.02)
    assert truck["minutes"] == pytest.approx(truck["driving"] + 2 * 10 + 15, abs=0.01)
    first, second, tipping = truck["calls"]
    assert second["arrival"] == pytest.approx(first["arrival"] + 10 + second["drive"], abs=0.01)
    assert tipping["arrival"] == pytest.approx(truck["minutes"] - 15, abs=0.01)
    assert first["metres"] == pytest.approx(first["drive"] / 60 * KMH * 1000, abs=5)


def test_since_monday_there_are_three_days_and_a_small_truck_goes_twice(world: Connection, tmp_path: Path) -> None:
    found = answered(world, tmp_path, wish(world, day=THURSDAY, capacity_m3=5.0)).answer
    assert found["litres"] == 4_500 + 3_000
    assert (found["trucks"][0]["trips"], found["trucks"][0]["minutes"] > 0) == (2, True)
    two = answered(world, tmp_path, wish(world, day=THURSDAY, capacity_m3=5.0, trucks=2)).answer
    assert [truck["trips"] for truck in two["trucks"]] == [1, 1]


def test_who_cannot_be_reached_or_has_no_days_is_named_and_not_visited(world: Connection, tmp_path: Path) -> None:
    put_site(world, "ladang", 1_500, 4_050)
    put_site(world, "entah", 1_250, ROAD_Y, days=None)
    put_site(world, "sepi", 9_900, ROAD_Y)
    judge(world)
    far = "update waste_site_service set waste_m3 = 1 where site_id = (select id from waste_site where name = 'ladang')"
    world.execute(text(far))
    found = answered(world, tmp_path, wish(world)).answer
    assert found["empty"] == ["sepi"]
    assert (found["unreachable"], found["without_days"]) == (["ladang"], ["entah"])
    visited = {call["name"] for truck in found["trucks"] for call in truck["calls"]}
    assert not visited & {"ladang", "entah", "sepi"}


def test_of_a_sorting_site_only_what_is_left_is_fetched_and_only_where_somebody_says_how_much(
    world: Connection, tmp_path: Path
) -> None:
    """Of 1 m³ a day it works through 0.8 (0.2 t at 0.25 t a m³); of that 30 % is left, for four days since Thursday."""
    sorting = "update waste_site set kind = 'tps3r', capacity = 0.2, capacity_unit = 'ton/hari' where name = 'timur'"
    world.execute(text(sorting))
    judge(world)
    before = answered(world, tmp_path, wish(world)).answer
    assert (before["stops"], before["unknown_residue"], before["surplus"]) == (1, ["timur"], [])
    world.execute(text("insert into waste_standard (id, value, source) values ('residue', 30, 'uji')"))
    found = answered(world, tmp_path, wish(world)).answer
    assert {call["name"]: call["sorts"] for call in found["trucks"][0]["calls"]} == {
        "timur": True,
        "barat": False,
        "tpa": False,
    }
    assert found["litres"] == 6_000 + 960
    assert found["surplus"] == [{"name": "timur", "litres": 800}]
    assert found["unknown_residue"] == []


def test_a_shift_too_short_leaves_a_stop_and_names_it(world: Connection, tmp_path: Path) -> None:
    found = answered(world, tmp_path, wish(world, shift_h=0.75)).answer
    assert found["left"] == ["timur"]
    assert [call["name"] for call in found["trucks"][0]["calls"]] == ["barat", "tpa"]


@pytest.mark.parametrize(
    ("change", "other", "words"),
    [
        ("delete from waste_site where kind = 'tpa'", {}, "TPA belum ada"),
        ("", {"capacity_m3": 5.0}, "truk lebih kecil daripada TPS terpenuh, barat: 6,0 m³"),
        ("", {"day": TUESDAY}, "tidak ada TPS yang diangkut pada hari itu"),
        ("update waste_site_service set waste_m3 = null", {}, "jumlah penduduk"),
        ("update waste_site_service set waste_m3 = 0", {}, "tidak ada penduduk yang cukup dekat"),
    ],
)
def test_a_question_without_an_answer_says_why_and_the_last_good_round_stays(
    world: Connection, tmp_path: Path, change: str, other: dict[str, Any], words: str
) -> None:
    wanted = wish(world, **other)
    good = answered(world, tmp_path, wish(world))
    world.execute(text(change or "select 1"))
    assert words in refusal(world, tmp_path, wanted)
    kept = last_good(world)
    assert kept is not None and (kept.id, kept.answer) == (good.id, good.answer)


@pytest.mark.parametrize(
    ("standard", "title"),
    [("litres", "Sampah satu orang sehari"), ("reach_desa", "TPS paling jauh dari rumah, desa")],
)
def test_without_a_standard_the_refusal_names_it_and_not_people_or_days(
    world: Connection, tmp_path: Path, standard: str, title: str
) -> None:
    world.execute(text("delete from waste_standard where id = :id"), {"id": standard})
    world.execute(text("delete from waste_site where name = 'timur'"))
    judge(world)
    assert f"standar “{title}” belum diisi" in refusal(world, tmp_path, wish(world))


def test_a_tps_whose_load_is_not_known_is_named_apart_from_one_without_waste(world: Connection, tmp_path: Path) -> None:
    """Without a standard for desa nobody knows who walks to the western TPS; kelurahan have one, for the eastern."""
    world.execute(text("delete from waste_standard where id = 'reach_desa'"))
    judge(world)
    found = answered(world, tmp_path, wish(world)).answer
    assert (found["unknown"], found["empty"], found["stops"]) == (["barat"], [], 1)


def test_without_a_network_or_over_a_weak_bridge_no_time_is_made_up(
    world: Connection, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert "jaringan jalan belum siap" in refusal(world, tmp_path_factory.mktemp("kosong"), wish(world))
    world.execute(text("update road set load_limit_t = 8"))
    assert building.build(world, tmp_path) is None
    assert "tidak ada jalan untuk truk seberat itu" in refusal(world, tmp_path, wish(world))
    assert answered(world, tmp_path, wish(world, weight_t=7.5)).answer["stops"] == 2
