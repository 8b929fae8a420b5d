"""The sample world: a place that hangs together, the same each time."""

import csv
from collections import Counter
from io import StringIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import shapely
from opening_hours import OpeningHours
from pyproj import Geod
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.warp import Warp
from layers import sample
from layers.areas import sample_facts, sample_land, sample_ways
from layers.areas.sample import LAST_DAY, Row, World, make
from layers.registry import layers
from tests.conftest import SHARED

OFFICIAL_PEOPLE = 675_626
OFFICIAL_KM2 = 2669.304


@pytest.fixture(scope="module")
def world() -> World:
    return make()


@pytest.fixture(scope="module")
def made(world: World) -> dict[str, list[Row]]:
    return {layer.id: list(sample.rows(layer, world)) for layer in layers().values() if layer.sample}


@pytest.fixture(scope="module")
def villages(made: dict[str, list[Row]]) -> list[Row]:
    return [row for row in made["areas"] if row["level"] in ("desa", "kelurahan")]


def test_the_same_seed_gives_the_same_bytes(made: dict[str, list[Row]]) -> None:
    again = make()
    for layer in filter(lambda layer: layer.sample, layers().values()):
        assert sample.copied(list(sample.rows(layer, again))).getvalue() == sample.copied(made[layer.id]).getvalue()


def test_every_layer_has_rows_that_fit_it(made: dict[str, list[Row]]) -> None:
    for layer in filter(lambda layer: layer.sample, layers().values()):
        rows = made[layer.id]
        assert {row["source"] for row in rows} == {"contoh"}
        assert len({row["source_id"] for row in rows}) == len(rows) > 50
        assert {row[layer.classify] for row in rows} <= {choice.id for choice in layer.choices}
        for field in layer.fields:
            if field.choices:
                assert {row.get(field.name) for row in rows} <= {choice.id for choice in field.choices} | {None}
        shapes = np.array([row["geom"] for row in rows])
        assert shapely.is_valid(shapes).all()
        assert not shapely.is_empty(shapes).any()


def test_the_regency_has_its_villages_codes_and_people(made: dict[str, list[Row]]) -> None:
    areas = {row["code"]: row for row in made["areas"]}
    levels = Counter(row["level"] for row in areas.values())
    assert levels == {"kabupaten": 1, "kecamatan": 23, "desa": 232, "kelurahan": 15}
    assert areas["18.03"]["population"] == OFFICIAL_PEOPLE
    assert all("batas perkiraan" in row["population_source"] for row in areas.values())
    for row in areas.values():
        children = [child for child in areas.values() if child["parent_code"] == row["code"]]
        if children:
            assert sum(child["population"] for child in children) == row["population"]
            assert sum(child["area_km2"] for child in children) == pytest.approx(row["area_km2"], abs=0.2)


def test_borders_are_an_exact_partition(made: dict[str, list[Row]], villages: list[Row]) -> None:
    shapes = np.array([row["geom"] for row in villages])
    assert shapely.coverage_is_valid(shapes)
    regency = next(row["geom"] for row in made["areas"] if row["level"] == "kabupaten")
    assert shapely.union_all(shapes).symmetric_difference(regency).area < 1e-12
    assert {len(shapely.get_parts(shape)) for shape in shapes} == {1}
    for row in made["areas"]:
        if row["level"] == "kecamatan":
            own = [v["geom"] for v in villages if v["parent_code"] == row["code"]]
            assert shapely.union_all(own).symmetric_difference(row["geom"]).area < 1e-12


def test_the_regency_is_about_as_large_as_the_real_one(made: dict[str, list[Row]]) -> None:
    regency = next(row for row in made["areas"] if row["level"] == "kabupaten")
    area, _ = Geod(ellps="WGS84").geometry_area_perimeter(regency["geom"])
    assert abs(area) / 1e6 == pytest.approx(OFFICIAL_KM2, rel=0.03)
    assert regency["area_km2"] == pytest.approx(abs(area) / 1e6, rel=0.002)


