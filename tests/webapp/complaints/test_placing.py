"""Where it is: pointed out, or only a village by its name; which thing it is about; and what a photo knows of it."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from layers.complaints.acts import move
from layers.records.actors import Actor, Grant
from tests.layers.records.pictures import TAKEN, from_a_phone
from tests.webapp.complaints.conftest import ANSWERS, INSIDE, Send, Write
from tests.webapp.complaints.test_report import OFFICE

VILLAGE = {"lat": "", "lon": "", "village": "18.03.05.2001"}
MIDDLE = {"lat": "-4.8", "lon": "104.9"}  # the point that stands for the village
ABOUT = "titik perkiraan"
VERIFIER = Actor("account:3", (Grant("verifier"),))
ROAD = """
insert into road (source, source_id, name, status, geom) values ('uji', '1', 'Jalan Lintas', 'nasional',
  st_geomfromewkt('SRID=4326;MULTILINESTRING((104.85 -4.8,104.95 -4.8))')) returning id
"""
OTHER_ROAD = ROAD.replace("'1'", "'2'").replace("-4.8,", "-4.85,").replace("-4.8)", "-4.85)")
ELSEWHERE = """
insert into complaint (source, source_id, number, category, kind, state, visibility, moderation, reported_at,
  village_code, precision, geom)
values ('uji', :n, :n, 'jalan_rusak', 'jalan_berlubang', :state, :visibility, 'approved',
  now() - make_interval(hours => :hours), '18.03.05.2001', :precision, st_point(:lon, -4.8, 4326))
