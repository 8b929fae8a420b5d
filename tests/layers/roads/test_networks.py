"""The network in use: made anew when something changes, swapped in one step, kept where a new one is no good."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, text

from layers.records.preferences import REGENCY, set_preference
from layers.roads import building, networks
from layers.roads.acts import keep_rules
from layers.roads.edges import road_edges
from layers.roads.queries import rule_cells
from layers.roads.rules import Rules
from tests.layers.roads.conftest import ADMINISTRATOR

Make = Callable[..., int]
BOX = (104.8, -0.1, 105.1, 0.1)
HOME = text(
    "insert into area (source, source_id, code, name, level, geom) values ('uji', 'rumah', '99.01', 'Rumah',"
    " 'kabupaten', st_multi(st_makeenvelope(104.8, -0.1, 105.1, 0.1, 4326)))"
)


@pytest.fixture
def home(connection: Connection) -> None:
    connection.execute(HOME)
    set_preference(connection, REGENCY, "99.01")


def later(connection: Connection) -> None:
    """Let the pause between attempts pass."""
    connection.execute(text("update road_network_attempt set at = at - interval '1 hour'"))


@pytest.mark.usefixtures("home")
def test_what_is_opened_is_what_was_made(connection: Connection, tmp_path: Path, lay: Make, rules: Rules) -> None:
    lay(1000, "tanah")
    assert networks.current(tmp_path) is None
    assert building.build(connection, tmp_path) is None
    found, made = networks.current(tmp_path), road_edges(connection, BOX)
    assert found is not None
    assert found.edges.network.version == made.network.version
    for name in ("road", "function", "surface", "condition"):
        assert np.array_equal(getattr(found.edges, name), getattr(made, name))
    slow, expected = found.graph("mobil", "hujan"), made.graph(rules, "mobil", "hujan")
    assert np.array_equal(slow.forward, expected.forward)
    assert np.array_equal(slow.matrix().toarray(), expected.matrix().toarray())
    assert found.report.connected_share == 1
    assert found.report.length_m == pytest.approx(1000, rel=0.001)
    assert networks.current(tmp_path) is found


@pytest.mark.usefixtures("home")
def test_a_new_network_takes_the_place_of_the_last_which_stays_readable_for_a_while(
    connection: Connection, tmp_path: Path, lay: Make
) -> None:
    lay(1000)
    building.build(connection, tmp_path)
    first = networks.current(tmp_path)
    for metres in (2000, 3000):
        connection.execute(text("delete from road"))
        lay(metres)
        building.build(connection, tmp_path)
    third = networks.current(tmp_path)
    assert first is not None
    assert third is not None
    assert [round(each.kept.length_m.sum(), -2) for each in (first, third)] == [1000, 3000]
    folders = [each.name for each in (tmp_path / networks.FOLDER).iterdir() if each.is_dir()]
    assert third.version in folders
    assert first.version not in folders
    assert len(folders) == 2


@pytest.mark.usefixtures("home")
def test_it_is_made_anew_when_roads_surveys_or_speeds_change_and_not_otherwise(
    connection: Connection, tmp_path: Path, lay: Make, see: Make
) -> None:
    assert building.due(connection, tmp_path)
    road = lay(1000)
    see(road, "baik")
    building.build(connection, tmp_path)
    later(connection)
    assert not building.due(connection, tmp_path)
    see(road, "rusak_berat", from_m=0, to_m=100)  # the road as a whole stays good
    assert connection.scalar(text("select condition from road")) == "baik"
    assert building.due(connection, tmp_path)
    building.build(connection, tmp_path)
    assert not building.due(connection, tmp_path), "an attempt was made just now"
    later(connection)
    keep_rules(connection, ADMINISTRATOR, rule_cells(connection, 1), "uji")
    assert building.due(connection, tmp_path)


@pytest.mark.usefixtures("home")
def test_lost_files_are_made_anew(connection: Connection, tmp_path: Path, lay: Make) -> None:
    lay(1000)
    building.build(connection, tmp_path / "lost")
    later(connection)
    assert building.due(connection, tmp_path)


@pytest.mark.usefixtures("home")
def test_a_map_without_roads_or_with_scattered_ones_leaves_the_last_network_in_use(
    connection: Connection, tmp_path: Path, lay: Make
) -> None:
    lay(1000)
    building.build(connection, tmp_path)
    before = networks.current(tmp_path)
    for name in ("2", "3"):
        lay(1000, name=name)
        connection.execute(text("update road set geom = st_translate(geom, 0, 0.01 * cast(source_id as int))"))
    assert building.build(connection, tmp_path) == building.DISCONNECTED
    connection.execute(text("delete from road"))
    assert building.build(connection, tmp_path) == building.NO_ROADS
    assert connection.scalar(text("select problem from road_network_attempt")) == building.NO_ROADS
    assert networks.current(tmp_path) is before
    assert connection.scalar(text("select count(*) from road_edge")) == 1


def test_without_a_regency_there_is_no_network(connection: Connection, tmp_path: Path, lay: Make) -> None:
    lay(1000)
    assert building.build(connection, tmp_path) == building.NO_REGENCY
    assert networks.current(tmp_path) is None


@pytest.mark.usefixtures("home")
def test_the_database_holds_the_edges_of_the_network_in_use(
    connection: Connection, tmp_path: Path, lay: Make, see: Make
) -> None:
    road = lay(1000, "tanah")
    see(road, "rusak_berat", from_m=0, to_m=400)
    connection.execute(text("update road set direction = 'searah', load_limit_t = 8"))
    building.build(connection, tmp_path)
    building.build(connection, tmp_path)
    rows = connection.execute(
        text(
            "select version, road_id, surface, direction, limit_t, condition, round(length_m) as length_m,"
            " round(st_length(geom::geography)) as measured from road_edge order by length_m"
        )
    ).all()
    used = networks.current(tmp_path)
    assert used is not None
    assert [row[:5] for row in rows] == [(used.version, road, "tanah", 1, 8.0)] * 2
    assert [(row.condition, row.length_m) for row in rows] == [("rusak_berat", 400), ("belum_disurvei", 600)]
    assert all(abs(row.measured - row.length_m) <= 1 for row in rows)
