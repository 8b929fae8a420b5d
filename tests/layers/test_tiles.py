"""What tiles hold, decoded by another library and compared with the web map's projection worked out by hand."""

import math
from typing import Any

import mapbox_vector_tile
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from shapely.geometry import Polygon, box, shape
from sqlalchemy import Connection, insert, text

from layers.layer import Layer
from layers.records.versions import fold
from layers.registry import layers
from layers.tiles import MOST, MOST_BYTES, exists, tile

OFFICES, ROADS, AREAS, INTERNET = (layers()[i] for i in ("offices", "roads", "areas", "internet"))
SEAT = (104.8861, -4.8312)


def fraction(z: int, lon: float, lat: float) -> tuple[float, float]:
    """Place a point in the grid of a zoom: whole numbers are tiles."""
    row = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return (lon + 180) / 360 * 2**z, row * 2**z


def at(z: int, lon: float, lat: float) -> tuple[int, int, int]:
    column, row = fraction(z, lon, lat)
    return z, int(column), int(row)


def decoded(connection: Connection, layer: Layer, place: tuple[int, int, int]) -> dict[str, Any]:
    return mapbox_vector_tile.decode(tile(connection, layer, *place), default_options={"y_coord_down": True})


def put(connection: Connection, layer: Layer, wkts: list[str], **values: Any) -> None:
    rows = [
        {"source": "uji", "source_id": f"{values}{n}", "geom": f"SRID=4326;{w}", **values} for n, w in enumerate(wkts)
    ]
    connection.execute(insert(layer.table), rows)


def crowd(connection: Connection, layer: Layer, number: int, **values: Any) -> list[tuple[float, float]]:
    """Put points around the seat, within 0.001 degrees, and fold them."""
    places = [(SEAT[0] + n % 97 / 97_000, SEAT[1] + n % 89 / 89_000) for n in range(number)]
    put(connection, layer, [f"POINT({lon} {lat})" for lon, lat in places], **values)
    fold(connection)
    return places


@pytest.fixture(autouse=True)
def empty(connection: Connection) -> None:
    connection.execute(text("truncate office cascade"))
    connection.execute(text("truncate road, area, internet_site cascade"))


@rounds(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    z=st.integers(0, 18),
    lon=st.integers(-1_799_000_000, 1_799_000_000).map(lambda tiny: tiny / 1e7),  # about a centimetre a step
    lat=st.integers(-850_000_000, 850_000_000).map(lambda tiny: tiny / 1e7),
)
def test_a_point_lies_in_its_tile_where_the_projection_puts_it(
    connection: Connection, z: int, lon: float, lat: float
) -> None:
    with connection.begin_nested() as attempt:
        put(connection, OFFICES, [f"POINT({lon} {lat})"], kind="sd", name="SDN 1")
        place = at(z, lon, lat)
        found = decoded(connection, OFFICES, place)["offices"]["features"]
        attempt.rollback()
    column, row = fraction(z, lon, lat)
    expected = [(column - place[1]) * 4096, (row - place[2]) * 4096]
    assert [f["properties"] for f in found] == [{"name": "SDN 1", "kind": "sd"}]
    assert found[0]["geometry"]["coordinates"] == pytest.approx(expected, abs=1)


def test_a_tile_says_which_feature_each_is(connection: Connection) -> None:
    put(connection, OFFICES, ["POINT(104.88 -4.83)"], kind="sd")
    known = connection.scalar(text("select id from office"))
    assert decoded(connection, OFFICES, at(12, 104.88, -4.83))["offices"]["features"][0]["id"] == known


def test_nothing_makes_an_empty_tile(connection: Connection) -> None:
    assert all(tile(connection, layer, 12, 5, 5) == b"" for layer in layers().values())


