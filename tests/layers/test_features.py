"""What lists, OGC API and exports read of a layer: compared with the rows put in, never more than anyone may see."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from pyproj import Transformer
from shapely import box, from_wkb
from shapely.geometry import shape
from sqlalchemy import Connection, delete, insert

from layers.complaints.table import Complaint
from layers.features import (
    Drawing,
    Query,
    QueryError,
    count,
    feature,
    geojson_feature,
    geojson_page,
    page,
    stream,
)
from layers.registry import layers
from layers.roads.table import Road

COMPLAINTS = layers()["complaints"]
ROADS = layers()["roads"]
PLACES = [(round(104.5 + n % 10 / 100, 2), round(-4.9 + n // 10 / 100, 2)) for n in range(100)]


@pytest.fixture
def reported(connection: Connection) -> Iterator[Connection]:
    """A connection that sees a hundred complaints on a grid of ten by ten hundredths of a degree, a day apart."""
    connection.execute(delete(Complaint))
    rows = [
        {
            "source": "uji",
            "source_id": str(n),
            "number": f"LU-{n}",
            "name": f"Lampu padam {n}",
            "category": ("jalan", "lampu")[n % 2],
            "state": "received",
            "description": "rahasia",
            "reported_at": datetime(2026, 1, 1 + n % 28, 12, tzinfo=UTC),
            "geom": f"SRID=4326;POINT({lon} {lat})",
        }
        for n, (lon, lat) in enumerate(PLACES)
    ]
    connection.execute(insert(Complaint), rows)
    return connection


def names(rows: list[dict[str, Any]]) -> list[int]:
    return [int(row["name"].split()[-1]) for row in rows]


EDGE = st.integers(-20, 120).map(lambda n: n / 1000)


@rounds(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(west=EDGE, south=EDGE, width=EDGE.map(abs), height=EDGE.map(abs))
def test_a_box_finds_what_lies_in_it(
    reported: Connection, west: float, south: float, width: float, height: float
) -> None:
    corners = (104.5 + west, -4.9 + south, 104.5 + west + width, -4.9 + south + height)
    bbox = tuple(round(corner, 3) for corner in corners)
    inside = [n for n, (lon, lat) in enumerate(PLACES) if bbox[0] <= lon <= bbox[2] and bbox[1] <= lat <= bbox[3]]
    query = Query(COMPLAINTS, bbox=bbox)
    assert names(page(reported, query)) == inside
    assert count(reported, query) == len(inside)


def test_a_box_may_span_the_180th_meridian(reported: Connection) -> None:
    place = {"reported_at": datetime.now(UTC), "geom": "SRID=4326;POINT(-179.5 -4.9)"}
    values = {"source": "uji", "source_id": "fiji", "number": "fiji", "category": "jalan", "state": "received"}
    reported.execute(insert(Complaint).values(values | place))
    assert [row["number"] for row in page(reported, Query(COMPLAINTS, bbox=(179, -5, -179, -4)))] == ["fiji"]


def test_keyset_pages_show_each_feature_once(reported: Connection) -> None:
    seen: list[int] = []
    after = None
    while True:
        part = geojson_page(reported, Query(COMPLAINTS, {"category": "lampu"}, after=after, limit=7))
        found = json.loads(part.features)
        assert part.number == len(found)
        seen += names([f["properties"] for f in found])
        if part.last is None:
            break
        after = part.last
    assert seen == list(range(1, 100, 2))


def test_a_page_that_ends_exactly_at_the_last_feature_has_no_next(reported: Connection) -> None:
    assert geojson_page(reported, Query(COMPLAINTS, limit=100)).last is None


def test_pages_by_offset_follow_any_sort(reported: Connection) -> None:
    first = page(reported, Query(COMPLAINTS, sort="-reported_at", limit=60))
    second = page(reported, Query(COMPLAINTS, sort="-reported_at", limit=60, offset=60))
    days = [row["reported_at"] for row in first + second]
    assert days == sorted(days, reverse=True)
    assert sorted(names(first + second)) == list(range(100))


def test_an_interval_holds_its_ends(reported: Connection) -> None:
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    assert {n % 28 for n in names(page(reported, Query(COMPLAINTS, during=(noon, noon))))} == {4}
    assert {n % 28 for n in names(page(reported, Query(COMPLAINTS, during=(None, noon))))} == {0, 1, 2, 3, 4}


def test_search_finds_parts_of_names_and_whole_numbers(reported: Connection) -> None:
    assert names(page(reported, Query(COMPLAINTS, search="PADAM 9"))) == [9, *range(90, 100)]
    assert names(page(reported, Query(COMPLAINTS, search="LU-7"))) == [7]
    assert names(page(reported, Query(COMPLAINTS, search="100%_"))) == []


def test_hidden_fields_are_nowhere_to_be_had(reported: Connection) -> None:
    one = next(stream(reported, Query(COMPLAINTS)))
    told = [one, feature(reported, COMPLAINTS, one["id"]), page(reported, Query(COMPLAINTS))]
    told += [geojson_page(reported, Query(COMPLAINTS)).features, geojson_feature(reported, COMPLAINTS, one["id"])]
    assert "rahasia" not in repr(told)
    assert "description" not in repr(told)
    for asked in ({"filters": {"description": "rahasia"}}, {"sort": "description"}, {"sort": "-description"}):
        with pytest.raises(QueryError):
            page(reported, Query(COMPLAINTS, **asked))


def test_a_stream_gives_all_rows_with_their_geometry(reported: Connection) -> None:
    rows = list(stream(reported, Query(COMPLAINTS, limit=1)))
    assert [from_wkb(row["geometry"]).coords[0] for row in rows] == PLACES


@pytest.mark.parametrize(("srid", "decimals"), [(4326, 7), (3857, 2), (32748, 2)])
def test_geojson_comes_in_the_asked_crs(reported: Connection, srid: int, decimals: int) -> None:
    """Compared with pyproj."""
    place = Transformer.from_crs(4326, srid, always_xy=True).transform(*PLACES[0])
    for north_first in (False, True):
        drawing = Drawing(srid, decimals, north_first)
        first = json.loads(geojson_page(reported, Query(COMPLAINTS, limit=1), drawing).features)[0]
        written = first["geometry"]["coordinates"]
        assert (written[::-1] if north_first else written) == pytest.approx(place, abs=0.01)


def test_a_line_in_a_list_has_a_point_on_itself(connection: Connection) -> None:
    line = "SRID=4326;MULTILINESTRING((104.8 -4.8,104.9 -4.9))"
    road = connection.scalar(
        insert(Road).values(source="uji", source_id="1", status="desa", geom=line).returning(Road.id)
    )
    found = feature(connection, ROADS, road)
    assert found is not None
    assert found["lon"] - 104.8 == pytest.approx(-4.8 - found["lat"])
    assert shape(json.loads(geojson_feature(connection, ROADS, road))["geometry"]).within(box(104.8, -4.9, 104.9, -4.8))


@pytest.mark.parametrize("limit", [0, -1, 10_001])
def test_a_page_holds_one_to_ten_thousand(connection: Connection, limit: int) -> None:
    with pytest.raises(QueryError, match="limit"):
        page(connection, Query(COMPLAINTS, limit=limit))


@rounds(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text(max_size=12), name=st.sampled_from([f.name for f in ROADS.public_fields]), n=st.integers())
def test_any_text_is_answered_or_refused(connection: Connection, name: str, value: str, n: int) -> None:
    for asked in ({"filters": {name: value}}, {"search": value}, {"after": n}, {"offset": n}):
        try:
            assert page(connection, Query(ROADS, **asked)) == []
        except QueryError as error:
            assert "\n" not in str(error)


def test_an_unknown_feature_is_none(connection: Connection) -> None:
    for wanted in (0, -1, 2**70):
        assert feature(connection, ROADS, wanted) is None
        assert geojson_feature(connection, ROADS, wanted) is None
