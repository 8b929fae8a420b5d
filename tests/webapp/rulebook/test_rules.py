"""Administrators change who handles what and how long it may take, and try it before a citizen does."""

import re
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.complaints.acts import Submission, submit
from layers.records.actors import VISITOR

RULE = {"position": "5", "kind": "sampah", "area_code": "18.03.05", "agency": "pupr", "source": "M"}
RULE |= {"why": "Di Kotabumi sampah diurus PUPR.", "why_en": "In Kotabumi public works clears waste."}
HERE = {"lat": "-4.8", "lon": "104.9"}


def tried(client: FlaskClient, **asked: str) -> str:
    """What the tester answers."""
    page = client.get("/admin/aturan/coba", query_string={**HERE, **asked}).text
    return page.split('id="jawaban"')[1].split("</div>")[0]


def test_a_rule_is_tried_added_changed_and_removed_and_each_stands_in_the_trail(
    administrator: FlaskClient, rows: Engine
) -> None:
    assert "Lingkungan Hidup" in tried(administrator, kind="tumpukan_sampah")
    assert administrator.post("/admin/aturan/rute/baru", data=RULE).status_code == 303
    answer = tried(administrator, kind="tumpukan_sampah")
    assert RULE["why"] in answer
    number = re.search(r"/admin/aturan/rute/(\d+)", answer)
    assert number
    address = f"/admin/aturan/rute/{number[1]}"
    assert 'value="18.03.05" selected' in administrator.get(address).text
    at_night = {"starts": "22:00", "ends": "05:00", "authority": "Pasar"}
    assert administrator.post(address, data={**RULE, **at_night}).status_code == 303
    assert "Pasar" in tried(administrator, kind="tumpukan_sampah", at="23:30")
    assert RULE["why"] not in tried(administrator, kind="tumpukan_sampah", at="12:00")
    assert administrator.post(f"{address}/hapus").status_code == 303
    assert administrator.get(address).status_code == 404
    with rows.connect() as connection:
        acts = text("select act from event where subject = :s order by id")
        assert connection.scalars(acts, {"s": f"rule:{number[1]}"}).all() == ["keep_rule", "keep_rule", "remove_rule"]


def test_a_rule_whose_area_is_no_more_says_so_and_stays_there(administrator: FlaskClient, rows: Engine) -> None:
    administrator.post("/admin/aturan/rute/baru", data=RULE)
    with rows.begin() as connection:
        renamed = "update complaint_route set area_code = '18.03.99' where area_code = :code returning id"
        number = connection.scalar(text(renamed), {"code": RULE["area_code"]})
    address = f"/admin/aturan/rute/{number}"
    assert "wilayah 18.03.99, yang tidak ada lagi" in administrator.get("/admin/aturan").text
    assert '<option value="18.03.99" selected>' in administrator.get(address).text
    assert administrator.post(address, data={**RULE, "area_code": "18.03.99", "agency": "dlh"}).status_code == 303
    assert RULE["why"] in tried(administrator, kind="tumpukan_sampah")
    assert RULE["why"] not in tried(administrator, kind="tumpukan_sampah", lon="105.9"), "not everywhere now"
    administrator.post(f"{address}/hapus")


@pytest.mark.parametrize(
    "wrong",
    [
        {"agency": "tidak_ada"},
        {"kind": "kucing"},
        {"area_code": "18.03.99"},
        {"asset": "roads:bulan"},
        {"why": ""},
        {"starts": "22:00"},
        {"position": ""},
        {"source": "X"},
    ],
)
def test_a_rule_that_means_nothing_is_refused_and_nothing_typed_is_lost(
    administrator: FlaskClient, rows: Engine, wrong: dict[str, str]
) -> None:
    with rows.connect() as connection:
        before = connection.scalar(text("select count(*) from complaint_route"))
        answer = administrator.post("/admin/aturan/rute/baru", data={**RULE, **wrong})
        assert answer.status_code == 422 and RULE["why_en"] in answer.text
        assert connection.scalar(text("select count(*) from complaint_route")) == before


