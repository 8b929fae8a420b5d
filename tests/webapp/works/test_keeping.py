"""An agency keeps its works: from the form of a proposal to photos, documents and the last step."""

import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.records.actors import Actor, Grant
from layers.roads.acts import Order, survey
from tests.layers.records.pictures import from_a_phone
from tests.webapp.staff import staff
from tests.webapp.works.conftest import send

ACTIVE = b"%PDF-1.7 /JavaScript %%EOF"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_a_work_goes_all_the_way_by_its_forms(coordinator: FlaskClient, work: int, rows: Engine, road: int) -> None:
    today = date.today()
    contract = {"contract_number": "600/1", "contract_on": str(today - timedelta(30)), "contractor": "CV Uji"}
    contract |= {"contract_value": "Rp1.000.000.000", "planned_end": str(today + timedelta(30))}
    steps: list[tuple[str, dict[str, object]]] = [
        ("tahap", {"to": "planned"}),
        ("tahap", {"to": "budgeted", "budget": "1.200.000.000", "fund": "dak", "year": "2026"}),
        ("tahap", {"to": "contracted", **contract}),
        ("tahap", {"to": "under_way", "started_on": str(today - timedelta(20))}),
        ("kemajuan", {"day": str(today), "percent": "45,5", "spent": "300.000.000", "note": "Badan jalan jadi"}),
        ("perubahan", {"changed_on": str(today), "value": "1100000000", "reason": "Tambah gorong-gorong"}),
        ("foto", {"photo": (BytesIO(from_a_phone("JPEG")), "hasil.jpg")}),
        ("dokumen", {"kind": "contractSigned", "title": "Kontrak", "document": (BytesIO(PDF), "k.pdf")}),
        ("dokumen", {"kind": "tenderNotice", "title": "Tender", "url": "https://lpse.example.go.id/1"}),
    ]
    for act, form in steps:
        answer = send(coordinator, work, act, **form)
        assert answer.status_code == 303, answer.text
    finished = {"to": "finished", "finished_on": str(today), "public_text": "Sudah mulus.", "condition": "baik"}
    answer = send(coordinator, work, "tahap", **finished)
    assert "1 ruas berganti kondisi dan menunggu survei." in answer.text
    public = coordinator.get(f"/pekerjaan/{work}").text
    for told in ("Rp1.100.000.000", "Tambah gorong-gorong", "Badan jalan jadi", "lpse.example.go.id", "Sudah mulus."):
        assert told in public
    with rows.connect() as connection:
        kept = connection.execute(text("select stage, spent, progress from work where id = :id"), {"id": work}).one()
        survey = connection.execute(text("select kind, to_m from road_survey where road_id = :id"), {"id": road}).one()
    assert tuple(kept) == ("finished", 300_000_000, 100)
    assert tuple(survey) == ("work", 500)


def test_photos_lose_what_they_tell_and_documents_are_only_downloaded(
    app: Flask, coordinator: FlaskClient, work: int, rows: Engine
) -> None:
    send(coordinator, work, "foto", photo=(BytesIO(from_a_phone("JPEG")), "a.jpg"))
    send(coordinator, work, "dokumen", kind="projectPlan", title="Rencana", document=(BytesIO(PDF), "r.pdf"))
    with rows.connect() as connection:
        photo = connection.scalar(text("select max(id) from work_photo"))
        document = connection.scalar(text("select max(id) from work_document where name is not null"))
    visitor = app.test_client()
    shown = visitor.get(f"/pekerjaan/foto/{photo}.jpg")
    assert shown.mimetype == "image/jpeg"
    assert b"Exif" not in shown.data
    sent = visitor.get(f"/pekerjaan/dokumen/{document}.pdf")
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in sent.headers["Content-Security-Policy"]


def test_a_document_of_five_megabytes_is_kept_as_it_is(coordinator: FlaskClient, work: int, rows: Engine) -> None:
    scanned = PDF.replace(b"<<>>", b"<<>>" + b" " * 5_000_000, 1)
    answer = send(
        coordinator, work, "dokumen", kind="projectPlan", title="Pindai", document=(BytesIO(scanned), "p.pdf")
    )
    assert answer.status_code == 303, answer.text
    with rows.connect() as connection:
        document = connection.scalar(text("select max(id) from work_document where title = 'Pindai'"))
    assert coordinator.get(f"/pekerjaan/dokumen/{document}.pdf").data == scanned


def test_what_is_wrong_is_told_and_what_was_typed_stays(coordinator: FlaskClient, work: int) -> None:
    cases: list[tuple[str, dict[str, object], str]] = [
        ("tahap", {"to": "finished"}, "tidak bisa langsung"),
        ("dokumen", {"kind": "projectPlan", "title": "X", "url": "javascript:alert(1)"}, "dimulai dengan https"),
        ("dokumen", {"kind": "projectPlan", "title": "X", "document": (BytesIO(b"MZ"), "x.pdf")}, "bukan PDF"),
        (
            "dokumen",
            {"kind": "projectPlan", "title": "X", "document": (BytesIO(PDF + b"/JavaScript %%EOF"), "x.pdf")},
            "program",
        ),
        ("foto", {"photo": (BytesIO(b"GIF89a"), "a.gif")}, "bukan foto"),
        ("ruas", {"road": "999999"}, "tidak ada di peta"),
        ("laporan", {"number": "LP-2026-999999"}, "tidak ada"),
        ("kemajuan", {"percent": "banyak"}, "bukan angka"),
    ]
    for act, form, told in cases:
        answer = send(coordinator, work, act, **form)
        assert answer.status_code == 422, answer.text
        assert told in answer.text
    send(coordinator, work, "tahap", to="planned")
    late = coordinator.post(f"/pekerjaan/{work}/kelola/tahap", data={"version": "1", "to": "budgeted", "budget": "77"})
    assert late.status_code == 409
    assert 'value="77"' in late.text


