"""Offices by travel time: the way counts, not the straight line, and what is not known is not made up."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, insert, text

from layers.offices import placed, placing
from layers.offices.acts import assign_default_services
from layers.offices.queries import NearOffice, Wanted
from layers.offices.route import route
from layers.offices.table import Office
from layers.offices.travel import Start, nearest_by_time, soonest_of_each
from layers.records.calendar import calendar
from layers.records.preferences import REGENCY, set_preference
from layers.roads import building, networks
from layers.roads.acts import keep_rules
from layers.roads.queries import newest_version, rule_cells
from tests.layers.roads.conftest import ADMINISTRATOR

METRES_A_DEGREE = 111_319.49  # along the equator
MONDAY = datetime(2026, 11, 23, 3, tzinfo=UTC)

# A paved road to the east with a damaged stretch on it; an earth road to the north; an island of its own in the south.
ROADS = (
    ("timur", "aspal", "baik", (0, 0), (4_000, 0)),
    ("rusak", "aspal", "rusak_berat", (4_000, 0), (6_000, 0)),
    ("utara", "tanah", "rusak_berat", (0, 0), (0, 2_000)),
    ("pulau", "aspal", "baik", (0, -1_500), (1_000, -1_500)),
)
OFFICES = (
    ("dekat", "sd", (0, 1_500)),
    ("jauh", "sd", (3_500, 0)),
    ("rusak", "puskesmas", (5_000, 0)),
    ("pulau", "puskesmas", (500, -1_500)),
)


def degrees(x: float, y: float) -> tuple[float, float]:
    return 104.9 + x / METRES_A_DEGREE, y / METRES_A_DEGREE


@dataclass(frozen=True)
class Place:
    connection: Connection
    data_dir: Path

    def rebuild(self) -> None:
        assert building.build(self.connection, self.data_dir) is None
        network = networks.current(self.data_dir)
        assert network is not None
        placing.place(self.connection, self.data_dir, network)

    @property
    def offices(self) -> placed.PlacedOffices:
        found = placed.current(self.data_dir)
        assert found is not None
        return found

    def ask(self, mode: str = "motor", season: str = "kering", limit: int = 4, **wanted: object) -> list[NearOffice]:
        start = Start(*degrees(0, 0), mode, season)  # type: ignore[arg-type]
        asked = Wanted(**wanted)  # type: ignore[arg-type]
        working = calendar(self.connection)
        return nearest_by_time(self.connection, self.offices, start, working, wanted=asked, limit=limit)


@pytest.fixture
def town(connection: Connection, tmp_path: Path) -> Place:
    connection.execute(text("delete from road; delete from office"))
    connection.execute(
        text(
            "insert into area (source, source_id, code, name, level, geom) values ('uji', 'rumah', '99.01', 'Rumah',"
            " 'kabupaten', st_multi(st_makeenvelope(104.8, -0.1, 105.1, 0.1, 4326)))"
        )
    )
    set_preference(connection, REGENCY, "99.01")
    road = text(
        "insert into road (source, source_id, status, function, surface, condition, geom)"
        " values ('uji', :id, 'kabupaten', 'lokal', :surface, :condition,"
        " st_multi(st_makeline(st_point(:a, :b, 4326), st_point(:c, :d, 4326))))"
    )
    for name, surface, condition, start, end in ROADS:
        (a, b), (c, d) = degrees(*start), degrees(*end)
        values = {"id": name, "surface": surface, "condition": condition, "a": a, "b": b, "c": c, "d": d}
        connection.execute(road, values)
    for name, kind, at in OFFICES:
        lon, lat = degrees(*at)
        row = {"source": "uji", "source_id": name, "name": name, "kind": kind, "geom": f"SRID=4326;POINT({lon} {lat})"}
        connection.execute(insert(Office), row)
    assign_default_services(connection)
    made = Place(connection, tmp_path)
    made.rebuild()
    return made


def names(found: list[NearOffice]) -> list[str | None]:
    return [office.name for office in found]


def test_the_way_counts_and_what_no_road_reaches_comes_last_without_a_time(town: Place) -> None:
    found = town.ask("mobil")
    assert names(found) == ["jauh", "rusak", "dekat", "pulau"]
    minutes = [office.travel.minutes for office in found if office.travel]
    assert minutes == pytest.approx([3.5 / 40 * 60, (4 / 40 + 1 / 14) * 60, 1.5 / 6 * 60], rel=0.01)
    assert found[3].travel is None
    assert found[3].distance_m == pytest.approx(np.hypot(500, 1_500), rel=0.01)


def test_an_earth_road_that_is_closed_to_cars_in_the_rain_leaves_the_walk_along_it(town: Place) -> None:
    found = {office.name: office.travel for office in town.ask("mobil", "hujan")}
    assert found["dekat"] is not None
    assert found["dekat"].minutes == pytest.approx(1.5 / 4 * 60, rel=0.01)
    assert found["dekat"].damaged_m == 0
    assert names(town.ask("jalan_kaki", "hujan"))[0] == "dekat"


def test_length_and_damage_of_the_way_are_told(town: Place) -> None:
    travel = town.ask(kind="puskesmas", limit=1)[0].travel
    assert travel is not None
    assert (travel.length_m, travel.damaged_m) == (pytest.approx(5_000, rel=0.01), pytest.approx(1_000, rel=0.02))


def test_a_search_with_filters_says_the_same_as_what_is_kept(town: Place) -> None:
    kept, searched = town.ask(), town.ask(limit=9)
    assert names(kept) == names(searched)
    for a, b in zip(kept[:3], searched[:3], strict=True):
        assert a.travel is not None and b.travel is not None
        assert vars(a.travel) == pytest.approx(vars(b.travel), rel=1e-5)


def test_services_hours_and_wheelchairs_are_searched_for(town: Place) -> None:
    town.connection.execute(text("update office set opening_hours = '24/7', wheelchair = 'yes' where name = 'rusak'"))
    assert names(town.ask(service="imunisasi")) == ["rusak", "pulau"]
    assert names(town.ask(open_at=MONDAY)) == ["rusak"]
    assert names(town.ask(wheelchair=True)) == ["rusak"]
    assert town.ask(kind="damkar") == []


def test_an_office_that_is_gone_or_has_changed_its_kind_since_is_not_told(town: Place) -> None:
    town.connection.execute(text("delete from office where name = 'jauh'"))
    town.connection.execute(text("update office set kind = 'pos' where name = 'dekat'"))
    assert names(town.ask(limit=2)) == ["rusak", "dekat"]
    assert town.ask(kind="sd", limit=1) == []


def test_where_no_road_is_near_all_are_told_in_a_straight_line(town: Place) -> None:
    far = Start(*degrees(0, 9_000), "motor", "kering")
    found = nearest_by_time(town.connection, town.offices, far, calendar(town.connection), limit=2)
    assert [(office.name, office.travel) for office in found] == [("dekat", None), ("jauh", None)]


def test_each_kind_has_its_soonest(town: Place) -> None:
    start = Start(*degrees(0, 0), "mobil", "kering")
    kinds = ["puskesmas", "sd", "polisi"]
    found = soonest_of_each(town.connection, town.offices, start, kinds, calendar(town.connection))
    assert names(found) == ["jauh", "rusak"]


def test_the_way_itself_is_told_leg_by_leg(town: Place) -> None:
    office = town.ask(kind="puskesmas", limit=1)[0]
    beside = Start(*degrees(0, -100), "motor", "kering")
    found = route(town.offices, beside, office)
    assert found is not None
    assert [leg.condition for leg in found.legs] == [None, "baik", "rusak_berat", None]
    assert [leg.length_m for leg in found.legs] == pytest.approx([100, 4_000, 1_000, 0], rel=0.01, abs=5)
    joints = [(a.line.coords[-1], b.line.coords[0]) for a, b in zip(found.legs, found.legs[1:], strict=False)]
    assert all(before == pytest.approx(after, abs=1e-5) for before, after in joints)
    island = town.ask(kind="puskesmas", limit=2)[1]
    assert route(town.offices, beside, island) is None


def test_offices_are_placed_anew_when_they_or_the_roads_change(town: Place) -> None:
    assert not placing.due(town.connection, town.data_dir)
    town.connection.execute(text("update office set geom = st_translate(geom, 0.01, 0) where name = 'jauh'"))
    assert not placing.due(town.connection, town.data_dir), "they were placed just now"
    before = town.offices
    town.connection.execute(text("update road set condition = 'baik'"))
    assert building.build(town.connection, town.data_dir) is None
    assert placing.due(town.connection, town.data_dir)
    assert town.offices is before, "until then the answers stay as they were"
    town.rebuild()
    assert town.offices.network.version != before.network.version
    assert town.ask("mobil", kind="puskesmas", limit=1)[0].travel.damaged_m == 0  # type: ignore[union-attr]


def test_before_the_first_network_nothing_is_placed(connection: Connection, tmp_path: Path) -> None:
    assert not placing.due(connection, tmp_path)
    assert placed.current(tmp_path) is None


def test_who_walks_goes_at_the_pace_of_the_rules_to_the_road_and_on_it(town: Place) -> None:
    """1,500 m to the school from the crossroads, where the road begins, and 300 m of field before that."""
    beside = Start(*degrees(-300, 0), "jalan_kaki", "kering")

    def walked() -> NearOffice:
        working, wanted = calendar(town.connection), Wanted(kind="sd")
        return nearest_by_time(town.connection, town.offices, beside, working, wanted=wanted, limit=1)[0]

    for kmh in (4, 6):
        cells = [
            replace(cell, value=str(kmh)) if cell.rule == "walking" else cell
            for cell in rule_cells(town.connection, newest_version(town.connection))
        ]
        keep_rules(town.connection, ADMINISTRATOR, cells, "uji")
        town.rebuild()
        office = walked()
        assert office.travel is not None
        assert office.travel.minutes == pytest.approx(1.8 / kmh * 60, rel=0.01)
        assert office.travel.length_m == pytest.approx(1_800, rel=0.01)
        found = route(town.offices, beside, office)
        assert found is not None
        assert found.legs[0].length_m == pytest.approx(300, rel=0.01)


def test_the_network_on_which_offices_stand_stays_until_they_are_placed_on_another(town: Place) -> None:
    """Two builds while the offices wait: the first network is neither the one in use nor the newest beside it."""
    first = town.offices.network.version
    for condition in ("sedang", "rusak_ringan"):
        town.connection.execute(text("update road set condition = :c"), {"c": condition})
        assert building.build(town.connection, town.data_dir, placed.needed(town.data_dir)) is None
    placed._open.cache_clear()  # a web process that begins now
    assert town.offices.network.version == first
    town.rebuild()
    town.rebuild()
    assert first not in {each.name for each in (town.data_dir / networks.FOLDER).iterdir()}


def test_lost_files_are_no_answer_and_are_made_anew(town: Place) -> None:
    (town.data_dir / networks.FOLDER / town.offices.network.version / "edges.tail.npy").unlink()
    placed._open.cache_clear()
    networks._open.cache_clear()
    assert placed.current(town.data_dir) is None, "pages fall back on the straight line"
    town.connection.execute(text("update road_network_attempt set at = at - interval '1 hour'"))
    assert building.due(town.connection, town.data_dir)
    assert building.build(town.connection, town.data_dir) is None
    placed._open.cache_clear()
    assert town.offices


def test_a_reader_of_the_offices_placed_before_still_finds_their_files(town: Place) -> None:
    before = {each.name for each in (town.data_dir / placed.FOLDER).iterdir() if each.is_dir()}
    town.connection.execute(text("update office set geom = st_translate(geom, 0.01, 0) where name = 'jauh'"))
    town.rebuild()
    assert before < {each.name for each in (town.data_dir / placed.FOLDER).iterdir() if each.is_dir()}