def test_an_area_is_cut_at_the_edge_and_keeps_its_shape(connection: Connection) -> None:
    """Compared with the same polygon projected and cut by shapely."""
    ring = [(104.5 + 0.4 * math.cos(a / 50), -4.8 + 0.4 * math.sin(a / 50)) for a in range(314)]
    wkt = "MULTIPOLYGON(((" + ",".join(f"{x} {y}" for x, y in [*ring, ring[0]]) + ")))"
    put(connection, AREAS, [wkt], level="kabupaten", code="18.03")
    for z in (6, 9, 11, 13):
        place = at(z, 104.9, -4.8)
        found = decoded(connection, AREAS, place)["areas"]["features"]
        projected = Polygon([_units(place, *point) for point in ring])
        expected = projected.intersection(box(-64, -64, 4160, 4160))
        difference = shape(found[0]["geometry"]).symmetric_difference(expected).area
        assert difference <= 4 * expected.length  # simplified by half a pixel: four units


def _units(place: tuple[int, int, int], lon: float, lat: float) -> tuple[float, float]:
    column, row = fraction(place[0], lon, lat)
    return (column - place[1]) * 4096, (row - place[2]) * 4096


def test_villages_and_lanes_are_seen_from_near_only(connection: Connection) -> None:
    square = "MULTIPOLYGON(((104.8 -4.9,104.9 -4.9,104.9 -4.8,104.8 -4.8,104.8 -4.9)))"
    for n, level in enumerate(("kabupaten", "kecamatan", "desa")):
        put(connection, AREAS, [square], level=level, code=str(n))
    for status in ("nasional", "kabupaten", "desa"):
        put(connection, ROADS, ["MULTILINESTRING((104.8 -4.8,104.9 -4.9))"], status=status)

    def seen(layer: Layer, z: int) -> set[str]:
        features = decoded(connection, layer, at(z, 104.85, -4.85))[layer.id]["features"]
        return {f["properties"][layer.classify] for f in features}

    assert seen(AREAS, 8) == {"kabupaten", "kecamatan"}
    assert seen(AREAS, 12) == {"kabupaten", "kecamatan", "desa"}
    assert seen(ROADS, 8) == {"nasional"}
    assert seen(ROADS, 10) == {"nasional", "kabupaten"}
    assert seen(ROADS, 12) == {"nasional", "kabupaten", "desa"}


def test_where_points_are_many_the_tile_counts_them_and_says_of_what_kind_most_are(connection: Connection) -> None:
    crowd(connection, OFFICES, MOST - 500, kind="sd")
    crowd(connection, OFFICES, 600, kind="smp")
    for z in (3, 9, 10, 13):
        drawn = decoded(connection, OFFICES, at(z, *SEAT))
        assert set(drawn) == {"offices_cells"}
        cells = [f["properties"] for f in drawn["offices_cells"]["features"]]
        assert sum(cell["n"] for cell in cells) == MOST + 100
        assert {cell["kind"] for cell in cells} == {"sd"}


def test_a_cell_is_drawn_where_its_points_lie(connection: Connection) -> None:
    crowd(connection, OFFICES, MOST + 1, kind="sd")
    place = at(8, *SEAT)
    (cell,) = decoded(connection, OFFICES, place)["offices_cells"]["features"]
    assert cell["geometry"]["coordinates"] == pytest.approx(_units(place, *SEAT), abs=64)


def test_points_take_over_again_where_they_are_few_enough(connection: Connection) -> None:
    places = crowd(connection, OFFICES, MOST + 1, kind="sd")
    drawn: list[int] = []
    tiles_at_17 = {at(17, *place) for place in places}
    for place in tiles_at_17:
        found = decoded(connection, OFFICES, place)["offices"]["features"]
        drawn += [f["id"] for f in found]
    assert len(tiles_at_17) > 1
    assert len(set(drawn)) == MOST + 1


def test_a_crowd_is_drawn_whole_up_to_the_limit(connection: Connection) -> None:
    crowd(connection, OFFICES, MOST, kind="sd")
    assert len(decoded(connection, OFFICES, at(8, *SEAT))["offices"]["features"]) == MOST


