"""The nearest offices, against brute-force geodesics of another library."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from sqlalchemy import Connection, insert, text

from layers.db import sql
from layers.offices.acts import assign_default_services
from layers.offices.queries import _statement, nearest_offices, open_hours, services
from layers.offices.table import Office, OfficeService
from layers.records.calendar import calendar

WGS84 = Geod(ellps="WGS84")
BORDER = (104.3, -5.1, 105.2, -4.4)  # about Lampung Utara
BEYOND = (103.8, -5.6, 105.7, -3.9)
KINDS = ("sd", "puskesmas", "kantor_desa")


def place(connection: Connection, lonlat: np.ndarray, **columns: list[str | None]) -> np.ndarray:
    """Put offices at points, and give their ids in the order of the points."""
    rows = [
        {"source": "uji", "source_id": str(i), "kind": KINDS[i % len(KINDS)], "geom": f"SRID=4326;POINT({lon} {lat})"}
        | {name: values[i] for name, values in columns.items()}
        for i, (lon, lat) in enumerate(lonlat.tolist())
    ]
    connection.execute(insert(Office), rows)
    found = connection.execute(text("select id from office where source = 'uji' order by source_id::int"))
    return np.array(found.scalars().all())


def scatter(seed: int, number: int, box: tuple[float, float, float, float]) -> np.ndarray:
    west, south, east, north = box
    return np.random.default_rng(seed).uniform((west, south), (east, north), (number, 2))


def geodesics(points: np.ndarray, offices: np.ndarray) -> np.ndarray:
    """Give the distance in metres from each point (rows) to each office (columns)."""
    shape = (len(points), len(offices))
    start, end = np.repeat(points, len(offices), axis=0), np.tile(offices, (len(points), 1))
    return WGS84.inv(*start.T, *end.T)[2].reshape(shape)


def test_ten_thousand_answers_are_right_to_a_metre_and_in_order(connection: Connection) -> None:
    offices = np.vstack([scatter(1, 120, BORDER), scatter(2, 30, BEYOND)])
    ids = place(connection, offices)
    points = np.vstack([scatter(3, 7_000, BORDER), scatter(4, 3_000, BEYOND)])
    true = geodesics(points, offices)
    order = np.argsort(true, axis=1)[:, :3]
    for row, (lon, lat) in enumerate(points.tolist()):
        found = nearest_offices(connection, lon, lat, limit=3)
        assert [office.id for office in found] == ids[order[row]].tolist()
        assert np.allclose([office.distance_m for office in found], true[row, order[row]], rtol=0, atol=0.001)


LONGITUDES = st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, 180.0, 179.999, -179.999]))
LATITUDES = st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 90.0, 89.999]))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LONGITUDES, LATITUDES, st.integers(1, 50))
def test_anywhere_on_earth_the_answer_is_the_nearest(
    connection: Connection, lon: float, lat: float, limit: int
) -> None:
    connection.execute(text("delete from office"))
    sines = np.random.default_rng(5).uniform(-1, 1, 300)
    offices = np.column_stack([np.random.default_rng(6).uniform(-180, 180, 300), np.degrees(np.arcsin(sines))])
    place(connection, offices)
    found = [office.distance_m for office in nearest_offices(connection, lon, lat, limit=limit)]
    true = np.sort(geodesics(np.array([[lon, lat]]), offices)[0])[:limit]
    assert np.allclose(found, true, rtol=0, atol=0.01)
    assert found == sorted(found)


def test_offices_on_one_spot_are_all_found_however_many(connection: Connection) -> None:
    ids = place(connection, np.tile([[104.9, -4.8]], (100, 1)))
    found = nearest_offices(connection, 104.9, -4.7, limit=3)
    assert [office.id for office in found] == sorted(ids.tolist())[:3]


def test_bearings_agree_with_the_geodesic(connection: Connection) -> None:
    offices = scatter(7, 20, BORDER)
    place(connection, offices)
    for office in nearest_offices(connection, 104.8, -4.8, limit=20):
        assert office.bearing_deg == pytest.approx(WGS84.inv(104.8, -4.8, office.lon, office.lat)[0] % 360, abs=1e-6)


def test_standing_on_an_office_there_is_no_direction_to_it(connection: Connection) -> None:
    place(connection, np.array([[104.9, -4.8]]))
    (office,) = nearest_offices(connection, 104.9, -4.8)
    assert (office.distance_m, office.bearing_deg) == (0, None)


def test_each_filter_leaves_the_nearest_of_those_that_fit(connection: Connection) -> None:
    offices = scatter(8, 90, BORDER)
    wheelchair = [("yes", "no", None)[i // 3 % 3] for i in range(90)]
    ids = place(connection, offices, wheelchair=wheelchair)
    assign_default_services(connection)
    ranked = np.argsort(geodesics(np.array([[104.8, -4.8]]), offices)[0])
    of_kind = [i for i in ranked if i % 3 == 1]
    accessible = [i for i in of_kind if wheelchair[i] == "yes"]
    for asked, fitting in (
        ({"kind": "puskesmas"}, of_kind),
        ({"service": "imunisasi"}, of_kind),
        ({"service": "imunisasi", "wheelchair": True}, accessible),
        ({"kind": "puskesmas", "service": "surat_domisili"}, []),
        ({"kind": "damkar"}, []),
    ):
        found = nearest_offices(connection, 104.8, -4.8, limit=5, **asked)  # type: ignore[arg-type]
        assert [office.id for office in found] == ids[fitting[:5]].tolist()


def test_open_now_keeps_only_offices_known_to_be_open(connection: Connection) -> None:
    hours = ["Mo-Fr 07:30-16:00", None, "24/7", "tidak tentu", "Senin-Jumat 07.30-16.00"]
    ids = place(connection, np.array([[104.9 + i / 100, -4.8] for i in range(5)]), opening_hours=hours)

    def open_at(moment: str) -> list[int]:
        at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        return [office.id for office in nearest_offices(connection, 104.9, -4.8, open_at=at, limit=5)]

    assert open_at("2026-11-20T03:00") == ids[[0, 2, 4]].tolist()  # Friday 10.00 WIB
    assert open_at("2026-11-20T12:00") == ids[[2]].tolist()  # Friday 19.00 WIB
    assert open_at("2026-03-23T03:00") == ids[[2]].tolist()  # cuti bersama Idul Fitri


def test_each_different_hours_are_read_once(connection: Connection) -> None:
    place(connection, scatter(9, 30, BORDER), opening_hours=[("24/7", "00:00-24:00", None)[i % 3] for i in range(30)])
    assert open_hours(connection, datetime(2026, 11, 20, tzinfo=UTC), calendar(connection)) == ["00:00-24:00", "24/7"]


def test_an_office_tells_its_services_with_what_to_bring(connection: Connection) -> None:
    place(connection, np.array([[104.9, -4.8]]), kind=["dukcapil"])
    assert assign_default_services(connection) > 0
    (office,) = nearest_offices(connection, 104.9, -4.8)
    birth = next(service for service in office.services if service.id == "akta_kelahiran")
    assert birth.cost == "Gratis"
    assert birth.legal_basis is not None
    assert "UU 24/2013" in birth.legal_basis
    assert birth in services(connection)


def test_services_chosen_by_hand_are_not_added_to(connection: Connection) -> None:
    (office_id,) = place(connection, np.array([[104.9, -4.8]]), kind=["polisi"])
    connection.execute(insert(OfficeService).values(office_id=int(office_id), service_id="sim"))
    assert assign_default_services(connection) == 0
    (office,) = nearest_offices(connection, 104.9, -4.8)
    assert [service.id for service in office.services] == ["sim"]


def test_among_100_000_offices_an_index_finds_the_nearest(connection: Connection) -> None:
    connection.execute(
        text("""insert into office (source, source_id, kind, wheelchair, opening_hours, geom)
                select 'uji', i::text, (array['sd', 'smp', 'puskesmas'])[1 + i % 3], (array['yes', 'no'])[1 + i % 2],
                       (array['24/7', 'Mo-Fr 07:30-16:00'])[1 + i % 2],
                       st_point(104 + random() * 2, -6 + random() * 2, 4326) from generate_series(1, 100000) i""")
    )
    connection.execute(text("analyze office"))  # sessions of tests before kept how to look it up while it was small
    assign_default_services(connection)
    connection.execute(text("analyze office_service"))
    for wanted in ((), ("kind",), ("service",), ("wheelchair",), ("kind", "service"), ("open_hours", "kind")):
        assert "geography on office" in plan(connection, _statement("nearest_offices", frozenset(wanted)).text)
    assert "ix_office_opening_hours" in plan(connection, sql("offices/different_hours.sql").text)


def plan(connection: Connection, statement: str) -> str:
    """Explain a question, and see that it does not read the whole table."""
    asked = {"lon": 105, "lat": -5, "kind": "sd", "service": "imunisasi", "open_hours": ["24/7"]}
    rest = {"limit": 3, "take": 11, "sphere_to_spheroid": 1}
    lines = "\n".join(connection.execute(text(f"explain {statement}"), asked | rest).scalars())
    assert "Seq Scan on office" not in lines, lines
    return lines
