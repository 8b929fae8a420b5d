"""A rule for an area that somebody drew: what lies within goes by it, and what is no area is refused in words."""

import json
from typing import Any

import numpy as np
import pytest
import shapely
from sqlalchemy import Connection, text

from layers.complaints import drawn_areas, queries
from layers.complaints.refusals import ActRefusedError
from layers.complaints.routing import UNNAMED, route
from layers.complaints.rulebook import NO_NAME, NO_SHAPE, TWO_AREAS, Rule, drawn_area, keep_rule, one_rule
from layers.records.actors import Actor, Grant
from tests.layers.complaints.conftest import MONDAY, Report, row

ADMINISTRATOR = Actor("account:9", (Grant("administrator"),))
MARKET = [(104.89, -4.81), (104.91, -4.82), (104.93, -4.8), (104.9, -4.78), (104.88, -4.79)]
YARD = [(104.895, -4.805), (104.905, -4.805), (104.905, -4.795), (104.895, -4.795)]
ISLE = [(104.95, -4.85), (104.96, -4.85), (104.96, -4.84)]
VILLAGE = "18.03.05.2001"
LINES = "\n".join(f"{lat}, {lon}" for lon, lat in MARKET)


def polygon(*rings: list[tuple[float, float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(place) for place in [*ring, ring[0]]] for ring in rings]}


def keep(connection: Connection, written: str, number: int | None = None, **different: Any) -> int:
    told = {"position": 1, "agency": "dlh", "why": "Pasar diurus DLH.", "why_en": "DLH cares for markets."}
    told |= {"source": "M", "area_name": "Pasar Kotabumi", "area": drawn_areas.read(written) if written else None}
    return keep_rule(connection, ADMINISTRATOR, Rule(**{**told, **different}), number)


def test_just_the_points_within_a_drawn_area_with_its_yard_and_its_isle_fall_under_its_rule(place: Connection) -> None:
    several = {"type": "MultiPolygon", "coordinates": [polygon(MARKET, YARD)["coordinates"]]}
    features = [{"type": "Feature", "properties": {}, "geometry": one} for one in (several, polygon(ISLE))]
    number = keep(place, json.dumps({"type": "FeatureCollection", "features": features}))
    meant = shapely.union_all([shapely.Polygon(MARKET, [YARD]), shapely.Polygon(ISLE)])
    places = np.random.default_rng(7).uniform((104.87, -4.86), (104.97, -4.77), (400, 2))
    within = shapely.contains_xy(meant, places[:, 0], places[:, 1])
    ruled = [route(place, "jalan_berlubang", lon, lat, None, MONDAY).rule == number for lon, lat in places.tolist()]
    assert ruled == within.tolist()
    assert 50 < within.sum() < 350


