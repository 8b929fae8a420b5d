"""What people see of waste: the answer first, sums that agree, rounds for planners alone, clear refusals."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, create_engine, text

from layers.db import sql
from layers.records.actors import Grant
from layers.roads import building
from layers.settings import Settings
from layers.waste_service.round_questions import QUEUE
from layers.waste_service.rounds import answer
from tests.webapp.staff import engine_of, staff
from webapp import create_app

FORM = {
    **{"day": "0", "trucks": "3", "capacity_m3": "12", "start": "06.00", "shift_h": "8", "loading_min": "10"},
    **{"tipping_min": "15", "season": "hujan", "weight_t": "12"},
}


@pytest.fixture(scope="module")
def app(sample_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The sample with its network of roads ready; the network's record in the database is taken back."""
    folder: Path = tmp_path_factory.mktemp("waste")
    engine = create_engine(sample_url)
    with engine.connect() as connection:
        assert building.build(connection, folder) is None
        connection.rollback()
    engine.dispose()
    return create_app(Settings(database_url=sample_url, data_dir=folder))


@pytest.fixture(scope="module")
def planner(app: Flask) -> FlaskClient:
    return staff(app, Grant("planner"))


@pytest.fixture(scope="module")
def form(records: Connection) -> dict[str, str]:
    return FORM | {"landfill": str(records.scalar(text("select id from waste_site where kind = 'tpa'")))}


def lines(client: FlaskClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text.lstrip("\ufeff"))))


def test_the_answer_stands_first_with_its_sums(client: FlaskClient, records: Connection) -> None:
    page = client.get("/sampah").text
    people, far = records.execute(text("select sum(people), sum(far) from waste_service")).one()
    full = records.scalar(text("select count(*) from waste_site_service where standing = 'penuh'"))
    told = re.sub(r"\D", "", re.search(r"Dari ([\d.]+) jiwa, ([\d.]+) \(", page)[0])  # type: ignore[index]
    assert told == f"{people:.0f}{far:.0f}"
    assert full > 0 and f"{full} dari 50 TPS dan TPS3R melebihi isinya" in page
    assert page.index("melebihi isinya") < page.index("<table")
    assert "perkiraan dari total " in page and "data contoh" in page.lower()
    assert len(page.encode()) < 200_000


def test_villages_add_up_to_their_kecamatan_and_files_hold_all(client: FlaskClient, records: Connection) -> None:
    villages, districts = lines(client, "/sampah/tabel.csv"), lines(client, "/sampah/tabel.csv?tingkat=kecamatan")
    assert (len(villages), len(districts)) == (247, 23)
    for name in ("people", "far", "waste_m3", "reports"):
        assert sum(float(one[name]) for one in villages) == pytest.approx(sum(float(one[name]) for one in districts))
    assert {one["standing"] for one in lines(client, "/sampah/tempat.csv")} <= {"penuh", "cukup", "tidak_diketahui"}
    one = client.get("/sampah?kecamatan=18.03.02&sort=name").text
    names = re.findall(r'<a href="/layers/waste_service/\d+">([^<]+)', one)
    assert names == sorted(names) and len(names) < 30


def test_what_stands_too_near_is_named_with_its_metres(client: FlaskClient, records: Connection) -> None:
    page = client.get("/sampah").text
    near = records.execute(
        text("select name from waste_site join waste_site_service on id = site_id where near_river or near_homes")
    )
    names = near.scalars().all()
    assert names and all(name in page[page.index('id="dekat"') :] for name in names)


def test_nonsense_is_refused_in_a_sentence(client: FlaskClient) -> None:
    for asked in ("tingkat=rt", "sort=luas", "view=x"):
        assert client.get(f"/sampah?{asked}").status_code == 400, asked


def test_the_sites_find_reports_by_the_map_and_villages_theirs_by_an_index(records: Connection) -> None:
    asked: dict[str, Any] = {"since": "2026-06-01", "near_m": 500.0, "district": ""}
    for question in ("sites", "villages"):
        told = records.execute(text("explain " + sql(f"waste_service/{question}_with_service.sql").text), asked)
        assert "Seq Scan on complaint" not in "\n".join(told.scalars()), question


