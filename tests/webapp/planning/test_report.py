"""The desk on paper: the PDF holds what the screen showed, its sources and date, on numbered pages of A4."""

import re
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from layers.records import papers
from layers.records.actors import Grant
from layers.settings import Settings
from tests.databases import SAMPLED, beside
from tests.webapp.staff import engine_of, staff
from webapp import create_app
from webapp.paper import to_pdf

A4_PT = (595, 842)


def printed(app: Flask, planner: FlaskClient, asked: str) -> tuple[str, pypdfium2.PdfDocument]:
    """Order a sheet, have it set as the worker does, and read it; gives the page's address too."""
    address = planner.post(f"/perencana/cetak?{asked}").headers["Location"]
    folder: Path = app.config["SETTINGS"].data_dir
    with engine_of(app).begin() as connection:
        papers.settle_next(connection, folder, to_pdf)
    return address, pypdfium2.PdfDocument(planner.get(f"{address}.pdf").data)


@pytest.fixture(scope="module")
def regency(app: Flask, planner: FlaskClient) -> pypdfium2.PdfDocument:
    """The sheet of the whole regency."""
    return printed(app, planner, "kind=puskesmas")[1]


def words(page: pypdfium2.PdfPage) -> str:
    return re.sub(r"\s+", " ", page.get_textpage().get_text_bounded())


def test_the_report_tells_all_villages_sources_and_what_is_estimated(
    app: Flask, planner: FlaskClient, records: Connection
) -> None:
    address, sheet = printed(app, planner, "tampilan=sanding&kind=sd&kind2=puskesmas&kelas=jenks")
    pages = [words(page) for page in sheet]
    assert {tuple(round(side) for side in page.get_size()) for page in sheet} == {A4_PT}
    assert all(f"{number} / {len(pages)}" in told for number, told in enumerate(pages, 1))
    whole = " ".join(pages)
    names = set(records.scalars(text("select name from access")))
    assert [name for name in names if name not in whole] == []
    assert "SD, motor, musim hujan" in pages[0] and "Data contoh" in pages[0] and "perkiraan" in pages[0]
    assert all("Data contoh" in told for told in pages)
    assert "Dinas" not in pages[-1] and "BIG" not in pages[-1] and "adalah karangan" in pages[-1]
    assert "Sumber:" in pages[-1] and "Dibuat" in pages[-1] and "versi" in pages[-1]
    assert sum(len(list(page.get_objects())) for page in sheet) > 2 * len(names)  # each village drawn on both maps
    assert "Laporan A4: SD, motor, musim hujan" in planner.get(address).text


def test_what_is_chosen_is_what_the_table_lists(app: Flask, planner: FlaskClient, records: Connection) -> None:
    _, sheet = printed(app, planner, "kecamatan=18.03.01&kelas=sendiri&batas=15&pilih=a0")
    whole = " ".join(words(page) for page in sheet)
    asked = """select name, minutes <= 15 as near from access join access_village on code = village_code
        where kind = 'puskesmas' and mode = 'motor' and season = 'hujan' and left(code, 8) = '18.03.01'"""
    asked = asked.replace("where kind", "where access_village.kind")
    near = {name for name, is_near in records.execute(text(asked)) if is_near}
    assert near and f"Dipilih: {len(near)} desa" in whole
    assert all(name in whole for name in near)


def test_limits_that_cannot_be_used_are_not_printed(planner: FlaskClient) -> None:
    refused = planner.post("/perencana/cetak?kelas=sendiri&batas=30;15")
    assert refused.status_code == 400 and "harus naik" in refused.text


def test_the_sheet_names_imported_sources_beside_sample_rows(sample_url: str, tmp_path: Path) -> None:
    """In a database of its own, where one office of the drawn part came with a file."""
    app = create_app(Settings(database_url=beside(sample_url, "one_imported", like=SAMPLED), data_dir=tmp_path))
    with engine_of(app).begin() as connection:
        changed = """update office set source = 'Dinas Kesehatan 2025'
            where id = (select min(id) from office where village_code like '18.03.01.%')"""
        connection.execute(text(changed))
    _, sheet = printed(app, staff(app, Grant("planner")), "kecamatan=18.03.01")
    assert "Dinas Kesehatan 2025: lisensi tidak dinyatakan" in " ".join(words(page) for page in sheet)
    engine_of(app).dispose()


def test_the_sheet_says_how_many_are_not_there_in_half_an_hour(
    regency: pypdfium2.PdfDocument, planner: FlaskClient, records: Connection
) -> None:
    """The sum and each kecamatan, held against the villages themselves."""
    asked = """select left(code, 8) as district, sum(people) as people, sum(within_30) as near, sum(reached) as reached
        from access join access_village on code = village_code
        where access_village.kind = 'puskesmas' and mode = 'motor' and season = 'hujan' group by 1"""
    found = records.execute(text(asked)).all()
    near, far = sum(row.near for row in found), sum(row.people - row.near for row in found)
    lost = sum(row.people - row.reached for row in found)
    said = (
        f"{dotted(near)} jiwa sampai dalam 30 menit, {dotted(far)} jiwa tidak; di antaranya {dotted(lost)} jiwa tanpa"
    )
    whole = " ".join(words(page) for page in regency)
    assert said in whole
    assert said in planner.get("/perencana?kind=puskesmas").text
    assert "Jiwa per kecamatan" in whole
    for row in found:
        line = [row.people, row.near, row.people - row.near, row.people - row.reached]
        assert " ".join(dotted(each) for each in line) in whole


def test_names_lie_above_the_colours_of_the_sheet(regency: pypdfium2.PdfDocument, records: Connection) -> None:
    """What is drawn later in a PDF lies above: every name stands again after the last village."""
    told = regency[0].get_textpage().get_text_bounded()
    names = records.scalars(text("select name from area where level = 'kecamatan'"))
    assert sum(told.count(name) >= 3 for name in names) > 10  # on the ground, as a halo and as letters above it


def dotted(number: float) -> str:
    return f"{round(number):,}".replace(",", ".")
