"""Officers survey roads in the browser: the form, what it refuses, photos, history, withdrawal, and who may not."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from secrets import token_hex

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from layers import db
from layers.records.actors import Grant
from layers.roads.acts import Order, survey, weigh
from layers.settings import Settings
from tests.databases import beside
from tests.layers.records.pictures import MARK, from_a_phone
from tests.layers.roads.conftest import ADMINISTRATOR, METRES_A_DEGREE, OFFICER, TODAY
from tests.webapp.staff import staff
from webapp import create_app

SDI = {"crack_percent": "0", "crack_width_mm": "0", "potholes": "1", "over_m": "100", "rut_cm": "0"}
WHERE = {"from_m": "0", "to_m": "", "surveyed_on": "2026-11-01"}


@pytest.fixture(scope="module")
def surveys_url(database_url: str) -> str:
    return beside(database_url, "surveying")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def app(surveys_url: str, data_dir: Path) -> Flask:
    return create_app(Settings(surveys_url, data_dir))


@pytest.fixture(scope="module")
def rows(surveys_url: str) -> Iterator[Engine]:
    engine = db.connect(surveys_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def officer(app: Flask) -> FlaskClient:
    return staff(app, Grant("officer"))


@pytest.fixture
def lay(rows: Engine) -> Callable[..., int]:
    """Put a road of 1,000 m on the equator, and give its number."""

    def lay(surface: str | None = "aspal", village: str | None = None, number: str = "") -> int:
        line = f"MULTILINESTRING((104.9 0, {104.9 + 1000 / METRES_A_DEGREE} 0))"
        asked = text(
            "insert into road (source, source_id, ruas_number, name, status, surface, village_code, geom)"
            " values ('uji', :number, :number, 'Ruas Uji ' || :number, 'kabupaten', :surface, :village,"
            " st_geomfromtext(:line, 4326)) returning id"
        )
        with rows.begin() as connection:
            number = number or token_hex(4)
            values = {"surface": surface, "village": village, "line": line, "number": number}
            return int(connection.execute(asked, values).scalar_one())

    return lay


def send(client: FlaskClient, road: int, kind: str, **noted: str) -> TestResponse:
    """Fill in the form of a kind, and send it."""
    assert client.get(f"/jalan/ruas/{road}/survei?kind={kind}").status_code == 200
    return client.post(f"/jalan/ruas/{road}/survei", data={"kind": kind, **WHERE, **noted})


def kept(answer: TestResponse) -> int:
    assert answer.status_code == 303, answer.text
    return int(answer.headers["Location"].split("?")[0].rsplit("/", 1)[1])


@pytest.mark.parametrize(
    ("kind", "noted", "surface", "told"),
    [
        ("sdi", SDI, "aspal", ("Sedang", "SDI 75")),
        ("sdi", {**SDI, "iri": "9"}, "aspal", ("Rusak ringan", "SDI 75")),
        ("sdi", {**SDI, "crack_percent": "35", "crack_width_mm": "2", "potholes": "3", "rut_cm": "4"}, None,
         ("Rusak ringan", "SDI 135")),
        ("iri", {"iri": "5,0"}, "kerikil", ("Baik", "IRI (m/km) 5")),
        ("tti", {"width_m": "4", "pothole": "8"}, "kerikil", ("Rusak ringan", "TTI 90")),
        ("tti", {"width_m": "4"}, "tanah", ("Rusak berat", "TTI 150")),
        ("tti", {"width_m": "5", "structural": "2", "pumping_count": "4", "corner_break_count": "2"}, "beton",
         ("Baik", "TTI 16,26")),
        ("eye", {"condition": "rusak_berat"}, None, ("Rusak berat",)),
    ],
)  # fmt: skip
def test_the_worked_cases_come_out_of_the_form_first_told_then_kept(
    officer: FlaskClient, lay: Callable[..., int], kind: str, noted: dict[str, str], surface: str | None,
    told: tuple[str, ...],
) -> None:  # fmt: skip
    """TTI of concrete over 1,000 m, 5 m wide: 100 · (5000 · 0.075 · 2 + 4 · 15 + 2 · 1.5) / 5000 = 16.26 is baik."""
    road = lay(surface)
    weighed = send(officer, road, kind, weigh="1", **noted)
    assert weighed.status_code == 200
    answer = weighed.text.split('id="kelas"')[1].split("</div>")[0]
    assert all(words in answer for words in (*told, "aturan versi 1", "Belum disimpan"))
    assert "Belum ada yang menyurvei" in officer.get(f"/jalan/ruas/{road}").text
    number = kept(send(officer, road, kind, **noted))
    for page in (officer.get(f"/jalan/survei/{number}").text, officer.get(f"/jalan/ruas/{road}").text):
        assert all(words in page for words in (*told, "versi 1"))


@pytest.mark.parametrize(
    ("kind", "noted", "surface", "told"),
    [
        ("sdi", {**SDI, "to_m": "1500"}, "aspal", "Survei sampai 1500 m, padahal jalan ini 1000 m panjangnya"),
        ("sdi", {**SDI, "from_m": "800", "to_m": "700"}, "aspal", "sebelum meter akhir 700"),
        ("sdi", {**SDI, "surveyed_on": str(date.today() + timedelta(days=2))}, "aspal", "belum tiba"),
        ("sdi", {**SDI, "surveyed_on": ""}, "aspal", "Isi tanggal surveinya"),
        ("sdi", {**SDI, "surveyed_on": "kemarin"}, "aspal", "tahun-bulan-hari"),
        ("sdi", {**SDI, "crack_percent": "101"}, "aspal", "Luas retak (%): paling banyak 100"),
        ("sdi", {**SDI, "potholes": "banyak"}, "aspal", "bukan angka"),
        ("sdi", {**SDI, "rut_cm": ""}, "aspal", "Dalam alur bekas roda (cm): belum diisi"),
        ("sdi", SDI, "kerikil", "SDI hanya untuk aspal"),
        ("tti", {"width_m": "4"}, None, "permukaan jalan ini belum dicatat"),
        ("tti", {"width_m": "0"}, "kerikil", "harus lebih dari 0"),
        ("tti", {"width_m": "4", "rut": "9"}, "kerikil", "tti.shares"),
        ("tti", {"width_m": "4", "pumping_count": "2,5"}, "beton", "bilangan bulat"),
        ("iri", {"iri": "41"}, "aspal", "paling banyak 40"),
        ("eye", {}, "aspal", "Kelas kondisi: belum diisi"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_a_sentence_and_what_was_typed_stays(
    officer: FlaskClient, rows: Engine, lay: Callable[..., int], kind: str, noted: dict[str, str],
    surface: str | None, told: str,
) -> None:  # fmt: skip
    road = lay(surface)
    answer = send(officer, road, kind, **noted)
    assert answer.status_code == 422
    assert told in answer.text
    for name in ("from_m", "to_m", "potholes"):
        if noted.get(name) and 'name="from_m"' in answer.text:
            assert (
                f'name="{name}" inputmode="decimal" maxlength="24" autocomplete="off" value="{noted[name]}"'
                in answer.text
            )
    with rows.connect() as connection:
        asked = text("select count(*) from road_survey where road_id = :road")
        assert connection.scalar(asked, {"road": road}) == 0


def test_bad_input_is_told_in_english_too(officer: FlaskClient, lay: Callable[..., int]) -> None:
    form = {"kind": "sdi", **WHERE, **SDI, "to_m": "1500"}
    answer = officer.post(f"/jalan/ruas/{lay()}/survei?lang=en", data=form)
    assert "The survey goes to 1500 m, but this road is 1000 m long" in answer.text
    officer.get("/jalan/survei?lang=id")


def test_the_form_that_fits_the_surface_comes_first_and_no_other_kind_is_taken(
    officer: FlaskClient, lay: Callable[..., int]
) -> None:
    for surface, kind in (("aspal", "sdi"), ("kerikil", "tti"), ("beton", "tti"), (None, "eye")):
        page = officer.get(f"/jalan/ruas/{lay(surface)}/survei").text
        assert f'name="kind" value="{kind}"' in page
    road = lay()
    for kind in ("work", "metres", "mimpi"):
        assert officer.get(f"/jalan/ruas/{road}/survei?kind={kind}").status_code == 404
        form = {"kind": kind, **WHERE, "condition": "baik", "work": "SPK"}
        assert officer.post(f"/jalan/ruas/{road}/survei", data=form).status_code == 404
    assert officer.get("/jalan/ruas/999999999/survei").status_code == 404
    assert officer.get("/jalan/survei/999999999").status_code == 404
    assert officer.get("/jalan/survei/99999999999999999999").status_code == 404


def test_photos_lose_what_they_tell_and_stand_in_the_history_for_everyone(
    app: Flask, officer: FlaskClient, lay: Callable[..., int], data_dir: Path
) -> None:
    road = lay()
    number = kept(send(officer, road, "sdi", **SDI))
    for _ in range(2):
        photo = (BytesIO(from_a_phone("JPEG")), "jalan.jpg")
        assert officer.post(f"/jalan/survei/{number}/foto", data={"photo": photo}).status_code == 303
    visitor = app.test_client()
    page = visitor.get(f"/jalan/ruas/{road}").text
    shown = re.findall(r"/jalan/survei/foto/(\d+)\.jpg", page)
    assert len(shown) == 2
    for address in (f"/jalan/survei/foto/{shown[0]}.jpg", f"/jalan/survei/foto/{shown[0]}/kecil.jpg"):
        answer = visitor.get(address)
        assert answer.mimetype == "image/jpeg"
        assert b"Exif" not in answer.data and MARK not in answer.data
    assert len(list((data_dir / "files" / "surveys").rglob("*.jpg"))) >= 4
    assert visitor.get("/jalan/survei/foto/999999999.jpg").status_code == 404


@pytest.mark.parametrize(
    ("photo", "told"),
    [(b"GIF89a", "bukan foto"), (b"\xff\xd8\xff" + b"0" * 40, "rusak atau terpotong"), (b"", "kosong")],
)
def test_what_is_no_photo_is_refused(officer: FlaskClient, lay: Callable[..., int], photo: bytes, told: str) -> None:
    number = kept(send(officer, lay(), "sdi", **SDI))
    answer = officer.post(f"/jalan/survei/{number}/foto", data={"photo": (BytesIO(photo), "a.jpg")})
    assert answer.status_code == 422
    assert told in answer.text
    assert "Pilih foto dahulu" in officer.post(f"/jalan/survei/{number}/foto", data={}).text


def test_a_withdrawn_survey_stays_in_the_history_with_its_reason(
    app: Flask, officer: FlaskClient, lay: Callable[..., int]
) -> None:
    road = lay()
    number = kept(send(officer, road, "eye", condition="rusak_berat"))
    again = send(officer, road, "eye", condition="baik")
    assert again.status_code == 422 and "tarik dahulu yang lama" in again.text
    assert officer.post(f"/jalan/survei/{number}/tarik", data={"because": " "}).status_code == 422
    assert officer.post(f"/jalan/survei/{number}/tarik", data={"because": "Salah <ruas>"}).status_code == 303
    page = app.test_client().get(f"/jalan/ruas/{road}").text
    assert "Salah &lt;ruas&gt;" in page
    assert "Belum ada survei yang berlaku" in page
    late = officer.post(f"/jalan/survei/{number}/tarik", data={"because": "lagi"})
    assert late.status_code == 422 and "sudah ditarik" in late.text
    kept(send(officer, road, "eye", condition="baik"))


def test_everybody_reads_the_history_and_only_surveyors_who_it_was(
    app: Flask, rows: Engine, officer: FlaskClient, lay: Callable[..., int]
) -> None:
    road = lay()
    with rows.begin() as connection:
        order = Order(road, "eye", TODAY, "Budi Petugas", {"condition": "baik"})
        number = survey(connection, OFFICER, order, TODAY)
    visitor = app.test_client()
    for address in (f"/jalan/ruas/{road}", f"/jalan/survei/{number}"):
        assert "Budi Petugas" in officer.get(address).text
        page = visitor.get(address)
        assert page.status_code == 200
        assert "Budi Petugas" not in page.text
        assert "/tarik" not in page.text and f"/jalan/ruas/{road}/survei" not in page.text
    assert f'href="/jalan/ruas/{road}"' in visitor.get(f"/layers/roads/{road}").text


def test_nobody_surveys_or_withdraws_beyond_his_area(app: Flask, officer: FlaskClient, lay: Callable[..., int]) -> None:
    road = lay(village="18.03.05.2001", number="R-78")
    number = kept(send(officer, road, "eye", condition="baik"))
    near, far = (staff(app, Grant("officer", area=area)) for area in ("18.03.05", "18.03.06"))
    assert near.get(f"/jalan/ruas/{road}/survei").status_code == 200
    assert far.get(f"/jalan/ruas/{road}/survei").status_code == 403
    form = {"kind": "eye", **WHERE, "condition": "sedang", "from_m": "10"}
    assert far.post(f"/jalan/ruas/{road}/survei", data=form).status_code == 403
    assert far.post(f"/jalan/survei/{number}/tarik", data={"because": "iseng"}).status_code == 403
    photo = (BytesIO(from_a_phone("JPEG")), "a.jpg")
    assert far.post(f"/jalan/survei/{number}/foto", data={"photo": photo}).status_code == 403
    assert "di luar wilayah tugas Anda" in far.get("/jalan/survei?q=r-78").text
    assert f'href="/jalan/ruas/{road}/survei"' in near.get("/jalan/survei?q=r-78").text


def test_a_road_is_found_by_number_or_name_and_one_that_a_work_left_waits(
    rows: Engine, officer: FlaskClient, lay: Callable[..., int]
) -> None:
    road = lay(number="R-77")
    for words in ("R-77", "ruas uji r-7"):
        assert f'href="/jalan/ruas/{road}/survei"' in officer.get("/jalan/survei", query_string={"q": words}).text
    assert "Ruas itu tidak ditemukan" in officer.get("/jalan/survei?q=tidak-ada").text
    with rows.begin() as connection:
        order = Order(road, "work", TODAY, "PPK", {"work": "P-9917", "condition": "baik"})
        survey(connection, ADMINISTRATOR, order, TODAY)
    assert "P-9917" in officer.get("/jalan/survei").text


def test_a_long_history_is_told_in_pages(rows: Engine, officer: FlaskClient, lay: Callable[..., int]) -> None:
    road = lay()
    with rows.begin() as connection:
        for i in range(21):
            order = Order(road, "eye", TODAY - timedelta(days=i), "Budi", {"condition": "baik"})
            survey(connection, OFFICER, order, TODAY)
    first, second = (officer.get(f"/jalan/ruas/{road}?page={page}").text for page in (1, 2))
    assert (first.count('<li id="s'), second.count('<li id="s')) == (20, 1)
    assert officer.get(f"/jalan/ruas/{road}?page=3").status_code == 404


def test_the_class_that_is_told_is_the_one_the_act_finds(
    rows: Engine, officer: FlaskClient, lay: Callable[..., int]
) -> None:
    road = lay("kerikil")
    noted = {"width_m": "4,5", "pothole": "3", "rut": "5", "erosion": "2"}
    inputs = {"width_m": 4.5, "shares": {"pothole": 3, "rut": 5, "erosion": 2}}
    with rows.begin() as connection:
        order = Order(road, "tti", date(2026, 11, 1), "Budi", inputs, 100, 300)
        found, _ = weigh(connection, OFFICER, order, TODAY)
    number = kept(send(officer, road, "tti", **noted, from_m="100", to_m="300"))
    with rows.connect() as connection:
        row = connection.execute(text("select value, metres from road_survey where id = :id"), {"id": number}).one()
    assert (row.value, row.metres) == (found.value, found.metres)