def test_other_agencies_and_roles_stay_out(app: Flask, work: int) -> None:
    other = staff(app, Grant("coordinator", "dlh"))
    assert other.get(f"/pekerjaan/{work}/kelola").status_code == 403
    assert other.post(f"/pekerjaan/{work}/kelola/tahap", data={"to": "planned"}).status_code in (403, 422, 409)
    assert f"/pekerjaan/{work}/kelola" not in other.get("/pekerjaan/kelola").text
    assert f"/pekerjaan/{work}/kelola" in staff(app, Grant("planner")).get("/pekerjaan/kelola").text


def test_a_shape_or_a_point_will_do_as_well(coordinator: FlaskClient, tmp_path: Path, rows: Engine) -> None:
    form = {"name": "TPS3R", "kind": "persampahan", "agency": "pupr"}
    square = '{"type":"Polygon","coordinates":[[[104.9,0],[104.901,0],[104.901,0.001],[104.9,0]]]}'
    for place in ({"shape": square}, {"lat": "-4.8", "lon": "104.9"}):
        assert coordinator.post("/pekerjaan/baru", data=form | place).status_code == 303
    nowhere = coordinator.post("/pekerjaan/baru", data=form)
    assert nowhere.status_code == 422
    assert "Pilih dahulu tempatnya" in nowhere.text
    with rows.connect() as connection:
        kinds = connection.scalars(text("select geometrytype(geom) from work where name = 'TPS3R' order by id")).all()
    assert kinds == ["POLYGON", "POINT"]


def test_what_a_file_has_said_is_finished_is_followed_up_from_its_page(
    coordinator: FlaskClient, work: int, rows: Engine
) -> None:
    with rows.begin() as connection:
        told = "update work set stage = 'finished', finished_on = current_date - 1 where id = :id"
        connection.execute(text(told), {"id": work})
    road = re.search(r'href="/layers/roads/(\d+)"', coordinator.get(f"/pekerjaan/{work}/kelola").text)
    assert road
    send(coordinator, work, "ruas", road=road[1], from_m="600", to_m="700")
    assert "belum dikabari" not in coordinator.get(f"/pekerjaan/{work}/kelola").text
    with rows.begin() as connection:
        reader = connection.scalar(text("insert into reader (email_hash) values ('file') returning id"))
        follow = text("insert into work_follower (work_id, reader_id) values (:work, :reader)")
        connection.execute(follow, {"work": work, "reader": reader})
    page = coordinator.get(f"/pekerjaan/{work}/kelola").text
    assert "yang mengikuti pekerjaan ini belum dikabari" in page
    assert "belum dinyatakan kondisinya" in page
    words = {"public_text": "Sudah mulus.", "condition": "baik"}
    lacking = send(coordinator, work, "tindak-lanjut", **words)
    assert "tuliskan mengapa tidak ada foto" in lacking.text
    assert "Sudah mulus." in lacking.text
    done = send(coordinator, work, "tindak-lanjut", exemption="Kamera rusak", **words)
    assert "1 ruas berganti kondisi dan menunggu survei." in done.text
    after = coordinator.get(f"/pekerjaan/{work}/kelola").text
    assert "Tindak lanjut selesainya" not in after
    assert "Selesainya ditindaklanjuti" in after


def test_the_form_asks_for_a_class_also_where_the_road_was_surveyed_after_the_day_that_a_file_told(
    coordinator: FlaskClient, work: int, rows: Engine, road: int
) -> None:
    today = date.today()
    with rows.begin() as connection:
        told = "update work set stage = 'finished', finished_on = current_date - 3 where id = :id"
        connection.execute(text(told), {"id": work})
        reader = connection.scalar(text("insert into reader (email_hash) values ('since') returning id"))
        follow = text("insert into work_follower (work_id, reader_id) values (:work, :reader)")
        connection.execute(follow, {"work": work, "reader": reader})
        seen = Order(road, "eye", today - timedelta(1), "Petugas", {"condition": "sedang"}, 0, 600)
        survey(connection, Actor("account:3", (Grant("officer"),)), seen, today)
    page = coordinator.get(f"/pekerjaan/{work}/kelola").text
    assert "belum dinyatakan kondisinya" not in page
    assert 'name="condition"' in page
    words = {"public_text": "Sudah mulus.", "exemption": "Kamera rusak", "finished_on": str(today)}
    assert "Pilih kondisi jalan" in send(coordinator, work, "tindak-lanjut", **words).text
