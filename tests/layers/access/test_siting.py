"""Where to build in a regency of two villages: the answer can be seen at a glance."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, text

from layers.access.siting import answer_next
from layers.access.siting_questions import Wish, any_waiting, ask, question
from layers.records.actors import SYSTEM
from tests.layers.access.world import lay_road, open_office, settle

WISH = Wish("puskesmas", "mclp", 1, 25.0, "mobil", "kering")


@pytest.fixture
def world(connection: Connection) -> Connection:
    """A puskesmas in the west: some 20 minutes from the desa (600 people), 30 from the kelurahan (400)."""
    settle(connection)
    lay_road(connection, (0, 3_000), (10_000, 3_000))
    open_office(connection, "barat", 0, 3_000)
    return connection


def answered(connection: Connection, wish: Wish) -> Any:
    number = ask(connection, SYSTEM, wish)
    assert any_waiting(connection)
    assert answer_next(connection)
    assert not any_waiting(connection)
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
    assert sum(one["people"] for one in found["unserved"]) == 400


@pytest.mark.parametrize(
    ("change", "wish", "words"),
    [
        ("", replace(WISH, price=10.0, budget=5.0), "anggarannya tidak cukup"),
        ("update area set population = null", WISH, "jumlah penduduk belum tersedia"),
        ("delete from settlement", WISH, "permukiman belum ada"),
        ("delete from road", WISH, "jalan belum ada"),
    ],
)
def test_a_question_without_an_answer_says_why(world: Connection, change: str, wish: Wish, words: str) -> None:
    if change:
        world.execute(text(change))
    found = answered(world, wish)
    assert found.answer is None
    assert words in found.problem["id"]
