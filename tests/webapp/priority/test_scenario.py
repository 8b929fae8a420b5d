"""Planners ask what if: the form keeps all that is typed, the answer says before and after."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from layers.areas.queries import villages
from layers.priority import runs
from layers.priority.answering import answer
from layers.records.actors import Actor, Grant
from tests.webapp.priority.conftest import roads_changed
from tests.webapp.staff import engine_of
from webapp.priority.scenario_places import Places, point


def test_a_scenario_is_asked_for_and_shows_before_and_after_once_worked_out(planner: FlaskClient, app: Flask) -> None:
    offered = planner.get("/skenario").text
    road = re.search(r'name="(road:[^"]+)"', offered)
    assert road
    asked = planner.post("/skenario", data={road[1]: "repair"})
    assert asked.status_code == 303
    assert "Sedang dihitung" in planner.get(asked.location).text
    with engine_of(app).begin() as connection:
        answer(connection, asked.location.rpartition("/")[2])
    told = planner.get(asked.location).text
    assert "Orang yang cukup dekat" in told
    assert "Diperbaiki: " in told
    assert "jalan segala musim (RAI)" in told
    assert planner.post("/skenario", data={}).status_code == 422
    assert planner.post("/skenario", data={road[1]: "dicat"}).status_code == 422
    assert planner.get("/skenario/tidak-ada").status_code == 404


def test_a_scenario_over_old_data_says_so_and_can_be_worked_out_anew(
    planner: FlaskClient, app: Flask, changed: None
) -> None:
    old = planner.post("/skenario", data={"wet": "1"}).location
    run = old.rpartition("/")[2]
    with engine_of(app).begin() as connection:
        answer(connection, run)
        kept = text("select versions -> 'layers' ->> 'roads' from priority_run where id = :id")
        version = connection.scalar(kept, {"id": run})
    assert "Data sudah berubah" not in planner.get(old).text
    with roads_changed(app):
        page = planner.get(old).text
        assert "Data sudah berubah sejak jawaban ini dihitung." in page
        assert 'name="wet" value="1"' in page
        assert planner.post("/skenario", data={"wet": "1", "kind1": "", "at1": ""}).location != old
        file = planner.get(f"{old}/laporan.html").text
    assert f"Jalan {version};" in file
    assert "Data sudah berubah sejak itu." in file
    assert re.search(r"dalam sembilan dari sepuluh goyangan dihemat 0 sampai 0 .* hilang [1-9][\d.]* sampai", file)


def test_in_the_rain_the_season_of_before_is_said_and_an_old_answer_says_what_it_compared(
    planner: FlaskClient, app: Flask
) -> None:
    road = re.search(r'name="road:([^"]+)"', planner.get("/skenario").text)
    assert road
    assert "Sebelum dan sesudah: musim kering." in worked_out(app, planner, {f"road:{road[1]}": "close"})
    assert "Sebelum: musim kering. Sesudah: musim hujan." in worked_out(app, planner, {"wet": "1"})
    told = worked_out(app, planner, {f"road:{road[1]}": "close", "wet": "1"})
    run = runs_of(app)[-1]
    paper = planner.get(f"/skenario/{run}/laporan.html").text
    for page in (told, paper):
        assert "Sebelum dan sesudah: musim hujan." in page
        assert re.search(r"dari musim kering ke musim hujan hilang [1-9][\d.]* orang-menit", page)
    with engine_of(app).begin() as connection:
        kept = {"repair": [], "close": [road[1]], "wet": True, "kind": "", "village": ""}
        old = runs.ask(connection, Actor("account:7", (Grant("planner"),)), "scenario", kept)
        answer(connection, old)
    assert old != run
    page = planner.get(f"/skenario/{old}").text
    assert "Sebelum: musim kering. Sesudah: musim hujan." in page
    assert "Rugi karena hujan ikut terhitung" in page
    assert "Hitung lagi" in page
    assert "Tidak termasuk hujan" not in page


def test_roads_of_others_and_damaged_parts_are_found_by_name_for_a_scenario(planner: FlaskClient, app: Flask) -> None:
    with engine_of(app).connect() as connection:
        for where, act in (("owner = 'provinsi' and unit = 'ruas'", "close"), ("unit = 'bagian'", "repair")):
            chosen = text(f"select source_id, name from road_priority where {where} and name <> '' order by id limit 1")
            row = connection.execute(chosen).one()
            page = planner.get("/skenario", query_string={"q": row.name}).text
            assert f'name="road:{row.source_id}"' in page
            assert planner.post("/skenario", data={f"road:{row.source_id}": act}).status_code == 303
    assert "km " in page


def village_named(app: Flask) -> tuple[str, str, str]:
    """A village as the list of the form calls it, with latitude and longitude of a point in it."""
    with engine_of(app).connect() as connection:
        one = villages(connection)[3]
    return f"{one.kecamatan}: {one.name}", f"{one.lat:.5f}", f"{one.lon:.5f}"


def worked_out(app: Flask, planner: FlaskClient, data: dict[str, str]) -> str:
    asked = planner.post("/skenario", data=data)
    assert asked.status_code == 303, re.findall(r'<a href="#[^"]+">[^<]+', asked.text)
    with engine_of(app).begin() as connection:
        answer(connection, asked.location.rpartition("/")[2])
    return planner.get(asked.location).text


def test_a_tps_and_an_office_are_found_and_moved(planner: FlaskClient, app: Flask) -> None:
    with engine_of(app).begin() as connection:
        asked = text("select name from office where kind = 'puskesmas' and village_code like '18.03.%' limit 1")
        name = connection.scalar(asked)
    tps = re.search(r'name="place:(w:\d+)"', planner.get("/skenario").text)
    office = re.search(r'name="(place:o:\d+)"', planner.get("/skenario", query_string={"q": name}).text)
    assert tps
    assert office
    chosen = {f"place:{tps[1]}": "move", office[1]: "shut", "kind1": "", "at1": ""}
    nowhere = planner.post("/skenario", data=chosen)
    assert nowhere.status_code == 422
    assert "Tulis desa" in nowhere.text
    assert re.search(r'<option value="move" selected>', nowhere.text)
    assert planner.post("/skenario", data={"place:x:1": "shut"}).status_code == 422
    village, lat, lon = village_named(app)
    told = worked_out(app, planner, chosen | {f"to:{tps[1]}": village})
    assert f"Pindah ke {village.partition(': ')[2]}" in told
    assert f"Ditutup: {name}" in told
    assert "Desa yang rugi" in told
    assert f"Pindah ke titik {lat}, {lon}" in worked_out(app, planner, chosen | {f"to:{tps[1]}": f"{lat}, {lon}"})


def test_several_offices_open_in_villages_and_at_points_and_the_scenario_can_be_changed(
    planner: FlaskClient, app: Flask
) -> None:
    village, lat, lon = village_named(app)
    rows = {"kind1": "sma", "at1": village, "kind2": "puskesmas", "at2": f"{lat}, {lon}", "kind3": "", "at3": ""}
    told = worked_out(app, planner, rows)
    assert len(re.findall("<li>Baru: ", told)) == 2
    assert f"titik {lat}, {lon}, Desa" in told
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', told))
    form = planner.post("/skenario", data=again | {"edit": "1"}).text
    assert re.findall(r'name="at\d"[^>]* value="([^"]*)"', form) == [village, f"{lat}, {lon}"]
    assert 'class="spot"' in form  # the point stands on the map
    run = runs_of(app)[-1]
    file = planner.get(f"/skenario/{run}/laporan.html").text
    assert file.count("<li>Baru: ") == 2
    assert re.search(rf'"coordinates": \[{float(lon)}, {float(lat)}\].*?"name": "Puskesmas"', file)
    assert planner.post(f"/skenario/{run}/cetak").status_code == 303


def runs_of(app: Flask) -> list[str]:
    with engine_of(app).connect() as connection:
        kept = text("select id from priority_run where kind = 'scenario' order by made_at")
        return list(connection.scalars(kept))


def test_searching_adding_a_row_and_pressing_the_map_lose_nothing_that_was_typed(planner: FlaskClient) -> None:
    """As a browser without JavaScript sends each button of the form."""
    page = planner.get("/skenario").text
    road, tps = re.findall(r'name="road:([^"]+)"', page)[2], re.findall(r'name="place:(w:\d+)"', page)[0]
    view = re.search(r'name="view" value="([^"]+)"', page)
    assert view
    typed = {f"road:{road}": "close", f"place:{tps}": "move", f"to:{tps}": "", "wet": "1", "view": view[1]}
    typed |= {"kind1": "sma", "at1": "", "q": "zzz"}
    for button in ({"find": "1"}, {"more": "1"}, {"look": view[1]}, {"map328.x": "160", "map328.y": "120"}):
        told = planner.post("/skenario", data=typed | button)
        assert told.status_code == 200
        assert re.search(rf'name="road:{re.escape(road)}">.*?<option value="close" selected', told.text)
        assert re.search(rf'name="place:{tps}">.*?<option value="move" selected', told.text)
        assert re.search(r'name="wet" checked', told.text)
        assert re.search(r'<option value="sma" selected', told.text)
        assert told.text.count('name="kind') == (2 if "more" in button else 1)
    point = re.search(r'name="at1"[^>]* value="(-4\.\d{5}, 10\d\.\d{5})"', told.text)
    assert point  # what opens has its place now; the next press is for the TPS that moves
    told = planner.post("/skenario", data=typed | {"at1": point[1], "map328.x": "150", "map328.y": "130"})
    assert re.search(rf'name="to:{tps}"[^>]* value="-4\.\d{{5}}, 10\d', told.text)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"kind1": "sma", "at1": "Desa Khayalan"}, "bukan desa di kabupaten ini"),
        ({"kind1": "sma", "at1": "-6.2, 106.8"}, "di luar kabupaten ini"),
        ({"kind1": "sma", "at1": ""}, "Tulis desa"),
        ({"kind1": "", "at1": "-4.8, 104.9"}, "Pilih apa yang dibuka"),
        ({"kind1": "kasino", "at1": "-4.8, 104.9"}, "tidak dikenal"),
    ],
)
def test_a_place_that_cannot_be_is_told_in_a_sentence_and_stays_in_its_field(
    planner: FlaskClient, row: dict[str, str], said: str
) -> None:
    told = planner.post("/skenario", data=row)
    assert told.status_code == 422
    assert said in told.text
    assert f'value="{row["at1"]}"' in told.text


def test_of_villages_that_share_a_name_the_one_that_is_meant_is_asked_for(app: Flask) -> None:
    with app.test_request_context("/"), engine_of(app).connect() as connection:
        one = villages(connection)[0]
        other = next(village for village in villages(connection) if village.kecamatan != one.kecamatan)
        rename = text("update area set name = 'Sukakembar' where code = any(:codes)")
        connection.execute(rename, {"codes": [one.code, other.code]})
        places = Places(connection)
        told = places.wrong("sukakembar")
        labels = [f"{village.kecamatan}: Sukakembar" for village in (one, other)]
        assert "beberapa desa" in told
        assert all(label in told for label in labels)
        assert [places.wrong(label) for label in labels] == ["", ""]


def test_the_same_office_twice_in_one_village_is_told_by_the_number_of_its_row(
    planner: FlaskClient, app: Flask
) -> None:
    village, lat, lon = village_named(app)
    rows = {"kind1": "sma", "at1": village, "kind2": "smp", "at2": village, "kind3": "sma", "at3": village.upper()}
    told = planner.post("/skenario", data=rows)
    assert told.status_code == 422
    assert re.findall(r'<a href="#(\w+)">(Baris [^<]+)', told.text) == [("at3", "Baris ini sama dengan baris 1.")]
    assert planner.post("/skenario", data=rows | {"at3": f"{lat}, {lon}"}).status_code == 303


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("-4.81234, 104.88", (104.88, -4.81234)),
        ("-4.81234,104.88", (104.88, -4.81234)),
        ("-4,81; 104,88", (104.88, -4.81)),
        ("104.88 -4.81", (104.88, -4.81)),
        ("4°48'36\"LS 104°52'48\"BT", (104.88, -4.81)),
        ("Panaragan", None),
        ("-4.81", None),
        ("95, 104", None),
    ],
)
def test_a_point_is_read_as_maps_and_clerks_write_it(typed: str, meant: tuple[float, float] | None) -> None:
    assert point(typed) == meant


def test_an_answer_of_the_time_when_all_had_one_village_still_opens(planner: FlaskClient, app: Flask) -> None:
    with engine_of(app).begin() as connection:
        code = connection.scalar(text("select min(code) from area where level = 'desa' and code like '18.03.%'"))
        tps = connection.scalar(
            text("select min(id) from waste_site where kind = 'tps' and village_code like '18.03%'")
        )
        old = {"repair": [], "close": [], "wet": False, "kind": "sma", "village": code, "move": [f"w:{tps}"]}
        run = runs.ask(connection, Actor("account:7", (Grant("planner"),)), "scenario", old)
        answer(connection, run)
        name = connection.scalar(text("select name from area where code = :code"), {"code": code})
    told = planner.get(f"/skenario/{run}").text
    assert re.search(rf"Baru: [^<]+, {name}", told)
    assert f"Pindah ke {name}" in told
    assert "Data sudah berubah" not in told
    assert planner.get(f"/skenario/{run}/laporan.html").status_code == 200