"""


@pytest.fixture
def road(rows: Engine) -> Iterator[int]:
    """A national road through the very point that stands for the village."""
    with rows.begin() as connection:
        made = int(connection.scalar(text(ROAD)) or 0)
    yield made
    with rows.begin() as connection:
        connection.execute(text("delete from road"))


def kept(rows: Engine) -> Any:
    with rows.connect() as connection:
        return connection.execute(text("select *, st_x(geom) as lon, st_y(geom) as lat from complaint")).one()


def put(rows: Engine, number: str, hours: int, **different: Any) -> None:
    usual = {"state": "received", "visibility": "public", "precision": "point", "lon": 104.81}
    with rows.begin() as connection:
        connection.execute(text(ELSEWHERE), {"n": number, "hours": hours, **usual, **different})


def attach(client: FlaskClient, **headers: str) -> TestResponse:
    return client.post("/laporan/saya/foto", data={"photo": (BytesIO(from_a_phone("JPEG")), "a.jpg")}, headers=headers)


def test_a_village_from_the_list_tells_of_no_road_and_is_called_approximate(
    app: Flask, reporter: FlaskClient, send: Send, rows: Engine, road: int
) -> None:
    number, _ = send(tempat=VILLAGE)
    row = kept(rows)
    assert (row.precision, row.asset_id, row.authority) == ("village", None, None)
    stranger = app.test_client()
    assert ABOUT in stranger.get(f"/laporan/{number}").text and ABOUT in reporter.get("/laporan/saya").text
    facts = stranger.get(f"/map/facts/complaints/{row.id}.json").json["facts"]
    assert "titik perkiraan, hanya desanya" in [fact["words"] for fact in facts]


def test_the_same_point_on_the_map_is_exact_and_finds_the_road(app: Flask, send: Send, rows: Engine, road: int) -> None:
    number, _ = send(tempat=MIDDLE)
    row = kept(rows)
    assert (row.precision, row.asset_id) == ("point", road)
    assert row.authority == "Balai Pelaksanaan Jalan Nasional"
    page = app.test_client().get(f"/laporan/{number}").text
    assert ABOUT not in page and f'<a href="/layers/roads/{road}">Jalan Lintas</a>' in page


def test_whoever_knows_only_the_village_sees_what_is_open_in_all_of_it_the_newest_first(
    reporter: FlaskClient, write: Write, rows: Engine
) -> None:
    put(rows, "OLD", 9)
    put(rows, "NEW", 2, precision="village")
    put(rows, "SECRET", 1, visibility="secret")
    put(rows, "DONE", 1, state="closed")
    write(until="rincian", tempat=VILLAGE)
    page = reporter.get("/lapor/serupa").text
    assert 0 < page.index("/laporan/NEW/") < page.index("/laporan/OLD/")
    assert "SECRET" not in page and "DONE" not in page and " km ·" not in page and " m ·" not in page


def test_what_is_known_of_the_village_alone_is_not_called_near(
    reporter: FlaskClient, write: Write, rows: Engine
) -> None:
    put(rows, "SOMEWHERE", 1, precision="village", lon=104.9)
    put(rows, "THERE", 2, lon=104.9001)
    write(until="rincian", tempat=MIDDLE)
    page = reporter.get("/lapor/serupa").text
    assert "/laporan/THERE/" in page and "SOMEWHERE" not in page


def begin_about(client: FlaskClient, road: int, place: dict[str, str]) -> None:
    client.post("/lapor", data={"about": f"roads:{road}"})
    client.post("/lapor/tempat", data={**place, "go": "1"})
    client.post("/lapor/patokan", data={"landmark": "dekat masjid", "go": "1"})


def finish(client: FlaskClient) -> str:
    for step in ("jenis", "serupa", "rincian", "siapa", "kontak"):
        client.post(f"/lapor/{step}", data={**ANSWERS.get(step, {}), "go": "1"})
    return str(client.post("/lapor/kirim").location)


def test_a_road_that_has_gone_from_the_map_keeps_no_report_back(app: Flask, rows: Engine, road: int) -> None:
    client = app.test_client()
    begin_about(client, road, INSIDE)
    assert "Jalan Lintas</b>" in client.get("/lapor/jenis").text
    with rows.begin() as connection:
        connection.execute(text("delete from road"))
    assert "Jalan Lintas tidak ada lagi di peta" in client.get("/lapor/jenis").text
    assert finish(client) == "/lapor/terima"
    assert kept(rows).asset_id is None


def test_a_point_far_from_the_road_that_was_clicked_is_not_about_that_road(app: Flask, rows: Engine, road: int) -> None:
    client = app.test_client()
    begin_about(client, road, {"lat": "-4.85", "lon": "104.9"})
    assert "bukan di Jalan Lintas" in client.get("/lapor/jenis").text
    assert finish(client) == "/lapor/terima"
    assert (kept(rows).asset_id, kept(rows).authority) == (None, None)


def test_a_road_that_was_clicked_stays_where_only_its_village_is_told(app: Flask, rows: Engine, road: int) -> None:
    client = app.test_client()
    begin_about(client, road, VILLAGE)
    assert finish(client) == "/lapor/terima"
    assert (kept(rows).asset_id, kept(rows).precision) == (road, "village")


def test_whoever_means_no_road_says_so(app: Flask, rows: Engine, road: int) -> None:
    client = app.test_client()
    begin_about(client, road, {"lat": "-4.8005", "lon": "104.9"})
    assert client.post("/lapor/jenis/lepas").location == "/lapor/jenis"
    page = client.get("/lapor/jenis").text
    assert "Jalan Lintas" not in page and "Pilih jenis masalahnya" not in page
    assert finish(client) == "/lapor/terima"
    assert kept(rows).asset_id is None


def test_whoever_means_no_road_and_stands_on_it_is_heard_while_its_owner_still_handles_it(
    app: Flask, rows: Engine, road: int
) -> None:
    client = app.test_client()
    begin_about(client, road, INSIDE)
    client.post("/lapor/jenis/lepas")
    assert finish(client) == "/lapor/terima"
    row = kept(rows)
    assert (row.asset_id, row.authority) == (None, "Balai Pelaksanaan Jalan Nasional")
    assert "Jalan Lintas" not in app.test_client().get(f"/laporan/{row.number}").text


def test_what_is_not_about_an_office_is_about_the_road_in_front_of_it(app: Flask, rows: Engine, road: int) -> None:
    client = app.test_client()
    with rows.begin() as connection:
        office = connection.scalar(text(OFFICE))
    client.post("/lapor", data={"about": f"offices:{office}"})
    client.post("/lapor/tempat", data={**INSIDE, "go": "1"})
    client.post("/lapor/patokan", data={"landmark": "dekat masjid", "go": "1"})
    client.post("/lapor/jenis/lepas")
    assert finish(client) == "/lapor/terima"
    with rows.begin() as connection:
        connection.execute(text("delete from office"))
    assert (kept(rows).asset_layer, kept(rows).asset_id) == ("roads", road)


def test_a_road_that_was_denied_elsewhere_does_not_hide_the_road_at_the_place(
    app: Flask, rows: Engine, road: int
) -> None:
    client = app.test_client()
    with rows.begin() as connection:
        other = connection.scalar(text(OTHER_ROAD))
    begin_about(client, other, {"lat": "-4.85", "lon": "104.9"})
    for _ in range(2):  # pressed twice
        client.post("/lapor/jenis/lepas")
    client.post("/lapor/tempat", data={**INSIDE, "go": "1"})
    assert finish(client) == "/lapor/terima"
    assert kept(rows).asset_id == road


def test_the_place_of_a_photo_is_offered_and_used_only_when_its_reporter_says_so(
    reporter: FlaskClient, send: Send, rows: Engine
) -> None:
    number, _ = send(tempat=VILLAGE)
    assert attach(reporter).location == "/laporan/saya/letak"
    page = reporter.get("/laporan/saya/letak").text
    assert "Pakai lokasi foto ini?" in page and "Desa Rejosari" in page
    assert (kept(rows).precision, kept(rows).lon) == ("village", 104.9)
    assert reporter.post("/laporan/saya/letak", data={"version": "1"}).location == "/laporan/saya"
    row = kept(rows)
    assert (row.precision, row.version) == ("point", 2)
    assert (row.lon, row.lat) == pytest.approx(TAKEN)
    assert reporter.get("/laporan/saya/letak").location == "/laporan/saya"
    told = text("select detail ->> 'role' from event where subject = :n and act = 'correct_place'")
    with rows.connect() as connection:
        assert connection.scalar(told, {"n": number}) == "reporter"


def test_a_script_learns_where_the_place_of_a_photo_is_offered(reporter: FlaskClient, send: Send) -> None:
    send(tempat=VILLAGE)
    assert attach(reporter, Accept="application/json").json["offer"] == "/laporan/saya/letak"


def test_the_place_of_a_photo_is_not_offered_where_the_report_lies_there_already(
    reporter: FlaskClient, send: Send
) -> None:
    send(tempat={"lon": str(TAKEN[0]), "lat": str(TAKEN[1])})
    assert attach(reporter).location == "/laporan/saya#foto"


def test_the_place_of_a_photo_stands_in_no_address_and_serves_no_other_report(
    app: Flask, reporter: FlaskClient, send: Send, rows: Engine
) -> None:
    send(tempat=VILLAGE)
    answer = attach(reporter)
    assert "104.88" not in answer.location
    stranger = app.test_client()
    assert stranger.get("/laporan/saya/letak").location == "/laporan/saya"
    stranger.post("/laporan/saya/letak")
    assert kept(rows).precision == "village"


def test_once_staff_have_checked_a_report_its_place_stays(reporter: FlaskClient, send: Send, rows: Engine) -> None:
    send(tempat=VILLAGE)
    attach(reporter)
    with rows.begin() as connection:
        move(connection, VERIFIER, kept(rows).id, "dispatched", seen_version=None, target="pupr")
    refused = reporter.post("/laporan/saya/letak", data={"version": "2"})
    assert refused.status_code == 422 and "sudah memeriksa laporan ini" in refused.text
    assert kept(rows).precision == "village"
    assert attach(reporter).location == "/laporan/saya#foto"
