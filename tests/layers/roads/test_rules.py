"""Rule tables are taken whole or not at all."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from layers.records.actors import Actor, Grant
from layers.roads.acts import change_rule, keep_rules
from layers.roads.queries import changed_rules, newest_version, rule_cells, rule_versions, rules
from layers.roads.refusals import OvertakenError, RuleError
from layers.roads.rules import CLASSES, RULES, Cell, checked, choices
from layers.roads.vocabulary import DAMAGES, TABLES
from tests.layers.roads.conftest import ADMINISTRATOR


@pytest.fixture
def cells(connection: Connection) -> list[Cell]:
    return rule_cells(connection, newest_version(connection))


def changed(cells: list[Cell], at: tuple[str, str, str], **values: str) -> list[Cell]:
    found = [replace(c, **values) if (c.rule, c.row, c.column) == at else c for c in cells]
    assert found != cells
    return found


@pytest.mark.parametrize(
    ("rule", "row", "column", "values"),
    [
        ("sdi.class", "2", "limit", {"value": "<40"}),
        ("sdi.class", "2", "limit", {"value": "100"}),
        ("sdi.class", "4", "limit", {"value": "<900"}),
        ("sdi.class", "2", "gives", {"value": "lumayan"}),
        ("sdi.ruts", "2", "gives", {"value": "banyak"}),
        ("sdi.ruts", "2", "gives", {"value": "-1"}),
        ("sdi.ruts", "2", "gives", {"value": "inf"}),
        ("speed", "kolektor", "baik", {"value": "0"}),
        ("speed", "kolektor", "baik", {"column": "bagus"}),
        ("speed", "kolektor", "baik", {"row": "tol"}),
        ("surface", "beton", "iri", {"value": "kaca"}),
        ("function", "lokal", "speed", {"row": "gang"}),
        ("both", "baik", "baik", {"value": ""}),
        ("four_classes", "urutan", "baik", {"value": "mantap"}),
        ("tti.edge", "side", "light", {"column": "slight"}),
        ("wet", "tanah", "baik", {"rule": "basah"}),
        ("wet", "tanah", "baik", {"source": " "}),
        ("wet", "tanah", "baik", {"certainty": "yakin"}),
    ],
    ids=lambda value: next(iter(value.values())) if isinstance(value, dict) else None,
)
def test_a_wrong_cell_is_refused_by_its_name(
    cells: list[Cell], rule: str, row: str, column: str, values: dict[str, str]
) -> None:
    with pytest.raises(RuleError) as refused:
        checked(2, changed(cells, (rule, row, column), **values))
    assert values.get("rule", rule) in str(refused.value)


@pytest.mark.parametrize("pace", ["0", "3.9"])
def test_nobody_walks_slower_than_the_pace_below_which_only_closed_ways_are(connection: Connection, pace: str) -> None:
    version = newest_version(connection)
    walking = next(cell for cell in rule_cells(connection, version) if cell.rule == "walking")
    with pytest.raises(RuleError, match="paling lambat 4"):
        change_rule(connection, ADMINISTRATOR, replace(walking, value=pace), "uji", version)
    quick = change_rule(connection, ADMINISTRATOR, replace(walking, value="5"), "uji", version)
    assert rules(connection, quick).walking_kmh == 5


def test_a_cell_that_comes_twice_is_named(cells: list[Cell]) -> None:
    with pytest.raises(RuleError, match="dua kali"):
        checked(2, [*cells, cells[0]])


@pytest.mark.parametrize("rule", ["both", "speed", "surface", "sdi.class"])
def test_a_missing_table_is_named(cells: list[Cell], rule: str) -> None:
    with pytest.raises(RuleError, match=rule):
        checked(2, [cell for cell in cells if cell.rule != rule])


def test_a_new_version_counts_and_the_old_one_stays(connection: Connection, cells: list[Cell]) -> None:
    version = keep_rules(connection, ADMINISTRATOR, changed(cells, ("sdi.class", "1", "limit"), value="<40"), "rapat")
    assert rules(connection).version == version == 2
    assert rules(connection).step("sdi.class", 45) == "sedang"
    assert rules(connection, 1).step("sdi.class", 45) == "baik"
    assert [(v.version, v.actor, v.reason) for v in rule_versions(connection)] == [
        (2, "admin:uji", "rapat"),
        (1, "system", "tabel awal"),
    ]


def test_only_an_administrator_changes_the_rules(connection: Connection, cells: list[Cell]) -> None:
    with pytest.raises(PermissionError):
        keep_rules(connection, Actor("account:1", (Grant("planner"),)), cells, "coba")
    assert newest_version(connection) == 1


CLOSE = Cell("wet", "tanah", "rusak_ringan", "tertutup", "rapat teknis", "V")


def test_one_cell_is_changed_with_its_source_and_the_version_tells_what_it_held(connection: Connection) -> None:
    assert change_rule(connection, ADMINISTRATOR, CLOSE, "tidak dapat dilalui", seen=1) == 2
    assert rules(connection).speed("wet", "tanah", "rusak_ringan") == 0
    (told,) = changed_rules(connection, 2)
    assert tuple(told) == ("wet", "tanah", "rusak_ringan", "0.2", "tertutup", "rapat teknis", "V")
    assert changed_rules(connection, 1) == []


def test_who_read_an_older_version_is_told_and_changes_nothing(connection: Connection) -> None:
    change_rule(connection, ADMINISTRATOR, CLOSE, "tidak dapat dilalui", seen=1)
    with pytest.raises(OvertakenError, match="versi 2"):
        change_rule(connection, ADMINISTRATOR, replace(CLOSE, value="0.1"), "masih dapat dilalui", seen=1)
    assert newest_version(connection) == 2


@pytest.mark.parametrize(
    ("cell", "reason", "told"),
    [
        (replace(CLOSE, row="lumpur"), "coba", "tidak ada"),
        (replace(CLOSE, value="0.2", source="usulan", certainty="M"), "coba", "sudah begitu"),
        (replace(CLOSE, value="lambat"), "coba", "angka positif"),
        (replace(CLOSE, source=" "), "coba", "sumber harus disebut"),
        (replace(CLOSE, source="x" * 501), "coba", "500 huruf"),
        (CLOSE, "  ", "alasan"),
    ],
    ids=["no such cell", "the same", "no number", "no source", "a long source", "no reason"],
)
def test_a_cell_that_cannot_be_kept_is_refused_in_words(
    connection: Connection, cell: Cell, reason: str, told: str
) -> None:
    with pytest.raises(RuleError, match=told):
        change_rule(connection, ADMINISTRATOR, cell, reason, seen=1)
    assert newest_version(connection) == 1


def test_each_word_that_a_cell_offers_would_be_taken(cells: list[Cell]) -> None:
    offering = [cell for cell in cells if choices(cell.rule, cell.column)]
    assert {"both", "surface", "function", "four_classes", "sdi.class"} <= {cell.rule for cell in offering}
    for cell in offering:
        for word in choices(cell.rule, cell.column):
            checked(2, [replace(one, value=word) if one == cell else one for one in cells])


def test_every_table_and_every_damage_of_the_first_version_has_a_name(cells: list[Cell]) -> None:
    assert set(TABLES) == set(RULES)
    assert {cell.column for cell in cells if cell.rule == "tti.weights"} == set(DAMAGES)
    assert choices("both", "baik") == CLASSES


def test_a_version_that_never_was_is_not_found(connection: Connection) -> None:
    with pytest.raises(KeyError):
        rules(connection, 99)
