"""A person tells that there is no signal, later and without a script; it counts as declared by a citizen."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT21:40")
WORD = {"says": "tidak_ada", "at": YESTERDAY, "lat": "-4.81234", "lon": "104.91234", "setuju": "1", "operator": ""}


def rows(kept: Engine) -> list[tuple[object, ...]]:
    asked = "select says, via, down_mbps, st_x(geom), st_y(geom), hour from internet_measurement"
    with kept.connect() as connection:
        return [tuple(row) for row in connection.execute(text(asked))]


def test_a_press_on_the_map_leads_to_the_form_with_a_rounded_place(phone: FlaskClient) -> None:
    asked = phone.get("/internet/sinyal")
    assert "Pilih tempatnya dahulu" in asked.text
    pressed = phone.get("/internet/sinyal?view=104.9,-4.8,10&map328.x=100&map328.y=90")
    assert pressed.status_code == 303
    lat, lon = (part.rpartition("=")[2] for part in pressed.location.partition("?")[2].split("&"))
    assert len(lat.partition(".")[2]) == len(lon.partition(".")[2]) == 3
    page = phone.get(pressed.location).text
    assert "Tidak ada sinyal" in page
    assert 'name="at"' in page


def test_a_village_moves_the_map_and_nothing_else(phone: FlaskClient) -> None:
    page = phone.get("/internet/sinyal?desa=18.03.05.2001").text
    assert "Pilih tempatnya dahulu" in page
    assert "selected>Rejosari" in page


def test_a_word_is_kept_for_its_place_and_hour_and_for_nobody(phone: FlaskClient, kept: Engine) -> None:
    answer = phone.post("/internet/sinyal", data=WORD)
    assert answer.location == "/internet/sinyal?terima=1"
    ((says, via, speed, lon, lat, hour),) = rows(kept)
    assert (says, via, speed, lon, lat) == ("tidak_ada", "seluler", None, 104.912, -4.812)
    assert hour == datetime.fromisoformat(f"{YESTERDAY[:13]}:00+07:00")
    assert "disimpan tanpa nama" in phone.get(answer.location).text


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"setuju": ""}, "Centang dahulu"),
        ({"lat": "", "lon": ""}, "Pilih tempatnya dahulu"),
        ({"lat": "-6.2", "lon": "106.8"}, "di luar wilayah"),
        ({"says": "mungkin"}, "Pilih ada sinyal atau tidak"),
        ({"says": "terukur"}, "tidak masuk akal"),
        ({"at": "kemarin"}, "jam yang sudah lewat"),
        ({"at": "2999-01-01T10:00"}, "jam yang sudah lewat"),
        ({"at": "2001-01-01T10:00"}, "jam yang sudah lewat"),
    ],
)
def test_what_makes_no_sense_is_refused_and_what_was_typed_stays(
    phone: FlaskClient, kept: Engine, different: dict[str, str], words: str
) -> None:
    answer = phone.post("/internet/sinyal", data=WORD | different)
    assert answer.status_code == 422
    assert words in answer.text
    assert rows(kept) == []
    if "at" not in different and "lat" not in different:
        assert f'value="{YESTERDAY}"' in answer.text


def test_a_browser_that_tells_without_end_is_asked_to_wait(phone: FlaskClient) -> None:
    phone.get("/internet/sinyal")
    answers = [phone.post("/internet/sinyal", data={}).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]
