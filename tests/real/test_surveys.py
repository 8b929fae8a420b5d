"""The real surveys go in, and kemantapan is told under each reading of foreign classes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from layers.reading.importing import Outcome
from layers.reading.refusal import Kind
from layers.records.actors import Actor, Grant
from layers.roads.queries import lengths_by_status, rules
from layers.roads.survey_import import SurveyFile, SurveyOutcome, import_surveys, kemantapan_by_reading
from tests.conftest import SHARED
from tests.real.conftest import real
from tests.real.files import Given

pytestmark = [pytest.mark.real, real]
ADMINISTRATOR = Actor("admin:uji", (Grant("administrator"),))


@pytest.fixture
def connection(real_engine: Engine, outcomes: dict[Given, Outcome]) -> Iterator[Connection]:
    """The database with the real roads; what a test adds is taken back."""
    with real_engine.connect() as connection:
        outer = connection.begin()
        yield connection
        outer.rollback()


def bring(connection: Connection, name: str, refused: Path, day: date | None = None) -> SurveyOutcome:
    return import_surveys(connection, ADMINISTRATOR, SurveyFile(SHARED / name, refused / name, day))


def test_village_roads_of_west_java_under_each_reading_of_their_classes(connection: Connection, tmp_path: Path) -> None:
    outcome = bring(connection, "jalan_desa_jabar_kondisi.parquet", tmp_path, date(2024, 12, 31))
    assert (outcome.came, outcome.added, outcome.doubtful) == (32_340, 24_585, 3_883)
    assert dict(outcome.refused) == {Kind.NOT_FOUND: 7_222, Kind.MISSING_VALUE: 526, Kind.CONTRADICTION: 7}
    known = rules(connection)
    shares = {
        name: round(100 * (share or 0), 1) for name, share in kemantapan_by_reading(known, outcome.stated).items()
    }
    assert shares == {"sebutan": 65.2, "urutan": 62.9, "hanya_baik": 51.6}
    kept = lengths_by_status(connection, "Jalan desa Jawa Barat")["desa"]
    taken = kemantapan_by_reading(known, outcome.taken)["urutan"]
    assert kept.steady_share_of_surveyed == pytest.approx(taken, abs=1e-6)


def test_three_years_of_roughness_in_north_kalimantan_and_the_newest_counts(
    connection: Connection, tmp_path: Path
) -> None:
    outcome = bring(connection, "jalan_nasional_kaltara_iri.gpkg", tmp_path)
    assert (outcome.came, outcome.added, outcome.refused.total()) == (33, 99, 0)
    lengths = lengths_by_status(connection, "Jalan nasional Kaltara")["nasional"]
    assert lengths.steady_share == 1
    assert lengths.metres["sedang"] == pytest.approx(7_462, abs=5)
