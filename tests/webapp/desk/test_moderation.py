"""Moderation: the public reads a moderator's words, sees approved photos, and nothing of what was blacked out."""

from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import Engine

from layers.complaints import photos
from layers.complaints.acts import Receipt
from layers.records.actors import Actor, Grant
from layers.records.photos import develop
from tests.layers.records.pictures import on_disk, picture, sent
from tests.webapp.desk.conftest import Report
from tests.webapp.staff import staff
from webapp import uploads


@pytest.fixture
def pictured(app: Flask, report: Report, rows: Engine, tmp_path: Path) -> tuple[str, int]:
    """A case with a photo of 400 by 200 pixels."""
    return with_photo(report(), rows, tmp_path)


def with_photo(mine: Receipt, rows: Engine, data_dir: Path) -> tuple[str, int]:
    with rows.begin() as connection:
        made, reporter = develop(on_disk(sent("JPEG", picture((400, 200))))), Actor(f"reporter:{mine.complaint_id}")
        return mine.number, photos.add_photo(connection, data_dir, reporter, mine.complaint_id, made)


def test_the_public_reads_what_a_moderator_wrote_and_not_what_came_in(app: Flask, report: Report) -> None:
    number = report().number
    verifier, citizen = staff(app, Grant("verifier")), app.test_client()
    told = {"version": "1", "act": "show", "title": "Lubang di Rejosari", "story": "Sedalam lutut"}
    assert verifier.post(f"/meja/{number}/moderasi", data={**told, "title": ""}).status_code == 422
    assert verifier.post(f"/meja/{number}/moderasi", data=told).status_code == 303
    page = citizen.get(f"/laporan/{number}").text
    assert "Lubang di Rejosari" in page and "Sedalam lutut" in page and "Budi" not in page
    assert verifier.post(f"/meja/{number}/moderasi", data={"version": "2", "act": "hide"}).status_code == 303
    assert citizen.get(f"/laporan/{number}").status_code == 404


def test_only_a_verifier_moderates(app: Flask, pictured: tuple[str, int]) -> None:
    number, photo = pictured
    officer = staff(app, Grant("officer"))
    assert officer.post(f"/meja/{number}/moderasi", data={"version": "1", "title": "x"}).status_code == 422
    assert officer.post(f"/meja/{number}/foto/{photo}", data={"version": "1", "act": "show"}).status_code == 422
    assert officer.get(f"/meja/{number}/foto/{photo}/hitamkan").status_code == 403
    assert app.test_client().get(f"/laporan/foto/{photo}.jpg").status_code == 404


def test_a_photo_shows_once_approved_and_is_gone_once_hidden(app: Flask, pictured: tuple[str, int]) -> None:
    number, photo = pictured
    verifier, citizen = staff(app, Grant("verifier")), app.test_client()
    for version, (act, status) in enumerate((("show", 200), ("hide", 404)), start=1):
        verifier.post(f"/meja/{number}/foto/{photo}", data={"version": version, "act": act})
        assert citizen.get(f"/laporan/foto/{photo}.jpg").status_code == status


@pytest.mark.parametrize("visibility", ["public", "secret"])
def test_a_photo_that_is_not_public_is_there_for_those_alone_whose_roles_reach_its_case(
    app: Flask, report: Report, rows: Engine, tmp_path: Path, visibility: str
) -> None:
    photo = with_photo(report(visibility=visibility), rows, tmp_path)[1]
    near = (Grant("officer", "pupr"), Grant("checker", None, "18.03.05"), Grant("agent"))
    beyond = (Grant("officer", "dlh"), Grant("verifier", None, "18.03.06"), Grant("planner"), Grant("administrator"))
    for address in (f"/laporan/foto/{photo}.jpg", f"/laporan/foto/{photo}/kecil.jpg"):
        assert [staff(app, grant).get(address).status_code for grant in near] == [200] * 3
        assert [staff(app, grant).get(address).status_code for grant in beyond] == [404] * 4
        assert app.test_client().get(address).status_code == 404