def test_long_names_make_no_heavy_tile(connection: Connection) -> None:
    places = [f"POINT({SEAT[0] + n / 1e6} {SEAT[1]})" for n in range(1_000)]
    rows = [
        {"source": "uji", "source_id": str(n), "kind": "sd", "name": f"{n}" * 300, "geom": f"SRID=4326;{wkt}"}
        for n, wkt in enumerate(places)
    ]
    connection.execute(insert(OFFICES.table), rows)
    fold(connection)
    drawn = tile(connection, OFFICES, *at(10, *SEAT))
    assert len(drawn) <= MOST_BYTES
    assert "offices_cells" in mapbox_vector_tile.decode(drawn)


def test_of_a_crowd_not_yet_counted_as_many_are_drawn_as_a_tile_may_hold(connection: Connection) -> None:
    put(connection, OFFICES, [f"POINT({SEAT[0]} {SEAT[1]})"] * (MOST + 100), kind="sd")
    drawn = tile(connection, OFFICES, *at(10, *SEAT))
    assert len(drawn) <= MOST_BYTES
    assert len(mapbox_vector_tile.decode(drawn)["offices"]["features"]) >= MOST


def test_coverage_stays_on_the_map_where_towers_are_counted(connection: Connection) -> None:
    area = f"POLYGON(({SEAT[0]} {SEAT[1]},105 -4.8,105 -4.7,{SEAT[0]} {SEAT[1]}))"
    put(connection, INTERNET, [area], kind="cakupan_model")
    crowd(connection, INTERNET, MOST + 1, kind="menara")
    drawn = decoded(connection, INTERNET, at(8, *SEAT))
    assert sum(f["properties"]["n"] for f in drawn["internet_cells"]["features"]) == MOST + 1
    assert [f["properties"]["kind"] for f in drawn["internet"]["features"]] == ["cakupan_model"]


@pytest.mark.parametrize(("kilometres", "names"), [(3, ""), (30, ""), (3, "Jalan dengan nama panjang " * 50)])
def test_heavy_roads_are_drawn_coarser_and_the_longest_of_them_stay(
    connection: Connection, kilometres: int, names: str
) -> None:
    """3,900 winding roads of 150 vertices would make a tile of over a megabyte."""
    connection.execute(
        text("""
        insert into road (source, source_id, status, name, geom)
        select 'uji', road, 'kabupaten', cast(:names as text) || road, st_multi(st_setsrid(st_makeline(array(
            select st_makepoint(104.65 + road % 60 / 130.0 + cos(v * 0.8) * size * (1 + road % 7) / 4,
                                -5.0 + road / 60 / 150.0 + sin(v * 1.3) * size * (1 + road % 7) / 4)
            from generate_series(1, 150) as v)), 4326))
        from generate_series(1, 3900) as road, (select cast(:kilometres as float) / 111 / 3 as size) as sized"""),
        {"kilometres": kilometres, "names": names},
    )
    place = at(10, 104.88, -4.83)
    drawn = tile(connection, ROADS, *place)
    found = mapbox_vector_tile.decode(drawn)["roads"]["features"]
    shortest = text("select 0.999 * min(length_m) from road where id = any(:drawn)")
    bound = connection.scalar(shortest, {"drawn": [road["id"] for road in found]})
    assert MOST_BYTES / 4 < len(drawn) <= MOST_BYTES
    longer = text("""select count(*) from road where length_m > :bound / 0.998
                     and st_intersects(geom, st_transform(st_tileenvelope(:z, :x, :y), 4326))""")
    values = dict(zip("zxy", place, strict=True)) | {"bound": bound}
    assert (connection.scalar(longer, values) or 0) <= len(found)


@pytest.mark.parametrize(
    ("place", "known"),
    [((0, 0, 0), True), ((18, 2**18 - 1, 0), True), ((19, 0, 0), False), ((-1, 0, 0), False), ((3, 8, 0), False)],
)
def test_the_grid_has_an_edge(place: tuple[int, int, int], known: bool) -> None:
    assert exists(*place) is known
