"""Who handles what: the owner of the road first, then rules in their order, then the agency of the kind; and why."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from layers.complaints import queries
from layers.complaints.categories import CATEGORIES, CATEGORY_OF, KINDS, TITLES
from layers.complaints.routing import Route, route, standing
from layers.complaints.rules import CLASSES
from layers.db import sql
from tests.layers.complaints.conftest import HERE, MONDAY, Report

AREA = "SRID=4326;MULTIPOLYGON(((104.89 -4.81,104.91 -4.81,104.91 -4.79,104.89 -4.79,104.89 -4.81)))"


def road(connection: Connection, status: str, metres_north: float = 0) -> int:
    lat = HERE[1] + metres_north / 110_574
    line = f"SRID=4326;MULTILINESTRING((104.85 {lat},104.95 {lat}))"
    made = text(
        "insert into road (source, source_id, name, status, geom) values ('uji', :s || :g, 'Jl', :s, :g) returning id"
    )
    return int(connection.scalar(made, {"s": status, "g": line}) or 0)


def rule(connection: Connection, **given: object) -> None:
    row = {"position": 1, "agency": "dlh", "why": "sebab", "why_en": "cause", "source": "M", **given}
    names = ", ".join(row)
    connection.execute(text(f"insert into complaint_route ({names}) values (:{', :'.join(row)})"), row)


def routed(connection: Connection, kind: str, hour: int = 10, asset: tuple[str, int] | None = None) -> Route:
    return route(connection, kind, *HERE, asset, MONDAY + timedelta(hours=hour - 10))


@pytest.mark.parametrize(
    ("status", "agency", "authority"),
    [
        ("nasional", "pupr", "Balai Pelaksanaan Jalan Nasional"),
        ("provinsi", "pupr", "Dinas PU Bina Marga Provinsi"),
        ("kabupaten", "pupr", None),
        ("desa", "pmd", None),
        ("tidak_diketahui", "pupr", None),
    ],
)
def test_a_pothole_goes_by_the_status_of_its_road(
    place: Connection, status: str, agency: str, authority: str | None
) -> None:
    number = road(place, status)
    found = routed(place, "jalan_berlubang", asset=("roads", number))
    assert (found.agency, found.authority) == (agency, authority)
    if authority:
        assert f"jalan {status}" in found.why.id


def test_the_road_is_found_by_the_place_where_nobody_named_it(place: Connection) -> None:
    near, _ = road(place, "provinsi", 20), road(place, "nasional", 28)
    found = routed(place, "jalan_berlubang")
    assert (found.asset, found.authority) == (("roads", near), "Dinas PU Bina Marga Provinsi")


def test_the_middle_of_a_village_lies_on_no_road(place: Connection) -> None:
    number = road(place, "nasional")
    found = route(place, "jalan_berlubang", *HERE, None, MONDAY, exact=False)
    assert (found.asset, found.authority) == (None, None)
    named = route(place, "jalan_berlubang", *HERE, ("roads", number), MONDAY, exact=False)
    assert (named.asset, named.authority) == (("roads", number), "Balai Pelaksanaan Jalan Nasional")


@pytest.mark.parametrize(
    ("metres", "exact", "found"),
    [(90, True, "here"), (120, True, "far"), (9_000, False, "here"), (12_000, False, "far")],
)
def test_a_road_is_at_a_place_within_a_hundred_metres_or_where_it_crosses_the_village(
    place: Connection, metres: float, exact: bool, found: str
) -> None:
    assert standing(place, ("roads", road(place, "desa", metres)), *HERE, exact) == found


def test_a_road_that_is_not_on_the_map_any_more_is_gone(place: Connection) -> None:
    assert standing(place, ("roads", 999_999_999), *HERE, True) == "gone"


def test_a_road_further_away_than_thirty_metres_is_not_meant(place: Connection) -> None:
    road(place, "nasional", 35)
    assert routed(place, "jalan_berlubang").asset is None


def test_waste_beside_a_national_road_is_still_for_those_who_collect_it(place: Connection) -> None:
    road(place, "nasional")
    assert (routed(place, "tumpukan_sampah").agency, routed(place, "tumpukan_sampah").authority) == ("dlh", None)


def test_the_owner_stands_before_every_other_rule(place: Connection) -> None:
    number = road(place, "nasional")
    rule(place, position=0, kind="jalan_berlubang")
    assert routed(place, "jalan_berlubang", asset=("roads", number)).agency == "pupr"
    assert routed(place, "jalan_berlubang").agency == "pupr"
    place.execute(text("delete from road"))
    assert routed(place, "jalan_berlubang").agency == "dlh"


def test_rules_are_asked_in_their_order_by_kind_category_area_and_hour(place: Connection) -> None:
    rule(place, position=5, area=AREA, agency="bpbd")
    rule(place, position=4, kind="lampu_jalan", starts="16:00", ends="07:00", agency="malam")
    rule(place, position=3, kind="lampu_mati", starts="12:00", ends="13:00", agency="siang")
    assert routed(place, "lampu_mati", hour=10).agency == "bpbd"
    assert routed(place, "lampu_mati", hour=12).agency == "siang"
    assert routed(place, "tiang_lampu", hour=12).agency == "bpbd"
    assert routed(place, "tiang_lampu", hour=20).agency == "malam"
    assert routed(place, "tiang_lampu", hour=6).agency == "malam"
    place.execute(text("update complaint_route set area = st_translate(area, 1, 0)"))
    assert routed(place, "pohon").agency == "dlh"


def test_everybody_reads_why_a_complaint_went_there(place: Connection, report: Report) -> None:
    road(place, "nasional")
    seen = queries.case(place, report().number, MONDAY)
    assert seen is not None
    assert seen.why is not None
    assert seen.why.id == "Jalan ini berstatus jalan nasional, jadi pemerintah pusat yang memperbaikinya."
    assert seen.authority == "Balai Pelaksanaan Jalan Nasional"


def test_trying_a_route_writes_nothing(place: Connection) -> None:
    counts = text(
        "select (select count(*) from complaint), (select count(*) from event), (select count(*) from outbox)"
    )
    before = place.execute(counts).one()
    routed(place, "pohon")
    assert place.execute(counts).one() == before


def test_every_kind_has_a_class_an_agency_and_a_title_and_lies_below_the_legend(connection: Connection) -> None:
    kept = {row.id: row for row in connection.execute(text("select * from complaint_kind"))}
    assert set(kept) == set(CATEGORY_OF) == set(TITLES)
    assert {row.case_class for row in kept.values()} <= set(CLASSES)
    assert {row.source for row in kept.values()} <= {"V", "S", "M"}
    assert all(row.agency for row in kept.values())
    assert {kind.category for kind in KINDS} == {category.id for category in CATEGORIES}
    assert 35 <= len(KINDS) <= 45


def test_the_nearest_road_is_found_by_its_index(place: Connection) -> None:
    place.execute(
        text("""insert into road (source, source_id, status, geom)
        select 'uji', n, 'desa', st_multi(st_makeline(st_point(104 + n / 20000.0, -5, 4326),
                                                      st_point(104 + n / 20000.0, -4.99, 4326)))
        from generate_series(1, 20000) as n""")
    )
    place.execute(text("analyze road"))
    statement = text(f"explain {sql('complaints/nearest_road.sql').text}")
    plan = place.scalars(statement, {"lon": 104.9, "lat": -4.995, "reach": 30.0}).all()
    assert any("idx_road_geom" in line for line in plan)