@pytest.mark.parametrize(
    "written",
    [
        LINES,
        LINES.replace(", ", " ") + "\n\n",
        "\ufeff" + json.dumps(polygon(MARKET)),
        json.dumps({"type": "Polygon", "coordinates": [MARKET]}),
        json.dumps({"type": "GeometryCollection", "geometries": [polygon(MARKET[:4]), polygon(MARKET)]}),
        json.dumps({"type": "Feature", "geometry": polygon(MARKET), "crs": {"properties": {"name": "EPSG:4326"}}}),
    ],
)
def test_the_same_corners_are_the_same_area_however_they_are_written(written: str) -> None:
    assert drawn_areas.read(written).equals(shapely.Polygon(MARKET))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "tiga titik"),
        ("-4.8, 104.9\n-4.8, 104.9\n-4.81, 104.9", "tiga titik"),
        ("depan pasar", "satu titik tiap baris"),
        ("-4.8", "satu titik tiap baris"),
        ('{"type": "Polygon", "coordinates": [[[104.9', "tidak utuh"),
        ('{"type": "Polygon", "coordinates": [[["a", 1], [2, 3], [4, 5]]]}', "tidak utuh"),
        ("[" * 100_000, "tidak utuh"),
        ('{"type": "LineString", "coordinates": [[104.9, -4.8], [104.91, -4.8]]}', "bukan titik atau garis"),
        ('{"type": "FeatureCollection", "features": []}', "kosong"),
        ('{"type":"Polygon","coordinates":[[[1' + "0" * 400 + ",1],[2,3],[4,5]]]}", "tidak utuh"),
        (json.dumps(polygon(MARKET, ISLE)), "Lubang di dekat -4.85000, 104.95000"),
        ('{"type": "Polygon", "coordinates": [[[488900, 9469000], [488950, 9469000], [488950, 9469050]]]}', "derajat"),
        ('{"type": "Polygon", "coordinates": [[[104.9, NaN], [104.91, -4.8], [104.9, -4.81]]]}', "derajat"),
        (json.dumps({**polygon(MARKET), "crs": {"properties": {"name": "EPSG:32748"}}}), "derajat"),
        ("-4.8, 104.9\n-4.9, 105\n-4.8, 105\n-4.9, 104.9", "bersilangan di dekat -4.85000, 104.95000"),
        ("\n".join(f"{-4.8 + n / 1e6:.6f}, {104.9 + n * n / 1e9:.9f}" for n in range(5_001)), "lebih dari 5000 titik"),
        ("-4.8, 104.9\n" * 50_000, "terlalu panjang"),
    ],
)
def test_what_is_no_area_is_refused_in_a_sentence_that_says_what_to_do(written: str, told: str) -> None:
    with pytest.raises(ActRefusedError) as refused:
        drawn_areas.read(written)
    assert told in refused.value.text.id


@pytest.mark.parametrize(
    ("corners", "told"),
    [
        ([(106.8, -6.2), (106.9, -6.2), (106.9, -6.3)], "di luar kabupaten"),
        ([(lat, lon) for lon, lat in MARKET], "tertukar"),
        ([(104.0, -5.5), (106.0, -5.5), (106.0, -4.0), (104.0, -4.0)], "dua kali luas"),
        ([(104.9, -4.8), (104.90005, -4.8), (104.90005, -4.80003)], "terlalu kecil"),
    ],
)
def test_an_area_elsewhere_too_large_or_too_small_is_no_area_of_this_regency(
    place: Connection, corners: list[tuple[float, float]], told: str
) -> None:
    place.execute(text("delete from preference where key = 'regency'"))
    place.execute(text("insert into preference values ('regency', '18.03')"))
    with pytest.raises(ActRefusedError) as refused:
        keep(place, json.dumps(polygon(corners)))
    assert told in refused.value.text.id


def test_a_drawn_area_needs_a_name_and_a_name_needs_an_area(place: Connection) -> None:
    for written, different, told in (
        (LINES, {"area_name": None}, NO_NAME),
        ("", {}, NO_SHAPE),
        (LINES, {"area_name": "x" * 81}, NO_NAME),
        (LINES, {"area_code": VILLAGE}, TWO_AREAS),
    ):
        with pytest.raises(ActRefusedError) as refused:
            keep(place, written, **different)
        assert refused.value.text is told


def test_a_drawn_area_stays_while_its_rule_is_changed_until_it_is_drawn_anew_or_left_out(place: Connection) -> None:
    number = keep(place, LINES)
    keep(place, "", number, position=7, area_name="Pasar Lama")
    kept = one_rule(place, number)
    assert kept and (kept.position, kept.area_name) == (7, "Pasar Lama")
    stays = drawn_area(place, number)
    assert stays and stays.equals(shapely.Polygon(MARKET))
    keep(place, json.dumps(polygon(ISLE)), number)
    anew = drawn_area(place, number)
    assert anew and anew.equals(shapely.Polygon(ISLE))
    keep(place, "", number, area_name=None)
    assert drawn_area(place, number) is None
    assert route(place, "jalan_berlubang", 104.81, -4.89, None, MONDAY).rule == number  # everywhere now


