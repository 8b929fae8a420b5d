"""Where to build in a regency of two villages: the answer can be seen at a glance."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, text

from layers.access.siting import answer
from layers.access.siting_questions import QUEUE, TOWER, TPS, Wish, ask, changed, question
from layers.records.actors import Actor, Grant
from tests.layers.access.world import box, lay_road, open_office, point, settle

PLANNER = Actor("account:7", (Grant("planner"),))
WISH = Wish("puskesmas", "mclp", 1, 25.0, "mobil", "kering")


@pytest.fixture
def world(connection: Connection) -> Connection:
    """A puskesmas in the west: some 20 minutes from the desa (600 people), 30 from the kelurahan (400)."""
    settle(connection)
    lay_road(connection, (0, 3_000), (10_000, 3_000))
    open_office(connection, "barat", 0, 3_000)
    return connection


def answered(connection: Connection, wish: Wish) -> Any:
    number = ask(connection, PLANNER, wish)
    taken = QUEUE.take(connection)
    assert taken and taken.id == number
    answer(connection, taken)
    assert QUEUE.take(connection) is None
    return question(connection, number)


def test_the_new_office_goes_where_nobody_is_served_yet_and_the_old_one_stays(world: Connection) -> None:
    kelurahan = world.scalar(text("select id from settlement where village_code = '99.01.01.1001'"))
    for method in ("mclp", "p_median", "lscp"):
        found = answered(world, replace(WISH, method=method)).answer  # type: ignore[arg-type]
        assert [one["id"] for one in found["new"]] == [kelurahan], method
        assert (found["everybody"], found["before"], found["after"]) == (1000, 600, 1000)
        assert [(one["id"], one["people"]) for one in found["gaining"]] == [(kelurahan, 400)]
        assert found["unserved"] == []


def test_capacity_binds_and_who_is_left_over_is_named(world: Connection) -> None:
    found = answered(world, replace(WISH, capacity=300.0)).answer
    assert (found["before"], found["after"]) == (300, 600)
    assert sum(one["people"] for one in found["gaining"]) == 300
    assert sum(one["people"] for one in found["unserved"]) == 400


def test_a_new_tps_goes_to_those_who_have_none_within_their_walk(world: Connection) -> None:
    """One stands on the road north of the desa: 1.2 km on foot from its settlement, as its people are asked to go."""
    desa, kelurahan = (
        world.scalar(text("select id from settlement where village_code = :code"), {"code": code})
        for code in ("99.01.01.2001", "99.01.01.1001")
    )
    world.execute(
        text("""insert into waste_site (source, source_id, kind, name, geom) values ('uji', '1', 'tps', 'Satu',
                st_transform(st_geomfromtext(:shape, 32748), 4326))"""),
        {"shape": point(1_200, 3_000)},
    )
    wish = replace(WISH, kind=TPS, mode="jalan_kaki", minutes=0.0)
    for pace in ("4", "8"):  # who is asked to go metres goes as many at any pace
        world.execute(text("update road_rule set value = :pace where rule = 'walking'"), {"pace": pace})
        found = answered(world, replace(wish, metres=1_300.0)).answer
        assert ([one["id"] for one in found["new"]], found["before"], found["after"]) == ([kelurahan], 600, 1000)
        nearer = answered(world, replace(wish, metres=1_100.0)).answer
        assert ([one["id"] for one in nearer["new"]], nearer["before"], nearer["after"]) == ([desa], 0, 600)


def test_a_new_tower_goes_where_no_tower_reaches_and_nobody_says_there_is_signal(world: Connection) -> None:
    kelurahan = world.scalar(text("select id from settlement where village_code = '99.01.01.1001'"))
    site = text("""insert into internet_site (source, source_id, kind, name, range_m, geom) values ('uji', :id, :kind,
                   'Satu', :range, st_transform(st_geomfromtext(:shape, 32748), 4326))""")
    world.execute(site, {"id": "1", "kind": "menara", "range": 2_000, "shape": point(1_200, 2_500)})
    wish = replace(WISH, kind=TOWER, metres=500.0)
    found = answered(world, wish).answer
    assert ([one["id"] for one in found["new"]], found["before"], found["after"]) == ([kelurahan], 600, 1000)
    world.execute(
        site, {"id": "2", "kind": "cakupan_dinyatakan", "range": None, "shape": box(7_000, 3_000, 9_500, 5_000)}
    )
    assert (answered(world, wish).answer["before"], answered(world, wish).answer["new"]) == (1000, [])


def test_a_raster_of_people_whose_file_is_gone_is_told_and_not_tried_again(world: Connection) -> None:
    columns = "id, kind, title, source, licence, estimate, file, width, height, crs, bounds, limits"
    values = "'x', 'population', 'x', 'x', '', true, 'gone.tif', 1, 1, 'x', '{0,0,1,1}', '{0,1}'"
    world.execute(text(f"insert into raster ({columns}) values ({values})"))
    assert "berkas raster “x” tidak dapat dibaca" in answered(world, WISH).problem["id"]


def test_people_of_a_village_without_a_mapped_settlement_ask_from_its_middle(world: Connection) -> None:
    world.execute(text("delete from settlement where village_code = '99.01.01.1001'"))
    found = answered(world, WISH).answer
    assert (found["everybody"], found["before"], found["after"]) == (1000, 600, 1000)
    assert [(one["layer"], one["name"]) for one in found["new"]] == [("areas", "Timur")]
    world.execute(text("delete from settlement"))
    assert answered(world, WISH).answer["everybody"] == 1000


def test_an_answer_says_whose_people_it_counts_and_when_what_it_rests_on_has_changed(world: Connection) -> None:
    asked = answered(world, WISH)
    assert "BPS" in asked.answer["people_source"]
    assert not changed(world, asked.asked, asked.answer)
    world.execute(text("insert into waste_site (source, source_id, kind, geom) values ('uji', '7', 'tps',"
                       " st_point(104.9, -4.9, 4326))"))  # fmt: skip
    assert not changed(world, asked.asked, asked.answer), "a puskesmas does not rest on TPS"
    world.execute(text("delete from office"))
    assert changed(world, asked.asked, asked.answer)


@pytest.mark.parametrize(
    ("change", "wish", "words"),
    [
        ("", replace(WISH, price=10.0, budget=5.0), "anggarannya tidak cukup"),
        ("update area set population = null", WISH, "jumlah penduduk belum tersedia"),
        ("delete from road", WISH, "jalan belum ada"),
    ],
)
def test_a_question_without_an_answer_says_why(world: Connection, change: str, wish: Wish, words: str) -> None:
    if change:
        world.execute(text(change))
    found = answered(world, wish)
    assert found.answer is None
    assert words in found.problem["id"]
