"""The real files go in, and what is wrong in them is named for what it is."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from layers.reading.importing import Order, Outcome, import_file
from layers.reading.refusal import FileRefusedError, Kind
from layers.registry import layers
from tests.conftest import ROOT, SHARED
from tests.real.conftest import bring, real
from tests.real.files import ALL, FILES, LAMPUNG, Given
from tests.real.table import lines

pytestmark = [pytest.mark.real, real]

SCHOOLS = Given("offices", "sekolah_lampung_dapodik.gpkg", "", LAMPUNG)
NODED = Given("roads", "rbi50k_tulang_bawang_barat_noded.gpkg", "", LAMPUNG)

LEVELS = "select level, count(*) from area where code like '18.03%' group by level"
SEATS = """
    select office.name, kecamatan.name as kecamatan
    from office
    left join area as kecamatan on kecamatan.level = 'kecamatan' and st_contains(kecamatan.geom, office.geom)
    where office.kind = 'kantor_camat' and kecamatan.code like '18.03%'
"""
WITHOUT_VILLAGE = """
    select count(*) from office
    where village_code is null and st_intersects(geom, (select geom from area where code = '18.03'))
"""


def test_the_docs_tell_for_each_file_what_became_of_its_rows(outcomes: dict[Given, Outcome]) -> None:
    told = (ROOT / "docs/real-data.md").read_text(encoding="utf-8")
    assert "\n".join(lines(outcomes)) in told


def test_no_row_gets_lost_between_came_written_and_refused(outcomes: dict[Given, Outcome]) -> None:
    for given, outcome in outcomes.items():
        written = outcome.written
        assert outcome.came == written.added + written.changed + written.same + outcome.refused.total(), given


@pytest.mark.usefixtures("outcomes")
def test_the_regency_has_23_kecamatan_232_desa_and_15_kelurahan(real_engine: Engine) -> None:
    with real_engine.connect() as connection:
        levels = dict(map(tuple, connection.execute(text(LEVELS))))
    assert levels == {"kabupaten": 1, "kecamatan": 23, "desa": 232, "kelurahan": 15}


@pytest.mark.usefixtures("outcomes")
def test_each_kantor_camat_stands_in_its_own_kecamatan(real_engine: Engine) -> None:
    with real_engine.connect() as connection:
        seats = connection.execute(text(SEATS)).all()
    assert len({seat.kecamatan for seat in seats}) == 23
    for seat in seats:
        assert seat.kecamatan.replace(" ", "").lower() in seat.name.replace(" ", "").lower()


@pytest.mark.usefixtures("outcomes")
def test_slivers_leave_no_office_of_the_regency_without_a_village(real_engine: Engine) -> None:
    with real_engine.connect() as connection:
        assert connection.scalar(text(WITHOUT_VILLAGE)) == 0


def test_schools_without_a_true_place_are_refused_each_for_its_own_reason(outcomes: dict[Given, Outcome]) -> None:
    refused = outcomes[SCHOOLS].refused
    assert outcomes[SCHOOLS].came == 6924
    assert (refused[Kind.ZERO], refused[Kind.MISSING_PLACE], refused[Kind.FAR_OFF]) == (12, 19, 1)


def test_every_edge_of_tulang_bawang_barat_goes_in(outcomes: dict[Given, Outcome]) -> None:
    assert outcomes[NODED].written.added == 6254


def test_bringing_a_file_twice_changes_nothing(
    outcomes: dict[Given, Outcome], real_engine: Engine, tmp_path: Path
) -> None:
    again = bring(real_engine, NODED, tmp_path)
    assert (again.written.added, again.written.changed) == (0, 0)
    assert again.written.same == outcomes[NODED].written.added


@pytest.mark.parametrize(
    ("area", "zone_named"),
    [(ALL, "Zona yang mungkin: 47S"), (("112,-9,113.5,-7",), "49S"), ((), "Zona yang mungkin")],
)
@pytest.mark.usefixtures("outcomes")
def test_metres_in_a_file_of_degrees_are_refused_whole_with_the_zones_that_fit(
    real_engine: Engine, tmp_path: Path, area: tuple[str, ...], zone_named: str
) -> None:
    order = Order(layers()["waste"], SHARED / "dirty_bank-sampah_malang.geojson", tmp_path, area=area)
    with pytest.raises(FileRefusedError, match=zone_named):
        import_file(real_engine, order, lambda step, done, total: None)


@pytest.mark.usefixtures("outcomes")
def test_a_table_of_villages_without_coordinates_is_refused_whole(real_engine: Engine, tmp_path: Path) -> None:
    order = Order(layers()["waste"], SHARED / "sampah_desa_jabar.parquet", tmp_path, area=ALL)
    with pytest.raises(FileRefusedError, match="tidak berisi letak") as refused:
        import_file(real_engine, order, lambda step, done, total: None)
    assert refused.value.rows == 5267


def test_each_import_is_one_event_with_the_files_hash(outcomes: dict[Given, Outcome], real_engine: Engine) -> None:
    with real_engine.connect() as connection:
        hashes = connection.execute(text("select detail ->> 'sha256' from event where act = 'import'")).scalars().all()
    assert {outcome.sha256 for outcome in outcomes.values()} <= set(hashes)
    assert len(FILES) <= len(hashes)
