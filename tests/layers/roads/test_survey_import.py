"""Files of surveys: what goes in, what is refused or doubted, and what a second time changes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.reading.refusal import FileRefusedError, Kind
from layers.records.actors import VISITOR
from layers.roads.acts import Order, survey
from layers.roads.queries import surveys_of
from layers.roads.survey_import import SurveyFile, SurveyOutcome, import_surveys
from tests.layers.roads.conftest import ADMINISTRATOR, OFFICER

Make = Callable[..., int]
DAY = date(2026, 6, 30)
HEAD = "no;baik;ringan;sedang;berat;jumlah\n"
MAP = """
source = "uji"
id = ["no"]
[[survey]]
kind = "metres"
officer = "Dinas"
metres = { baik = "baik", rusak_ringan = "ringan", rusak_sedang = "sedang", rusak_berat = "berat" }
total = "jumlah"
read_as = "urutan"
longest_km = 50
"""


@pytest.fixture
def bring(connection: Connection, tmp_path: Path) -> Callable[..., SurveyOutcome]:
    (tmp_path / "uji.toml").write_text(MAP)

    def bring(rows: str, day: date | None = DAY, head: str = HEAD) -> SurveyOutcome:
        path = tmp_path / "survei.csv"
        path.write_text(head + rows)
        file = SurveyFile(path, tmp_path / "refused", day, str(tmp_path / "uji.toml"))
        return import_surveys(connection, ADMINISTRATOR, file)

    return bring


Bring = Callable[..., SurveyOutcome]


def condition(connection: Connection, road: int) -> str:
    return str(connection.scalar(text("select condition from road where id = :road"), {"road": road}))


def test_metres_of_a_register_become_surveys_with_its_classes_read_in_their_order(
    connection: Connection, lay: Make, bring: Bring
) -> None:
    road = lay(1000, name="7")
    outcome = bring("7;300;100;600;;1000\n")
    assert (outcome.came, outcome.added, outcome.doubtful, outcome.refused.total()) == (1, 1, 0, 0)
    assert condition(connection, road) == "rusak_ringan"
    (held,) = surveys_of(connection, road)
    assert held.metres == {"baik": 300, "sedang": 100, "rusak_ringan": 600}
    assert (held.surveyed_on, held.officer, held.source) == (DAY, "Dinas", "uji")


@pytest.mark.parametrize(
    ("row", "kind", "said"),
    [
        ("8;300;;;;300", Kind.NOT_FOUND, "belum ada di peta"),
        ("7;;;;;", Kind.MISSING_VALUE, "Tidak ada isian survei"),
        (";300;;;;300", Kind.MISSING_VALUE, "Pengenal baris"),
        ("7;banyak;;;;300", Kind.UNREADABLE_VALUE, "bukan angka"),
        ("7;-300;;;;300", Kind.UNREADABLE_VALUE, "negatif"),
        ("7;60000;;;;60000", Kind.CONTRADICTION, "60 km"),
    ],
)
def test_a_wrong_row_is_refused_with_its_reason(
    connection: Connection, lay: Make, bring: Bring, row: str, kind: Kind, said: str
) -> None:
    road = lay(1000, name="7")
    outcome = bring(row + "\n")
    assert (outcome.added, dict(outcome.refused)) == (0, {kind: 1})
    assert outcome.refused_path is not None
    assert said in outcome.refused_path.read_text(encoding="utf-8-sig")
    assert surveys_of(connection, road) == []


def test_the_second_row_about_a_road_is_refused(lay: Make, bring: Bring) -> None:
    lay(1000, name="7")
    outcome = bring("7;300;;;;300\n7;400;;;;400\n")
    assert (outcome.added, dict(outcome.refused)) == (1, {Kind.DUPLICATE: 1})


@pytest.mark.parametrize(
    ("row", "doubt"),
    [("7;300;;;;1000", "jumlah kelas 300 m, total tertulis 1000 m; panjang 300 m"), ("7;900;;;;900", "garis lurus")],
)
def test_an_odd_row_goes_in_with_its_doubt(
    connection: Connection, lay: Make, bring: Bring, row: str, doubt: str
) -> None:
    road = lay(1000, name="7")
    assert bring(row + "\n").doubtful == 1
    assert doubt in surveys_of(connection, road)[0].doubt


def test_a_file_that_comes_again_changes_nothing_and_one_that_differs_replaces(
    connection: Connection, lay: Make, bring: Bring
) -> None:
    road = lay(1000, name="7")
    bring("7;1000;;;;1000\n")
    again = bring("7;1000;;;;1000\n")
    assert (again.added, again.changed, again.same) == (0, 0, 1)
    other = bring("7;;;;1000;1000\n")
    assert (other.added, other.changed, other.same) == (0, 1, 0)
    assert condition(connection, road) == "rusak_berat"
    assert [row.withdrawn_because is None for row in surveys_of(connection, road)] == [True, False]


def test_an_officers_own_survey_of_that_day_is_not_overwritten(connection: Connection, lay: Make, bring: Bring) -> None:
    road = lay(1000, name="7")
    inputs = {"metres": {"rusak_berat": 1000}, "read_as": "urutan"}
    survey(connection, OFFICER, Order(road, "metres", DAY, "Budi", inputs), DAY)
    assert dict(bring("7;1000;;;;1000\n").refused) == {Kind.TAKEN: 1}
    assert condition(connection, road) == "rusak_berat"


def test_a_file_that_tells_no_day_wants_one(lay: Make, bring: Bring) -> None:
    with pytest.raises(FileRefusedError, match="--date"):
        bring("7;1;;;;1\n", day=None)


def test_a_file_without_the_columns_of_its_mapping_is_refused_whole(lay: Make, bring: Bring) -> None:
    with pytest.raises(FileRefusedError, match="berat"):
        bring("7;1;1;1;1\n", head="no;baik;ringan;sedang;jumlah\n")


def test_a_file_nobody_has_mapped_is_refused_whole(connection: Connection, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a;b\n1;2\n")
    with pytest.raises(FileRefusedError, match="jalan-desa-jabar"):
        import_surveys(connection, ADMINISTRATOR, SurveyFile(tmp_path / "x.csv", tmp_path / "refused"))


def test_only_an_administrator_brings_files(connection: Connection, tmp_path: Path) -> None:
    with pytest.raises(PermissionError):
        import_surveys(connection, VISITOR, SurveyFile(tmp_path / "x.csv", tmp_path))


def test_the_import_is_one_event(connection: Connection, lay: Make, bring: Bring) -> None:
    lay(1000, name="7")
    bring("7;1000;;;;1000\n9;1;;;;1\n")
    asked = "select subject, detail from event where act = 'import_surveys'"
    subject, detail = connection.execute(text(asked)).one()
    assert (subject, detail["came"], detail["added"]) == ("survei.csv", 2, 1)
    assert detail["refused"] == {"kode belum ada di peta": 1}