def test_an_approved_photo_of_a_secret_case_stays_with_those_who_reach_it(
    app: Flask, report: Report, rows: Engine, tmp_path: Path
) -> None:
    number, photo = with_photo(report(visibility="secret"), rows, tmp_path)
    staff(app, Grant("verifier")).post(f"/meja/{number}/foto/{photo}", data={"version": "1", "act": "show"})
    asked = {who: staff(app, Grant("officer", who)).get(f"/laporan/foto/{photo}.jpg") for who in ("pupr", "dlh")}
    assert {who: answer.status_code for who, answer in asked.items()} == {"pupr": 200, "dlh": 404}
    assert app.test_client().get(f"/laporan/foto/{photo}.jpg").status_code == 404


def test_a_photo_of_another_case_is_not_moderated_from_here(
    app: Flask, pictured: tuple[str, int], report: Report
) -> None:
    other, verifier = report().number, staff(app, Grant("verifier"))
    assert verifier.post(f"/meja/{other}/foto/{pictured[1]}", data={"act": "show"}).status_code == 404


def test_what_was_blacked_out_is_black_and_its_file_is_gone(
    app: Flask, pictured: tuple[str, int], tmp_path: Path
) -> None:
    number, photo = pictured
    verifier = staff(app, Grant("verifier"))
    before = {file.name for file in (tmp_path / "files" / "photos").rglob("*.jpg")}
    box = {"version": "1", "left0": "0", "top0": "0", "right0": "50", "bottom0": "99,5"}
    assert verifier.post(f"/meja/{number}/foto/{photo}/hitamkan", data=box).status_code == 303
    after = {file.name for file in (tmp_path / "files" / "photos").rglob("*.jpg")}
    assert len(after) == 2 and before.isdisjoint(after)
    with Image.open(BytesIO(verifier.get(f"/laporan/foto/{photo}.jpg").data)) as image:
        assert max(image.getpixel((100, 100))) < 12  # type: ignore[arg-type]
        assert image.getpixel((390, 100))[0] > 150  # type: ignore[index]


def test_a_moderator_who_comes_second_is_told_so_and_hides_or_blackens_nothing_unseen(
    app: Flask, pictured: tuple[str, int]
) -> None:
    number, photo = pictured
    first, second = staff(app, Grant("verifier")), staff(app, Grant("verifier"))
    hidden = first.post(f"/meja/{number}/foto/{photo}", data={"version": "1", "act": "hide"})
    assert hidden.location.endswith("#foto")
    late = second.post(f"/meja/{number}/foto/{photo}", data={"version": "1", "act": "show"})
    assert late.status_code == 409 and "Foto dimoderasi (Verifikator)" in late.text
    box = {"version": "1", "left0": "0", "top0": "0", "right0": "50", "bottom0": "99,5"}
    late = second.post(f"/meja/{number}/foto/{photo}/hitamkan", data=box)
    assert late.status_code == 409 and 'value="99,5"' in late.text and 'name="version" value="2"' in late.text
    assert app.test_client().get(f"/laporan/foto/{photo}.jpg").status_code == 404


@pytest.mark.parametrize("box", [{}, {"left0": "9"}, {"left0": "60", "top0": "0", "right0": "50", "bottom0": "9"}])
def test_a_box_that_is_none_is_refused_in_words(app: Flask, pictured: tuple[str, int], box: dict[str, str]) -> None:
    number, photo = pictured
    verifier = staff(app, Grant("verifier"))
    answer = verifier.post(f"/meja/{number}/foto/{photo}/hitamkan", data=box)
    assert answer.status_code == 422 and "keempat sisi" in answer.text


def test_a_photo_of_a_result_waits_its_turn_like_those_of_citizens(
    app: Flask, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, officer = report().number, staff(app, Grant("officer"))
    monkeypatch.setattr(uploads, "_places", BoundedSemaphore(1))
    with uploads._places:
        answer = officer.post(f"/meja/{number}/foto", data={"photo": (BytesIO(sent("JPEG")), "hasil.jpg")})
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"
    assert officer.post(f"/meja/{number}/foto", data={}).status_code == 422
    assert officer.post(f"/meja/{number}/foto", data={"photo": (BytesIO(sent("JPEG")), "hasil.jpg")}).status_code == 303
