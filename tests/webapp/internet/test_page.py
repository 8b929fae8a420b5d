"""What people see of internet gaps: the answer as a sentence, a map by evidence, tables, files, clear refusals."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from layers.internet_gaps import KINDS
from layers.settings import Settings
from webapp import create_app


def dotted(number: float) -> str:
    return f"{number:,.0f}".replace(",", ".")


def file(client: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text.lstrip("\ufeff"))))


def test_the_answer_stands_first_and_says_how_many_people_and_that_they_are_estimated(
    client: FlaskClient, records: Connection
) -> None:
    asked = "select coverage, sum(people) from internet_gap_village group by coverage"
    people = {row.coverage: row.sum for row in records.execute(text(asked))}
    page = client.get("/internet").text
    lead = page[page.index('class="lead"') :][:600]
    for number in (sum(people.values()), people["none"], people["weak"], people["unknown"]):
        assert dotted(number) in lead
    assert "datanya belum tersedia" in lead
    assert "perkiraan" in lead


def test_people_of_villages_add_up_to_those_of_access(records: Connection) -> None:
    asked = "select (select sum(people) from internet_gap_village), (select sum(people) from access)"
    here, there = records.execute(text(asked)).one()
    assert here == pytest.approx(there, rel=1e-4)


def test_the_sample_holds_every_kind_of_evidence_and_contradictions(records: Connection) -> None:
    kinds = set(records.execute(text("select distinct kind from internet_gap")).scalars())
    assert {"covered_measured", "none_measured", "covered_modelled", "covered_declared", "unknown"} <= kinds
    assert kinds <= {choice.id for choice in KINDS}
    assert records.scalar(text("select count(*) from internet_gap where contradiction = 'measured'")) > 0


def test_each_office_has_the_coverage_of_the_cell_that_holds_it(records: Connection) -> None:
    """Told by PostGIS alone."""
    asked = """
        select count(*), count(*) filter (where cell.coverage <> found.coverage)
        from internet_gap_office as found join office on office.id = found.office_id
        join internet_gap as cell on st_covers(cell.geom, office.geom)"""
    number, wrong = records.execute(text(asked)).one()
    assert number > 900
    assert wrong <= 2, "on an edge that two cells share"


def test_the_areas_of_the_map_are_those_of_the_cells(records: Connection) -> None:
    asked = """
        select area.kind, area.cells, st_area(cast(area.geom as geography)) / 250000 as squares,
               (select count(*) from internet_gap as cell where cell.kind = area.kind) as expected
        from internet_gap_area as area"""
    for row in records.execute(text(asked)):
        assert row.cells == row.expected
        assert row.squares == pytest.approx(row.cells, rel=0.01)


def test_the_legend_names_what_is_drawn_and_unknown_is_dashed(client: FlaskClient, records: Connection) -> None:
    page = client.get("/internet").text
    for kind, cells in records.execute(text("select kind, cells from internet_gap_area")):
        title = next(choice.title.id for choice in KINDS if choice.id == kind)
        assert re.search(rf"{title} <b>{dotted(round(cells * 0.25))} km²", page), title
    assert re.search(r'stroke="#9aa5a3"[^>]*fill="none"[^>]*stroke-dasharray', page), (
        "unknown is grey, dashed and empty"
    )
    assert re.search(r'stroke="#0b6e69"[^>]*fill="#0b6e69" class="filled"', page), "measured is full"
    assert len(page.encode()) < 200_000


def test_a_kecamatan_opens_its_villages_and_the_file_holds_all(client: FlaskClient, records: Connection) -> None:
    rows = file(client, "/internet/tabel.csv?tingkat=desa")
    assert len(rows) == 247
    none = records.scalar(text("select sum(people) from internet_gap_village where coverage = 'none'"))
    assert sum(float(row["people_none"]) for row in rows) == pytest.approx(none, abs=1)
    page = client.get("/internet?kecamatan=18.03.01&tingkat=desa").text
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    own = [row for row in rows if row["code"].startswith("18.03.01.")]
    assert table.count("<tr>") == len(own)
    assert len(file(client, "/internet/tabel.csv")) == 23


@pytest.mark.parametrize("sort", ["none", "weak", "unknown", "offices", "name"])
def test_the_table_sorts_both_ways(client: FlaskClient, sort: str) -> None:
    column = {"name": "name", "offices": "offices_without"}.get(sort, f"people_{sort}")
    up, down = ([row[column] for row in file(client, f"/internet/tabel.csv?sort={sign}{sort}")] for sign in ("", "-"))
    key = str if sort == "name" else float
    assert up == sorted(up, key=key)
    assert [key(value) for value in down] == sorted(map(key, down), reverse=True)


def test_offices_and_contradictions_are_listed_here_and_in_files(client: FlaskClient, records: Connection) -> None:
    offices = file(client, "/internet/kantor.csv")
    expected = records.scalar(text("select count(*) from internet_gap_office where coverage <> 'covered'"))
    assert len(offices) == expected
    assert {row["coverage"] for row in offices} == {"none", "weak", "unknown"}
    disputed = file(client, "/internet/pertentangan.csv")
    assert len(disputed) == records.scalar(text("select count(*) from internet_gap where contradiction is not null"))
    page = client.get("/internet").text
    assert f'/layers/internet_gaps/{disputed[0]["id"]}"' in page
    assert f'/layers/offices/{offices[0]["id"]}"' in page


def test_the_page_says_that_hills_were_not_looked_at(client: FlaskClient) -> None:
    assert "tanpa bukit yang menghalangi" in client.get("/internet").text


@pytest.mark.parametrize("address", ["?tingkat=rt", "?sort=x", "?view=a", "/tabel.csv?sort=-x"])
def test_nonsense_gets_a_sentence(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/internet{address}")
    assert answer.status_code == 400
    assert "<h1>" in answer.text


def test_both_languages_and_every_way_there(client: FlaskClient) -> None:
    english = client.get("/internet?lang=en").text
    assert "Who does not have internet yet?" in english
    assert "belum" not in english[english.index("<main") : english.index("</main>")].replace("Belum", "")
    client.delete_cookie("lang")
    for page in ("/", "/layers", "/jangkauan"):
        assert 'href="/internet"' in client.get(page).text


@pytest.fixture
def bare(database_url: str, tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of an application where nothing has been imported yet."""
    yield create_app(Settings(database_url=database_url, data_dir=tmp_path)).test_client()


def test_before_anything_is_computed_the_page_says_so_rather_than_zero(bare: FlaskClient) -> None:
    page = bare.get("/internet").text
    assert "Belum dihitung" in page
    assert "jiwa" not in page
    assert file(bare, "/internet/tabel.csv") == file(bare, "/internet/kantor.csv") == []