def test_standards_are_read_by_all_and_changed_by_planners(client: FlaskClient, planner: FlaskClient) -> None:
    page = client.get("/sampah/standar").text
    assert "SNI 03-1733-2004" in page and "1.000 meter" in page
    assert client.post("/sampah/standar", data={"id": "litres", "hapus": "1"}).status_code in (303, 403)
    for wrong, said in (
        ({"id": "litres", "value": "0", "source": "x"}, "angka di atas 0"),
        ({"id": "litres", "value": "2,5", "source": " "}, "Sebutkan sumbernya"),
        ({"id": "kaki", "value": "2,5", "source": "x"}, "Pilih standar"),
    ):
        answer = planner.post("/sampah/standar", data=wrong)
        assert (answer.status_code, said in answer.text) == (422, True)


def test_a_truck_of_seven_and_a_half_cubic_metres_is_asked_for_with_a_dot_or_a_comma(
    app: Flask, planner: FlaskClient, form: dict[str, str]
) -> None:
    for typed in ("7.5", "7,5"):
        answer = planner.post("/sampah/angkutan", data=form | {"capacity_m3": typed})
        number = int(answer.headers["Location"].rpartition("/")[2])
        with engine_of(app).begin() as connection:
            asked = connection.scalar(text("delete from waste_round where id = :id returning asked"), {"id": number})
        assert asked["capacity_m3"] == 7.5


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"trucks": "0"}, "Jumlah truk harus 1 sampai 50"),
        ({"trucks": "10000"}, "Jumlah truk harus 1 sampai 50"),
        ({"trucks": "2,5"}, "bilangan bulat"),
        ({"capacity_m3": "-1"}, "Isi truk harus"),
        ({"capacity_m3": "banyak"}, "Isi truk harus"),
        ({"landfill": "999999999"}, "Pilih TPA dari daftar"),
        ({"start": "25.00"}, "Tulis jam mulai"),
        ({"shift_h": "0"}, "Jam kerja harus"),
        ({"weight_t": "900"}, "Berat truk penuh harus"),
        ({"day": "9"}, "Pilihan ini tidak ada"),
    ],
)
def test_what_cannot_be_a_round_is_refused_in_a_sentence_and_nothing_typed_is_lost(
    planner: FlaskClient, form: dict[str, str], change: dict[str, str], said: str
) -> None:
    answer = planner.post("/sampah/angkutan", data=form | {"loading_min": "13"} | change)
    assert (answer.status_code, said in answer.text, 'value="13"' in answer.text) == (422, True, True)


def test_rounds_are_for_planners(client: FlaskClient) -> None:
    for address in ("/sampah/angkutan", "/sampah/angkutan/1", "/sampah/angkutan/1.csv"):
        assert client.get(address).status_code == 303
    assert client.post("/sampah/angkutan").status_code in (303, 403)


def test_a_round_is_asked_for_worked_out_and_told_truck_by_truck(
    app: Flask, planner: FlaskClient, form: dict[str, str]
) -> None:
    number = int(planner.post("/sampah/angkutan", data=form).headers["Location"].rpartition("/")[2])
    waiting = planner.get(f"/sampah/angkutan/{number}")
    assert "Sedang dihitung" in waiting.text and waiting.headers["Refresh"] == "3"
    with engine_of(app).begin() as connection:
        taken = QUEUE.take(connection)
        assert taken and taken.id == number
        answer(connection, app.config["SETTINGS"].data_dir, taken)
    page = planner.get(f"/sampah/angkutan/{number}").text
    assert "Angkutan sampah hari Senin" in page and "Truk 1" in page and "Bongkar di TPA" in page
    rows = lines(planner, f"/sampah/angkutan/{number}.csv")
    stops = [row for row in rows if not row["place"].startswith("TPA")]
    assert len({row["place"] for row in stops}) == len(stops) > 3
    assert all(float(row["load_m3"]) <= 12 for row in rows)
    assert planner.get("/sampah/angkutan/999999999").status_code == 404
