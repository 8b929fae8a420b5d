"""Standards: towns and villages apart, who falls short, and what nobody has filled in."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, text

from layers import computing
from layers.access import LAYER, standards
from layers.access.standards import Finding, Standard
from layers.records.actors import SYSTEM, Actor, Grant
from layers.standards import StandardError
from layers.waste_service import standards as waste_standards
from tests.layers.access.world import lay_road, open_office, settle

PLANNER = Actor("account:7", (Grant("planner"),))
WALK = Standard("puskesmas", "desa", "jarak", 3_000, "Perda uji")


@pytest.fixture
def world(connection: Connection) -> Connection:
    """The desa's middle is some 2,250 m from the puskesmas on foot, the kelurahan's some 9,250 m."""
    settle(connection)
    lay_road(connection, (0, 3_000), (10_000, 3_000))
    open_office(connection, "barat", 0, 3_000)
    connection.execute(text("update office set village_code = '99.01.01.2001'"))
    connection.execute(text("delete from access_standard"))
    computing.compute(connection, LAYER)
    return connection


def found(connection: Connection, wanted: Standard) -> Finding:
    standards.set_standard(connection, PLANNER, wanted)
    (one,) = standards.findings(connection)
    connection.execute(text("delete from access_standard"))
    return one


def test_metres_are_walked_along_the_road_and_each_setting_is_asked_for_itself(world: Connection) -> None:
    assert found(world, WALK).short == []
    strict = found(world, replace(WALK, value=2_000))
    assert [line.name for line in strict.short or ()] == ["Barat"]
    assert strict.people == pytest.approx(600)
    town = found(world, replace(WALK, setting="kota"))
    assert [line.name for line in town.short or ()] == ["Timur"]


def test_metres_are_metres_whatever_pace_the_rule_of_walking_sets(world: Connection) -> None:
    """Half of the desa live within 2,400 m at any pace, of which a part is beside the road."""
    world.execute(text("update road_rule set value = '8' where rule = 'walking'"))
    computing.compute(world, LAYER)
    assert found(world, replace(WALK, value=2_450)).short == []
    assert [line.name for line in found(world, replace(WALK, value=2_350)).short or ()] == ["Barat"]


def test_who_has_no_way_falls_short_of_every_time(world: Connection) -> None:
    world.execute(text("update road set load_limit_t = 0.05"))
    computing.compute(world, LAYER)
    one = found(world, replace(WALK, measure="menit", value=10_000))
    assert [line.name for line in one.short or ()] == ["Barat"]


def test_people_an_office_tell_how_many_are_wanting(world: Connection) -> None:
    crowded = replace(WALK, measure="penduduk", value=250)
    rural, urban = found(world, crowded), found(world, replace(crowded, setting="kota"))
    assert (rural.people, rural.offices, rural.wanting) == (600, 1, 2)
    assert (urban.people, urban.offices, urban.wanting) == (400, 0, 2)


def test_a_standard_for_a_service_without_times_is_not_available(world: Connection) -> None:
    one = found(world, replace(WALK, kind="sma"))
    assert (one.short, one.people, one.wanting) == (None, None, None)


def test_a_change_is_kept_with_its_source_and_leaves_an_event(world: Connection) -> None:
    standards.set_standard(world, PLANNER, WALK)
    standards.set_standard(world, PLANNER, replace(WALK, value=2_500))
    assert standards.standards(world) == [replace(WALK, value=2_500)]
    acts = "select count(*) from event where act = 'set_standard' and subject = 'puskesmas/desa/jarak'"
    assert world.scalar(text(acts)) == 2
    assert standards.remove_standard(world, PLANNER, "puskesmas", "desa", "jarak")
    assert standards.standards(world) == []


def test_what_cannot_be_a_standard_is_refused(world: Connection) -> None:
    for wrong in ({"value": 0.0}, {"value": float("nan")}, {"source": " "}, {"kind": "bank"}):
        with pytest.raises(StandardError):
            standards.set_standard(world, PLANNER, replace(WALK, **wrong))  # type: ignore[arg-type]


def test_only_planners_of_the_whole_regency_change_standards(world: Connection) -> None:
    for stranger in (SYSTEM, Actor("account:8", (Grant("planner", area="99.01.01"),))):
        with pytest.raises(PermissionError):
            standards.set_standard(world, stranger, WALK)
        with pytest.raises(PermissionError):
            standards.remove_standard(world, stranger, "puskesmas", "desa", "jarak")
        with pytest.raises(PermissionError):
            waste_standards.set_standard(world, stranger, waste_standards.Standard("litres", 2.5, "uji"))
        with pytest.raises(PermissionError):
            waste_standards.remove_standard(world, stranger, "litres")