def test_a_kind_gets_another_agency_and_its_own_days_and_the_next_report_follows(
    administrator: FlaskClient, rows: Engine
) -> None:
    told = {"case_class": "pengaduan", "days": "3", "agency": "pupr", "source": "V"}
    assert administrator.post("/admin/aturan/jenis/pohon", data=told).status_code == 303
    for wrong in ({"agency": "x"}, {"case_class": "x"}, {"days": "0"}):
        assert administrator.post("/admin/aturan/jenis/pohon", data={**told, **wrong}).status_code == 422
    with rows.begin() as connection:
        made = submit(connection, VISITOR, Submission(uuid4(), "pohon", 104.9, -4.8, "Pohon tumbang"))
        kept = text(
            "select agency, (select working_days from complaint_clock where complaint_id = c.id) from complaint c"
        )
        assert tuple(connection.execute(kept).one()) == ("pupr", 3)
        connection.execute(text("delete from complaint where id = :id"), {"id": made.complaint_id})


def test_limits_change_but_are_not_left_empty_where_the_workflow_needs_them(administrator: FlaskClient) -> None:
    assert administrator.post("/admin/aturan/batas/pengaduan", data={"amount": "10"}).status_code == 303
    assert 'id="b-pengaduan" name="amount" inputmode="numeric" maxlength="4" value="10"' in (
        administrator.get("/admin/aturan").text
    )
    for limit, amount in (("hops", ""), ("hops", "0"), ("office_closes", "25"), ("kucing", "3")):
        answer = administrator.post(f"/admin/aturan/batas/{limit}", data={"amount": amount})
        assert answer.status_code == 422, limit


def test_a_text_is_written_changed_and_removed(administrator: FlaskClient) -> None:
    new = {"title": "Sudah ditinjau", "body": "Petugas sudah meninjau."}
    assert administrator.post("/admin/teks", data={**new, "body": " "}).status_code == 422
    assert administrator.post("/admin/teks", data=new).status_code == 303
    page = administrator.get("/admin/teks").text
    name = re.search(r'name="name" value="(teks_\w+)"', page)
    assert name and new["body"] in page
    changed = {**new, "name": name[1], "body": "Petugas meninjau kemarin.", "agency": "pupr"}
    assert administrator.post("/admin/teks", data=changed).status_code == 303
    assert changed["body"] in administrator.get("/admin/teks").text
    assert administrator.post(f"/admin/teks/{name[1]}/hapus").status_code == 303
    assert changed["body"] not in administrator.get("/admin/teks").text


def test_the_tester_goes_by_the_owner_of_the_thing_first(administrator: FlaskClient, rows: Engine) -> None:
    with rows.begin() as connection:
        add = text(
            "insert into road (source, source_id, name, status, geom) values ('uji', 'n1', 'Lintas', 'nasional',"
            " 'SRID=4326;MULTILINESTRING((104.9 -4.8,104.91 -4.8))') returning id"
        )
        road = connection.scalar(add)
    asked = {"kind": "genangan", "about": f"roads:{road}"}
    page = administrator.get("/admin/aturan/coba", query_string=asked).text
    assert f'href="/layers/roads/{road}"' in page.split('id="jawaban"')[1]
    missing = administrator.get("/admin/aturan/coba", query_string={**HERE, "kind": "pohon", "about": "roads:0"})
    assert "tidak ada di peta" in missing.text
    with rows.begin() as connection:
        connection.execute(text("delete from road where id = :id"), {"id": road})


def test_the_tester_asks_for_what_is_missing_and_the_account_leads_here(administrator: FlaskClient) -> None:
    assert "Pilih jenis masalah" in administrator.get("/admin/aturan/coba?kind=pohon").text
    assert administrator.get("/admin/aturan/coba?kind=kucing").status_code == 400
    assert 'href="/admin/aturan"' in administrator.get("/account").text
