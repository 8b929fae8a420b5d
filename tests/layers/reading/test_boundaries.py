"""Boundaries that come: which regency is at home then, by whose clock, and what lies in which village."""

from pathlib import Path

import pytest
import shapely
from sqlalchemy import Engine, text

from layers.areas.queries import regency, village_at
from layers.reading.refusal import Kind
from layers.records.preferences import REGENCY, TIME_ZONE, preference, set_preference
from scripts.administration.__main__ import parser
from tests.layers.reading.files import SITES, Bring, areas, csv, sites

SAMPLE_AREAS = text(
    "insert into area (source, source_id, code, name, level, geom)"
    " select 'contoh', code, code, 'Contoh', level, st_multi(st_makeenvelope(104, -5, 104.2, -4.9, 4326))"
    " from (values ('18.03', 'kabupaten'), ('18.03.01.2001', 'desa')) as given (code, level)"
)


def test_the_first_boundaries_make_the_regency_at_home(home: Bring, empty: Engine) -> None:
    with empty.connect() as connection:
        found = regency(connection)
        assert found is not None and found.code == "18.03"
        assert preference(connection, TIME_ZONE) == "Asia/Jakarta"
        noted = connection.execute(text("select subject, detail ->> 'value' from event where act = 'set_preference'"))
        assert dict(map(tuple, noted)) == {"regency": "18.03", "time_zone": "Asia/Jakarta"}
        levels = connection.execute(text("select code, level, parent_code from area order by 1")).all()
        village = village_at(connection, 104.1002, -4.95)
    assert levels == [
        ("18.03", "kabupaten", "18"),
        ("18.03.01", "kecamatan", "18.03"),
        ("18.03.01.1002", "kelurahan", "18.03.01"),
        ("18.03.01.2001", "desa", "18.03.01"),
    ]
    assert village is not None and village.kabupaten == "Wilayah 18.03"


def test_a_regency_of_the_east_keeps_its_own_time(bring: Bring, empty: Engine, tmp_path: Path) -> None:
    bring("areas", areas(tmp_path / "jayapura.gpkg", k91_03=shapely.box(140, -3, 141, -2)))
    with empty.connect() as connection:
        assert preference(connection, TIME_ZONE) == "Asia/Jayapura"


@pytest.mark.parametrize(
    ("code", "zone"),
    [("18.12", "Asia/Jakarta"), ("62.71", "Asia/Jakarta"), ("73.08", "Asia/Makassar"), ("94.01", "Asia/Jayapura")],
)
def test_a_regency_that_is_set_before_its_boundaries_come_has_the_clock_of_its_province(
    bring: Bring, empty: Engine, tmp_path: Path, code: str, zone: str
) -> None:
    arguments = parser().parse_args(["preferences", "regency", code])
    with empty.begin() as connection:
        set_preference(connection, TIME_ZONE, "Asia/Jakarta")  # as the sample leaves it
        list(arguments.act(connection, arguments))
    bring("areas", areas(tmp_path / "batas.gpkg", **{f"k{code}": shapely.box(120, -5, 120.2, -4.9)}))
    with empty.connect() as connection:
        assert preference(connection, TIME_ZONE) == zone
        found = regency(connection)
    assert found is not None and found.code == code


@pytest.fixture
def sampled(empty: Engine) -> Engine:
    """A map that shows the sample's regency."""
    with empty.begin() as connection:
        connection.execute(SAMPLE_AREAS)
        set_preference(connection, REGENCY, "18.03")
        set_preference(connection, TIME_ZONE, "Asia/Jakarta")
    return empty


def neighbour(tmp_path: Path, code: str) -> Path:
    """The boundaries of one regency and a village in it."""
    box = shapely.box(120, -5, 120.2, -4.9)
    return areas(tmp_path / "tetangga.gpkg", **{f"k{code}": box, f"k{code}.01.2001": box})


def standing(engine: Engine) -> tuple[str, list[str]]:
    """The regency at home, and the codes of all areas."""
    with engine.connect() as connection:
        codes = connection.scalars(text("select code from area order by 1")).all()
        return preference(connection, REGENCY), list(codes)


def test_boundaries_of_a_neighbour_leave_those_of_the_sample_and_the_regency_at_home(
    sampled: Engine, bring: Bring, tmp_path: Path
) -> None:
    outcome = bring("areas", neighbour(tmp_path, "18.08"), "18.08")
    assert (outcome.written.added, outcome.written.replaced) == (2, 0)
    assert standing(sampled) == ("18.03", ["18.03", "18.03.01.2001", "18.08", "18.08.01.2001"])


def test_boundaries_of_the_regency_at_home_take_the_place_of_the_sample_s(
    sampled: Engine, bring: Bring, tmp_path: Path
) -> None:
    assert bring("areas", neighbour(tmp_path, "18.03"), "18.03").written.replaced == 2
    assert standing(sampled) == ("18.03", ["18.03", "18.03.01.2001"])


def test_first_boundaries_for_which_nobody_asked_an_area_make_their_regency_the_one_at_home(
    sampled: Engine, bring: Bring, tmp_path: Path
) -> None:
    assert bring("areas", neighbour(tmp_path, "73.08")).written.replaced == 2
    assert standing(sampled) == ("73.08", ["73.08", "73.08.01.2001"])
    with sampled.connect() as connection:
        assert preference(connection, TIME_ZONE) == "Asia/Makassar"


def test_sample_boundaries_of_a_code_that_comes_give_way_though_another_regency_is_set(
    sampled: Engine, bring: Bring, tmp_path: Path
) -> None:
    with sampled.begin() as connection:
        set_preference(connection, REGENCY, "73.08")
    assert bring("areas", neighbour(tmp_path, "18.03"), "18.03").written.replaced == 2
    assert standing(sampled) == ("73.08", ["18.03", "18.03.01.2001"])


def test_a_regency_that_somebody_has_set_stays_at_home_whatever_boundaries_come(
    empty: Engine, bring: Bring, tmp_path: Path
) -> None:
    with empty.begin() as connection:
        set_preference(connection, REGENCY, "73.08")
    bring("areas", neighbour(tmp_path, "73.09"), "73.09")
    assert standing(empty)[0] == "73.08"


def test_new_boundaries_move_what_lies_in_them_to_its_village(home: Bring, empty: Engine, tmp_path: Path) -> None:
    home("waste", csv(tmp_path, SITES))
    swapped = areas(
        tmp_path / "wilayah.gpkg",
        k18_03_01_2001=shapely.box(104.101, -5, 104.2, -4.9),
        k18_03_01_1002=shapely.box(104, -5, 104.1, -4.9),
    )
    assert home("areas", swapped).written.changed == 2
    assert [row[3] for row in sites(empty)] == ["18.03.01.1002", "18.03.01.2001"]


def test_a_code_that_another_source_holds_is_refused(home: Bring, tmp_path: Path) -> None:
    other = areas(tmp_path / "lain.gpkg", k18_03=shapely.box(104, -5, 104.3, -4.9))
    outcome = home("areas", other)
    assert dict(outcome.refused) == {Kind.TAKEN: 1}


def test_areas_of_another_regency_are_outside_unless_they_are_asked_for(home: Bring, tmp_path: Path) -> None:
    other = areas(tmp_path / "lain.gpkg", k18_02=shapely.box(105, -5, 105.3, -4.9))
    assert dict(home("areas", other).refused) == {Kind.OUTSIDE: 1}
    assert home("areas", other, "18.02").written.added == 1