def test_each_village_is_where_the_table_says(villages: list[Row]) -> None:
    facts = {fact.code: shapely.Point(fact.lon, fact.lat) for fact in sample_facts.villages()}
    far = {row["code"]: row["geom"].distance(facts[row["code"]]) for row in villages}
    assert max(far.values()) < 0.02
    assert sum(distance == 0 for distance in far.values()) > 200


def test_each_kantor_camat_stands_at_its_seat_in_its_own_kecamatan(made: dict[str, list[Row]]) -> None:
    areas = {row["code"]: row["geom"] for row in made["areas"]}
    offices = {r["source_id"].removeprefix("camat-"): r for r in made["offices"] if r["kind"] == "kantor_camat"}
    for district in sample_facts.districts():
        office = offices[district.code]["geom"]
        assert areas[district.code].contains(office)
        assert office.distance(shapely.Point(district.lon, district.lat)) < 0.0005


def test_each_village_office_stands_in_its_village(made: dict[str, list[Row]], villages: list[Row]) -> None:
    offices = {r["source_id"]: r["geom"] for r in made["offices"] if r["kind"] in ("kantor_desa", "kantor_kelurahan")}
    assert len(offices) == 247
    assert all(row["geom"].contains(offices[row["code"]]) for row in villages)


def test_every_village_can_be_reached_by_road(world: World) -> None:
    network = world.network
    joined = csr_array((np.ones(len(network.edges)), network.edges.T), shape=(len(network.nodes),) * 2)
    assert connected_components(joined, directed=False)[0] == 1
    for edge, line in zip(network.edges, network.lines, strict=True):
        assert (line[[0, -1]] == network.nodes[edge]).all()


def test_roads_join_in_the_file_too(made: dict[str, list[Row]]) -> None:
    """Lines that share a vertex are joined: all of the made roads then hang together."""
    parts = [part for row in made["roads"] for part in shapely.get_parts(row["geom"])]
    vertices = {}
    numbers = [[vertices.setdefault(xy, len(vertices)) for xy in part.coords] for part in parts]
    legs = np.array([pair for line in numbers for pair in pairwise(line)])
    joined = csr_array((np.ones(len(legs)), legs.T), shape=(len(vertices),) * 2)
    assert connected_components(joined, directed=False)[0] == 1


def test_roads_rank_like_a_real_network(made: dict[str, list[Row]]) -> None:
    length = Counter[str]()
    for row in made["roads"]:
        length[row["status"]] += Geod(ellps="WGS84").geometry_length(row["geom"]) / 1000
    assert 60 < length["nasional"] < 130 < length["nasional"] + length["provinsi"]
    assert length["provinsi"] < length["kabupaten"] < length["desa"]
    assert 0 < length["tidak_diketahui"] < 0.05 * length["desa"]


def test_length_by_decree_is_near_the_map_but_not_the_same(made: dict[str, list[Row]]) -> None:
    ratio = np.array(
        [
            row["length_decree_m"] / Geod(ellps="WGS84").geometry_length(row["geom"])
            for row in made["roads"]
            if row["length_decree_m"]
        ]
    )
    assert 0.85 < ratio.min() < 0.99 < 1.01 < ratio.max() < 1.15
    numbered = [row for row in made["roads"] if row["ruas_number"]]
    assert 0 < sum(row["length_decree_m"] is None for row in numbered) < len(numbered) / 4
    assert len({row["ruas_number"] for row in numbered}) == len(numbered)


def test_earth_and_gravel_grow_with_the_distance_from_the_capital(world: World, made: dict[str, list[Row]]) -> None:
    middle = world.point(world.capital)
    loose = [
        (row["geom"].distance(middle), row["surface"] in ("tanah", "kerikil"))
        for row in made["roads"]
        if row["status"] == "desa" and row["surface"]
    ]
    near = np.mean([is_loose for distance, is_loose in loose if distance < 0.1])
    far = np.mean([is_loose for distance, is_loose in loose if distance > 0.2])
    assert far > 1.5 * near > 0