def test_a_report_that_names_only_its_village_lies_in_no_drawn_area_but_in_its_village(
    place: Connection, report: Report
) -> None:
    drawn = keep(place, LINES)
    named = keep(place, "", position=2, agency="pmd", area_name=None, area_code=VILLAGE, why="Desa.", why_en="Village.")
    for exact, number, agency in ((True, drawn, "dlh"), (False, named, "pmd")):
        assert route(place, "jalan_berlubang", 104.9, -4.8, None, MONDAY, exact).rule == number
        assert row(place, report(exact=exact).complaint_id).agency == agency


def test_a_rule_for_a_village_keeps_the_shape_it_had_until_it_is_for_another_area(place: Connection) -> None:
    village = {"area_name": None, "area_code": VILLAGE}
    number = keep(place, "", **village)
    place.execute(text("update area set geom = st_multi(st_translate(geom, 1, 0))"))

    def is_met() -> bool:
        return route(place, "jalan_berlubang", 104.81, -4.89, None, MONDAY).rule == number

    keep(place, "", number, **village, position=3)
    assert is_met()
    keep(place, "", number, area_name=None)
    keep(place, "", number, **village)
    assert not is_met(), "chosen anew"
    place.execute(text("delete from area"))
    keep(place, "", number, **village, why="Desa ini sudah dipecah.")
    kept = one_rule(place, number)
    assert kept and (kept.area_code, kept.why) == (VILLAGE, "Desa ini sudah dipecah.")
    with pytest.raises(ActRefusedError) as refused:
        keep(place, "", **village)
    assert refused.value.reason == "choice"


def test_an_area_that_would_not_be_kept_today_hinders_no_other_change_of_its_rule(place: Connection) -> None:
    number = keep(place, LINES)
    bow = "SRID=4326;MULTIPOLYGON(((105.1 -4.8,105.2 -4.9,105.2 -4.8,105.1 -4.9,105.1 -4.8)))"
    place.execute(text("update complaint_route set area = :bow where id = :id"), {"bow": bow, "id": number})
    place.execute(text("delete from preference where key = 'regency'"))
    place.execute(text("insert into preference values ('regency', '18.03')"))
    keep(place, "", number, area=drawn_area(place, number), agency="pupr")
    kept = one_rule(place, number)
    assert kept and kept.agency == "pupr"
    noted = text("select detail ? 'corners' from event where subject = :s order by id")
    assert place.scalars(noted, {"s": f"rule:{number}"}).all() == [True, False]


@pytest.mark.parametrize(
    ("why", "told"), [("Pasar diurus DLH", "Pasar diurus DLH. Tempat"), ("Mengapa?", "Mengapa? T")]
)
def test_the_reason_of_a_rule_ends_before_its_area_is_named(place: Connection, why: str, told: str) -> None:
    keep(place, LINES, why=why)
    assert route(place, "jalan_berlubang", 104.9, -4.8, None, MONDAY).why.id.startswith(told)


def test_nobody_reads_the_name_of_an_area_that_nobody_has_named(place: Connection) -> None:
    keep(place, LINES, area_name=UNNAMED)
    assert route(place, "jalan_berlubang", 104.9, -4.8, None, MONDAY).why.id == "Pasar diurus DLH."


def test_everybody_reads_in_which_area_a_complaint_lies(place: Connection, report: Report) -> None:
    keep(place, LINES)
    inside, beyond = report(), report(lon=104.99)
    why = "Pasar diurus DLH. Tempat ini di dalam kawasan “Pasar Kotabumi”."
    assert row(place, inside.complaint_id).why == why
    seen = queries.case(place, inside.number, MONDAY)
    assert seen and seen.why and "the area “Pasar Kotabumi”" in seen.why.en
    assert "Pasar" not in row(place, beyond.complaint_id).why
