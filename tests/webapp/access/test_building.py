"""Where to build as a planner asks: offices by minutes, TPS and towers by metres, and the page says which."""

import re
from json import dumps

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from layers import db
from layers.records.actors import Grant
from layers.settings import Settings
from tests.webapp.staff import staff
from webapp import create_app

ASKED = {"method": "mclp", "number": "2", "minutes": "30", "mode": "motor", "season": "hujan"}


@pytest.fixture(scope="module")
def planner(staffed_url: str, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    settings = Settings(database_url=staffed_url, data_dir=tmp_path_factory.mktemp("building"))
    return staff(create_app(settings), Grant("planner"))


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"kind": "puskesmas"}, "Terlayani bila sampai dalam 30 menit."),
        ({"kind": "tps"}, "Terlayani bila berjalan kaki paling jauh 1.000 m lewat jalan."),
        ({"kind": "menara", "metres": "5.000"}, "Terlayani bila menara ada dalam 5.000 m"),
    ],
)
def test_the_page_says_what_counts_as_served(planner: FlaskClient, wish: dict[str, str], words: str) -> None:
    sent = planner.post("/jangkauan/bangun", data=ASKED | wish)
    assert sent.status_code == 303
    page = planner.get(sent.headers["Location"])
    assert words in page.text
    assert page.headers["Refresh"] == "3", "it loads anew until the worker has answered"
    assert sent.headers["Location"] in planner.get("/jangkauan/bangun").text


@pytest.mark.parametrize(
    ("address", "standard"),
    [
        ("/sampah/standar", {"id": "river_tpa"}),
        ("/jangkauan/standar", {"kind": "puskesmas", "setting": "desa", "measure": "menit"}),
    ],
)
def test_a_standard_of_seven_and_a_quarter_stays_seven_and_a_quarter_written_with_a_dot_or_a_comma(
    planner: FlaskClient, address: str, standard: dict[str, str]
) -> None:
    for typed in ("7.25", "7,25"):
        kept = planner.post(address, data=standard | {"value": typed, "source": "SK Bupati 12/2026"})
        assert kept.status_code == 303
        assert "7,25 me" in planner.get(address).text
        planner.post(address, data=standard | {"hapus": "1"})


def test_a_planner_of_one_kecamatan_changes_no_standard_of_the_regency(planner: FlaskClient) -> None:
    local = staff(planner.application, Grant("planner", area="18.03.05"))
    sent = {"id": "litres", "value": "3", "source": "SK Camat"}
    assert local.post("/sampah/standar", data=sent).status_code == 403
    sent = {"kind": "puskesmas", "setting": "desa", "measure": "menit", "value": "30", "source": "SK Camat"}
    assert local.post("/jangkauan/standar", data=sent).status_code == 403


@pytest.mark.parametrize(
    "wish", [{"kind": "bank"}, {"kind": "tps", "metres": "jauh"}, {"kind": "menara", "metres": "0"}]
)
def test_nonsense_is_refused_before_it_waits(planner: FlaskClient, wish: dict[str, str]) -> None:
    assert planner.post("/jangkauan/bangun", data=ASKED | wish).status_code == 400


def test_a_budget_without_a_price_is_refused_since_it_would_bind_nothing(planner: FlaskClient) -> None:
    refused = planner.post("/jangkauan/bangun", data=ASKED | {"kind": "puskesmas", "budget": "500.000.000"})
    assert refused.status_code == 400
    assert "Isi juga biaya satu tempat" in refused.text


def test_an_answer_tells_its_day_its_people_and_what_was_not_used(planner: FlaskClient, staffed_url: str) -> None:
    """The answer was given before anybody noted on what it rests: the data may have changed since."""
    wish = ASKED | {"kind": "puskesmas", "method": "lscp", "budget": "5", "capacity": "900"}
    place = planner.post("/jangkauan/bangun", data=wish).headers["Location"]
    answer = {"new": [], "everybody": 9, "before": 9, "after": 9, "gap": 0, "gaining": [], "unserved": []}
    settle(staffed_url, place, answer=dumps(answer | {"people_source": "BPS 2025"}))
    page = planner.get(place).text
    for told in (
        "Dihitung",
        "Datanya sudah berubah sejak itu",
        "Penduduk: BPS 2025.",
        "anggaran yang diisi tidak dipakai",
    ):
        assert told in page
    failed = planner.post("/jangkauan/bangun", data=ASKED | {"kind": "puskesmas"}).headers["Location"]
    settle(staffed_url, failed, problem=dumps({"id": "jalan belum ada.", "en": "no roads."}))
    assert f'href="{place}">Jawaban terakhir yang berhasil' in planner.get(failed).text


def settle(url: str, place: str, **told: str) -> None:
    """Answer a question as the worker does."""
    (column, written), number = *told.items(), int(place.rpartition("/")[2])
    engine = db.connect(url)
    with engine.begin() as connection:
        done = text(f"update siting_question set answered_at = now(), {column} = cast(:told as jsonb) where id = :id")
        connection.execute(done, {"told": written, "id": number})
    engine.dispose()


def test_standards_say_from_when_and_from_whom_their_numbers_are(planner: FlaskClient) -> None:
    assert re.search(r"Belum dihitung;|Dihitung \d", planner.get("/jangkauan/standar").text)
