"""A phone measures itself: it is told before what that costs, agrees, and leaves nothing of whom it belongs to."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

RESULT = {
    "via": "seluler",
    "operator": "Operator A",
    "setuju": "1",
    "lat": "-4.80049",
    "lon": "104.90051",
    "down_mbps": "7.25",
    "up_mbps": "1.5",
    "latency_ms": "48",
}


def rows(kept: Engine) -> list[dict[str, object]]:
    asked = "select *, st_x(geom) as lon, st_y(geom) as lat from internet_measurement"
    with kept.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(text(asked))]


def test_the_page_tells_beforehand_how_much_data_it_uses_and_what_is_kept(phone: FlaskClient) -> None:
    page = phone.get("/internet/ukur").text
    assert "paling banyak 1,25 MB" in page
    assert "Nama, nomor, alamat internet, dan ponsel saya tidak disimpan" in page
    assert "noscript" in page
    assert "/internet/sinyal" in page
    part, parts = (int(re.search(rf'data-{name}="(\d+)"', page)[1]) for name in ("part", "parts"))
    assert (parts + 1) * part == 1_250_000


def test_what_is_loaded_is_as_large_as_said_and_cannot_be_squeezed_or_kept(phone: FlaskClient) -> None:
    first, second = (phone.get("/internet/uji/unduh", headers={"Accept-Encoding": "gzip, br"}) for _ in range(2))
    assert len(first.data) == 250_000
    assert first.data != second.data
    assert "Content-Encoding" not in first.headers
    assert first.headers["Cache-Control"] == "no-store"
    assert phone.get("/internet/uji/denyut").status_code == 204


def test_what_is_sent_is_thrown_away_and_too_much_is_refused(phone: FlaskClient) -> None:
    assert phone.post("/internet/uji/unggah", data=b"\0" * 250_000).status_code == 204
    refused = phone.post("/internet/uji/unggah", data=b"\0" * 250_001)
    assert refused.status_code == 413
    assert "250000 byte" in refused.text


def test_a_result_is_kept_without_anything_that_tells_who_sent_it(phone: FlaskClient, kept: Engine) -> None:
    answer = phone.post("/internet/ukur", data=RESULT, environ_base={"REMOTE_ADDR": "198.51.100.77"})
    assert answer.status_code == 303
    (row,) = rows(kept)
    assert (row["says"], row["via"], row["operator"], row["down_mbps"]) == ("terukur", "seluler", "Operator A", 7.25)
    assert (row["lon"], row["lat"]) == (104.901, -4.8), "a hundred metres, however exact it was sent"
    assert (row["hour"].minute, row["hour"].second) == (0, 0)  # type: ignore[attr-defined]
    assert set(row) == {
        *("id", "says", "via", "operator", "down_mbps", "up_mbps", "latency_ms", "hour", "geom", "lon", "lat")
    }
    with kept.connect() as connection:
        event = connection.execute(text("select * from event where act = 'measure' order by id desc limit 1")).one()
    assert "104.9" not in str(event.detail)
    assert (event.actor, event.detail) == ("visitor", {"says": "terukur", "via": "seluler"})


def test_the_result_is_told_in_words(phone: FlaskClient) -> None:
    page = phone.get(phone.post("/internet/ukur", data=RESULT).location).text
    assert "Unduhan 7,25 Mbps" in page
    assert "Ada internet." in page
    assert "48 milidetik" in page
    assert "Tidak ada internet." in phone.get("/internet/ukur/hasil?down_mbps=0.05").text
    assert "Internet lemah." in phone.get("/internet/ukur/hasil?down_mbps=0.5").text


def test_an_operator_that_nobody_knows_is_left_out(phone: FlaskClient, kept: Engine) -> None:
    phone.post("/internet/ukur", data=RESULT | {"operator": "milik Budi, 0812"})
    (row,) = rows(kept)
    assert row["operator"] is None


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"setuju": ""}, "Centang dahulu"),
        ({"lat": "", "lon": ""}, "Tempatnya belum diketahui"),
        ({"lat": "-6.2", "lon": "106.8"}, "di luar wilayah"),
        ({"down_mbps": "cepat"}, "tidak masuk akal"),
        ({"down_mbps": "nan"}, "tidak masuk akal"),
        ({"down_mbps": "-3"}, "tidak masuk akal"),
        ({"up_mbps": "1e9"}, "tidak masuk akal"),
        ({"latency_ms": "-1"}, "tidak masuk akal"),
        ({"via": "satelit"}, "lewat apa"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence_and_not_kept(
    phone: FlaskClient, kept: Engine, different: dict[str, str], words: str
) -> None:
    answer = phone.post("/internet/ukur", data=RESULT | different)
    assert answer.status_code == 422
    assert words in answer.text
    assert rows(kept) == []


@pytest.mark.parametrize("address", ["/internet/ukur/hasil", "/internet/ukur/hasil?down_mbps=x"])
def test_a_result_without_numbers_is_refused(phone: FlaskClient, address: str) -> None:
    assert phone.get(address).status_code == 400


def test_a_place_that_is_none_is_refused(phone: FlaskClient) -> None:
    assert phone.post("/internet/ukur", data=RESULT | {"lat": "95"}).status_code == 400


def test_a_browser_that_measures_without_end_is_asked_to_wait(phone: FlaskClient) -> None:
    phone.get("/internet/ukur")
    answers = [phone.post("/internet/uji/unggah", data=b"a").status_code for _ in range(21)]
    assert answers == [204] * 20 + [429]
