"""The desk on paper: the PDF holds what the screen showed, its sources and date, on numbered pages of A4."""

import re
from pathlib import Path

import pypdfium2
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from layers.records import papers
from tests.webapp.staff import engine_of
from webapp.paper import to_pdf

A4_PT = (595, 842)


def printed(app: Flask, planner: FlaskClient, asked: str) -> tuple[str, pypdfium2.PdfDocument]:
    """Order a sheet, have it set as the worker does, and read it; gives the page's address too."""
    address = planner.post(f"/perencana/cetak?{asked}").headers["Location"]
    folder: Path = app.config["SETTINGS"].data_dir
    with engine_of(app).begin() as connection:
        papers.settle_next(connection, folder, to_pdf)
    return address, pypdfium2.PdfDocument(planner.get(f"{address}.pdf").data)


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
