"""Where to build as a planner asks: offices by minutes, TPS and towers by metres, and the page says which."""

import pytest
from flask.testing import FlaskClient

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
