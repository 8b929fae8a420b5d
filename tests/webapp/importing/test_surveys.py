"""Files of surveys through the page: mapped, tried with kemantapan under each reading, brought in, or refused."""

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.records.actors import Grant
from tests.webapp.importing.conftest import HERE, Send, deliver, form_of
from tests.webapp.staff import staff

Turn = Callable[[int], str]
VILLAGE_ROADS = "Jalan desa Jawa Barat"
HEAD = "kabupaten;no;baik_m;rusak_ringan_m;rusak_sedang_m;rusak_berat_m;total_m\n"
REGISTER = HEAD + "Bekasi;1;300;100;600;;1000\nBekasi;2;1000;;;;1000\nBekasi;9;500;;;;500\nBekasi;2;1;;;;1\n"
LINE = (
    "st_multi(st_makeline(st_setsrid(st_makepoint(104.8, -4.8), 4326), st_setsrid(st_makepoint(104.809, -4.8), 4326)))"
)


@pytest.fixture
def roads(store: Engine) -> Iterator[None]:
    """Two village roads of the register, each about 1 km long."""
    lay = text(f"""insert into road (source, source_id, name, status, surface, village_code, geom)
        select :source, id, 'Jalan ' || id, 'desa', 'aspal', '18.03.05.2001', {LINE}
        from unnest(cast(:ids as text[])) as given (id)""")
    with store.begin() as connection:
        connection.execute(lay, {"source": VILLAGE_ROADS, "ids": ["Bekasi/1", "Bekasi/2"]})
        connection.execute(lay, {"source": "Dinas PUPR", "ids": ["12", "13"]})
    yield
    with store.begin() as connection:
        connection.execute(text("delete from road"))


def conditions(store: Engine) -> dict[str, str]:
    with store.connect() as connection:
        return dict(connection.execute(text("select source_id, condition from road")).all())  # type: ignore[arg-type]


def said(clerk: FlaskClient, number: int, **form: str) -> int:
    return clerk.post(f"{HERE}/{number}/isian", data=form).status_code


def test_a_register_of_village_roads_tells_kemantapan_under_each_reading_before_anything_changes(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine, roads: None
) -> None:
    number = send(REGISTER, "kondisi.csv", "surveys")
    assert turn(number) == "open"
    page = clerk.get(f"{HERE}/{number}", follow_redirects=True).text
    assert "jalan-desa-jabar ✓" in page
    assert said(clerk, number, base="jalan-desa-jabar") == 422, "the register tells no day"
    assert said(clerk, number, base="jalan-desa-jabar", day="2099-01-01") == 422
    assert said(clerk, number, base="jalan-desa-jabar", day="2026-06-30") == 303
    assert turn(number) == "tried"
    told = clerk.get(f"{HERE}/{number}").text
    assert "<b>4</b> baris dibaca" in told and "<b>2</b> survei baru" in told and "<b>2</b> ditolak" in told
    assert "belum ada di peta" in told and "sudah dipakai baris lain" in told
    # all rows with numbers: 1800 m good, 100 lightly, 600 moderately damaged; what went in lacks the road of 500 m
    readings = {"urutan": (1900 / 2500, 1400 / 2000), "sebutan": (2400 / 2500, 1900 / 2000)}
    for name, shares in readings.items():
        row = told.partition(f'<th scope="row">{name} ')[2].partition("</tr>")[0]
        assert all(f"{100 * share:.1f}".replace(".", ",").removesuffix(",0") + " %" in row for share in shares), (
            name,
            row,
        )
    assert set(conditions(store).values()) == {"belum_disurvei"}
    assert clerk.get(f"{HERE}/{number}/ditolak").text.count("\n") == 3