def test_hours_are_in_the_notation_that_machines_read(made: dict[str, list[Row]]) -> None:
    written = {row["opening_hours"] for row in made["offices"]} - {None}
    assert len(written) > 8
    for hours in written:
        OpeningHours(hours, timezone=ZoneInfo("Asia/Jakarta"), country="ID")
    assert {r["opening_hours"] for r in made["offices"] if r["kind"] in ("rumah_sakit", "polisi")} == {"24/7"}


def test_nobody_can_be_called_by_a_made_up_number(made: dict[str, list[Row]]) -> None:
    phones = {row["phone"] for row in made["offices"]} - {None}
    assert phones
    assert all(phone.startswith("(0724) 000-") for phone in phones)


def test_offices_come_in_plausible_numbers(made: dict[str, list[Row]]) -> None:
    kinds = Counter(row["kind"] for row in made["offices"])
    assert {kind: kinds[kind] for kind in ("kantor_bupati", "dukcapil", "kantor_camat", "kantor_desa")} == {
        "kantor_bupati": 1,
        "dukcapil": 1,
        "kantor_camat": 23,
        "kantor_desa": 232,
    }
    assert 24 <= kinds["puskesmas"] <= 30
    assert 550 <= sum(kinds[kind] for kind in ("sd", "smp", "sma", "slb")) <= 650
    assert kinds["sd"] > 3 * kinds["smp"] > 3 * kinds["sma"]


def test_complaints_cover_three_months_and_end_where_their_state_says(made: dict[str, list[Row]]) -> None:
    complaints = made["complaints"]
    reported = [row["reported_at"] for row in complaints]
    assert reported == sorted(reported)
    assert 88 <= (reported[-1] - reported[0]).days <= 92
    assert reported[-1].date() <= LAST_DAY
    over = {"resolved", "closed", "rejected", "merged", "withdrawn"}
    for row in complaints:
        assert (row["closed_at"] is not None) == (row["state"] in over)
        assert row["closed_at"] is None or row["reported_at"] < row["closed_at"]
    assert 0.3 < np.mean([row["closed_at"] is not None for row in complaints]) < 0.85


def test_complaints_cluster(world: World, made: dict[str, list[Row]]) -> None:
    """As many points thrown evenly over the land lie far more apart than complaints do (Clark and Evans)."""
    points = np.array([world.land.metres(row["geom"]) for row in made["complaints"]])
    tree = shapely.STRtree(shapely.points(points))
    near = tree.query_nearest(shapely.points(points), exclusive=True, return_distance=True, all_matches=False)[1]
    expected = 0.5 * np.sqrt(world.land.outline.area / len(points))
    assert np.mean(near) < 0.6 * expected


def test_the_land_is_not_bent_over_itself(world: World) -> None:
    low, high = np.array(world.land.outline.bounds).reshape(2, 2)
    everywhere = np.random.default_rng(1).uniform(low - 5000, high + 5000, (20_000, 2))
    for key, waves in (("borders", sample_land.BORDER_WAVES), ("roads", sample_ways.ROAD_WAVES)):
        assert Warp.make(sample_land.dice(key), waves).steepness(everywhere) < 1


@pytest.mark.real
@pytest.mark.skipif(not (SHARED / "desa_lampung_utara_kemendagri_bps.csv").exists(), reason="the register is not here")
def test_names_and_codes_are_those_of_the_register() -> None:
    register = (SHARED / "desa_lampung_utara_kemendagri_bps.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(StringIO(register))
    expected = {(r["kode_kemendagri"], r["nama"], r["jenis"], r["kode_bps_10"] or None) for r in rows}
    assert {(f.code, f.name, f.level, f.bps_code) for f in sample_facts.villages()} == expected


def test_each_value_goes_into_its_own_column_whatever_the_order_in_which_a_row_names_it() -> None:
    assert sample.copied([{"a": 1, "b": 2}, {"b": 4, "a": 3}]).getvalue().split() == ["1,2", "3,4"]
