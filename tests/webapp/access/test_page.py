"""What people see of access: the answer as a sentence, a table that sorts, a file that holds all, clear refusals."""

import csv
import io
import re
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image
from rasterio.io import MemoryFile
from sqlalchemy import Connection, text

from layers.access import CLASSES
from layers.db import sql
from layers.settings import Settings
from webapp import create_app

ROWS = re.compile(r'<tr><th scope="row">')


def test_the_answer_stands_first_with_its_numbers_and_says_that_people_are_estimated(
    client: FlaskClient, records: Connection
) -> None:
    page = client.get("/jangkauan").text
    asked = "kind = 'puskesmas' and mode = 'motor' and season = 'hujan'"
    in_time, everybody = records.execute(
        text(f"select sum(within_30), sum(people) from access_village join access on village_code = code"
             f" where access_village.{asked}")
    ).one()  # fmt: skip
    assert "Berapa lama ke puskesmas?" in page
    assert f"{round(100 * in_time / everybody)} % sampai dalam 30 menit" in page
    assert f"{everybody:,.0f}".replace(",", ".") in page
    assert "perkiraan dari total " in page
    assert len(ROWS.findall(page)) == 100 < records.scalar(text("select count(*) from access"))


def test_the_farthest_village_stands_first_until_another_order_is_asked_for(
    client: FlaskClient, records: Connection
) -> None:
    worst = text(
        """select name from access join access_village on code = village_code
           where access_village.kind = 'sma' and mode = 'mobil' and season = 'hujan'
           order by minutes desc nulls first, minutes is null limit 1"""
    )
    page = client.get("/jangkauan?kind=sma&mode=mobil").text
    assert str(records.scalar(worst)) in page[page.index("<tbody>") :][:600]
    names = re.findall(r'<a href="/layers/access/\d+">([^<]+)', client.get("/jangkauan?sort=name").text)
    assert names == sorted(names)


def test_a_kecamatan_narrows_the_table_and_adds_up(client: FlaskClient, records: Connection) -> None:
    asked = "select count(*), sum(people) from access where village_code like '18.03.01.%'"
    number, people = records.execute(text(asked)).one()
    page = client.get("/jangkauan?kecamatan=18.03.01").text
    assert len(ROWS.findall(page)) == number
    rows = list(csv.DictReader(io.StringIO(client.get("/jangkauan/tabel.csv?tingkat=kecamatan").text.lstrip("\ufeff"))))
    assert len(rows) == 23
    assert float(next(row for row in rows if row["code"] == "18.03.01")["people"]) == pytest.approx(people)


def test_the_file_holds_every_settlement_where_the_page_shows_the_first(
    client: FlaskClient, records: Connection
) -> None:
    number = records.scalar(text("select count(*) from settlement"))
    page = client.get("/jangkauan?tingkat=permukiman").text
    assert len(ROWS.findall(page)) == 100
    rows = list(
        csv.DictReader(io.StringIO(client.get("/jangkauan/tabel.csv?tingkat=permukiman").text.lstrip("\ufeff")))
    )
    assert len(rows) == number
    assert {row["service"] for row in rows} == {"puskesmas"}


def test_cells_are_drawn_with_their_people_and_taken_along_as_a_file(
    sample_url: str, made_files: Path, records: Connection
) -> None:
    client = create_app(Settings(database_url=sample_url, data_dir=made_files)).test_client()
    page = client.get("/jangkauan?peta=kotak&mode=mobil").text
    picture = re.search(r'class="over cover" src="([^"]+)"', page)
    assert picture and "/rasters/menit_puskesmas_mobil_hujan/picture.png" in picture[1]
    drawn = Image.open(BytesIO(client.get(unescape(picture[1])).data)).convert("RGBA")
    colours = {f"#{r:02x}{g:02x}{b:02x}" for _, (r, g, b, a) in drawn.getcolors(99) or () if a}
    assert {"#cfe8e4", "#86c2bb"} < colours <= {choice.colour for choice in CLASSES}
    asked = "kind = 'puskesmas' and mode = 'mobil' and season = 'hujan'"
    near = records.scalar(text(f"select sum(within_15) from access_village where {asked}"))
    assert f"Sampai 15 menit <b>{near:,.0f} jiwa".replace(",", ".") in page
    answer = client.get("/rasters/menit_puskesmas_mobil_hujan.tif")
    with MemoryFile(answer.data) as memory, memory.open() as file:
        assert (file.units, file.tags()["mode"], file.nodata) == (("menit",), "mobil", -1)
        assert 0 < file.read(1, masked=True).min() < 15


def test_the_map_shows_cells_only_where_a_page_asks_for_them(client: FlaskClient) -> None:
    cells = "menit_puskesmas_motor_hujan"
    assert f"raster-{cells}" not in client.get("/map/style.json").json["sources"]
    style = client.get(f"/map/style.json?cells={cells}").json
    assert f"raster-{cells}" in style["sources"]
    (legend,) = (layer for layer in style["metadata"]["layers"] if layer["id"] == f"raster-{cells}")
    assert [choice["title"] for choice in legend["choices"]][-1] == "Tidak ada jalan ke sana"
    assert legend["estimate"] is True
    order = [drawing["id"] for drawing in style["layers"]]
    assert order.index(f"raster-{cells}-cells") > order.index("settlements-fill"), "or they would lie hidden"


def test_nonsense_is_refused_in_a_sentence(client: FlaskClient) -> None:
    for asked in ("kind=bank", "mode=kuda", "season=salju", "tingkat=rt", "peta=rt", "sort=-luas"):
        answer = client.get(f"/jangkauan?{asked}")
        assert answer.status_code == 400, asked
    assert "tidak dapat diurutkan" in client.get("/jangkauan?sort=luas").text


def test_both_questions_about_places_use_the_keys_of_their_tables(records: Connection) -> None:
    asked = {"kind": "sd", "mode": "mobil", "season": "hujan", "district": "18.03.01"}
    for question, table in (("villages", "access_village"), ("settlements", "access_settlement")):
        lines = records.execute(text("explain " + sql(f"access/{question}_by_time.sql").text), asked).scalars()
        assert f"Seq Scan on {table}" not in "\n".join(lines)