def test_the_columns_of_each_sheet_can_be_chosen_whatever_mapping_the_address_names(
    send: Send, turn: Turn, clerk: FlaskClient, roads: None, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("lain")
    for row in (("ruas", "kerataan"), ("12", 3.5)):
        first.append(row)
    for row in (("catatan", "no"), ("mulus", "12")):
        second.append(row)
    book.save(tmp_path / "iri.xlsx")
    number = send((tmp_path / "iri.xlsx").read_bytes(), "iri.xlsx", "surveys")
    assert turn(number) == "open"
    chosen = {"base": "x", "part": first.title, "c0": "@ruas", "c1": "iri", "source": "Dinas PUPR", "officer": "Tim"}
    refused = clerk.post(f"{HERE}/{number}/isian", data=chosen)
    assert refused.status_code == 422 and form_of(refused.text)["c1"] == "iri", "no day; what was chosen stays"
    assert said(clerk, number, **chosen, day="2026-05-01") == 303
    assert turn(number) == "tried"
    again = form_of(clerk.get(f"{HERE}/{number}/isian?part={first.title}&base=x").text)
    other = form_of(clerk.get(f"{HERE}/{number}/isian?part=lain&base=jalan-desa-jabar").text)
    assert (again["c0"], again["c1"], again["officer"]) == ("@ruas", "iri", "Tim")
    assert (other["base"], other["c0"], other["c1"]) == ("-", "", ""), "a mapping for other columns, and other columns"


def test_surveys_go_in_once_and_the_condition_of_their_roads_follows(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine, roads: None
) -> None:
    number = send(REGISTER, "kondisi.csv", "surveys")
    assert turn(number) == "open"
    assert said(clerk, number, base="jalan-desa-jabar", day="2026-06-30") == 303
    assert turn(number) == "tried"
    assert clerk.post(f"{HERE}/{number}/masuk").status_code == 303
    assert turn(number) == "taken"
    assert conditions(store)["Bekasi/1"] == "rusak_ringan" and conditions(store)["Bekasi/2"] == "baik"
    page = clerk.get(f"{HERE}/{number}").text
    assert "Berkas sudah masuk" in page and 'href="/jalan/kemantapan"' in page and "sebutan" in page
    with store.connect() as connection:
        asked = text("select actor, subject, detail from event where act = 'import_surveys' order by id desc limit 1")
        event = connection.execute(asked).one()
    assert event.actor.startswith("account:") and event.subject == "kondisi.csv"
    assert (event.detail["came"], event.detail["added"]) == (4, 2)


def test_a_clerk_says_which_column_is_the_road_and_which_its_roughness(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine, roads: None
) -> None:
    number = send("ruas;kerataan;catatan\n12;3,5;mulus\n13;14,2;\n14;5;\n15;;kosong\n", "iri.csv", "surveys")
    assert turn(number) == "open"
    chosen = {"base": "-", "c0": "@ruas", "c1": "iri", "source": "Dinas PUPR", "officer": "Tim", "day": "2026-05-01"}
    for lacking in ("c0", "c1", "source", "officer", "day"):
        assert said(clerk, number, **{**chosen, lacking: ""}) == 422, lacking
    assert said(clerk, number, **{**chosen, "c2": "baik"}) == 422, "metres and IRI are different surveys"
    assert said(clerk, number, **{**chosen, "c2": "rut_cm"}) == 422, "a part of SDI alone"
    assert said(clerk, number, **chosen) == 303
    assert turn(number) == "tried"
    told = clerk.get(f"{HERE}/{number}").text
    assert "<b>2</b> survei baru" in told and "<b>2</b> ditolak" in told and "IRI (kerataan)" in told
    clerk.post(f"{HERE}/{number}/masuk")
    assert turn(number) == "taken"
    found = conditions(store)
    assert (found["12"], found["13"]) == ("baik", "rusak_berat")


SDI_COLUMNS = {"c0": "@ruas", "c1": "crack_percent", "c2": "crack_width_mm", "c3": "potholes", "c4": "rut_cm"}


def test_a_road_without_damage_is_a_survey_too_and_potholes_count_along_the_metres_of_their_column(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine, roads: None
) -> None:
    """Eight potholes are 80 a km on 100 m, which is taken where no column is chosen, and 8 a km on 1 km."""
    file = "ruas;luas;lebar;lubang;alur;panjang\n12;0;0;0;0;1000\n13;0;0;8;0;1000\n"
    chosen = {**SDI_COLUMNS, "base": "-", "source": "Dinas PUPR", "officer": "Tim", "day": "2026-05-01"}
    for more, found in (({}, "rusak_berat"), ({"c5": "over_m"}, "baik")):
        number = send(file, "sdi.csv", "surveys")
        assert turn(number) == "open"
        assert said(clerk, number, **{**chosen, "c3": "", "c5": "over_m"}) == 422, "nothing is counted over it"
        assert said(clerk, number, **chosen, **more) == 303
        assert turn(number) == "tried"
        clerk.post(f"{HERE}/{number}/masuk")
        assert turn(number) == "taken"
        assert (conditions(store)["12"], conditions(store)["13"]) == ("baik", found)
    number = send(file.replace("13;0;0;8;0;1000", "13;0;0;8;0;"), "sdi.csv", "surveys")
    assert turn(number) == "open"
    assert said(clerk, number, **chosen, c5="over_m") == 303
    assert turn(number) == "tried"
    assert "Kolom panjang kosong" in clerk.get(f"{HERE}/{number}").text


def test_a_file_of_segments_is_refused_whole_since_no_segment_speaks_for_its_road(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine, roads: None
) -> None:
    number = send("ruas;kerataan\n12;3,5\n12;14\n12;15\n13;4\n", "segmen.csv", "surveys")
    assert turn(number) == "open"
    chosen = {"base": "-", "c0": "@ruas", "c1": "iri", "source": "Dinas PUPR", "officer": "Tim", "day": "2026-05-01"}
    assert said(clerk, number, **chosen) == 303
    assert turn(number) == "open"
    assert "satu baris tiap ruas" in clerk.get(f"{HERE}/{number}", follow_redirects=True).text
    assert {conditions(store)[road] for road in ("12", "13")} == {"belum_disurvei"}


def test_a_file_that_is_no_table_is_refused_and_a_checker_may_not_send_one(
    app: Flask, send: Send, turn: Turn, clerk: FlaskClient
) -> None:
    number = send(b"II*\x00 bukan tabel", "survei.csv", "surveys")
    assert turn(number) == "refused"
    assert "ditolak" in clerk.get(f"{HERE}/{number}").text
    assert deliver(staff(app, Grant("checker")), REGISTER, "kondisi.csv", "surveys").status_code == 403


def test_who_has_lost_the_role_meanwhile_brings_no_surveys_in(
    app: Flask, turn: Turn, store: Engine, roads: None
) -> None:
    planner = staff(app, Grant("planner"))
    sent = deliver(planner, REGISTER, "kondisi.csv", "surveys")
    number = int(sent.headers["Location"].rpartition("/")[2])
    assert turn(number) == "open"
    assert said(planner, number, base="jalan-desa-jabar", day="2026-06-30") == 303
    assert turn(number) == "tried"
    planner.post(f"{HERE}/{number}/masuk")
    with store.begin() as connection:
        owner = connection.scalar(text("select actor from upload where id = :id"), {"id": number})
        gone = text("delete from account_grant where account_id = :id")
        connection.execute(gone, {"id": int(str(owner).partition(":")[2])})
    assert turn(number) == "open"
    assert set(conditions(store).values()) == {"belum_disurvei"}
