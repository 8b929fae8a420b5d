"""Letters say how far a complaint is in words anyone understands; of a secret one they say nothing but the number."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.complaints.acts import change_category, move
from layers.complaints.letters import NEWS, Writer
from layers.complaints.workflow import STATES
from layers.records.mail import Letter
from tests.layers.complaints.conftest import MONDAY, VERIFIER, Report, row

SITE = "https://peta.contoh.test"


def letter(connection: Connection, folder: Path, recipient: str, kind: str) -> Letter:
    """Word the latest message of a kind to a recipient."""
    latest = text("select * from outbox where recipient = :r and kind = :k order by id desc limit 1")
    message = connection.execute(latest, {"r": recipient, "k": kind}).one()
    written = Writer(SITE, folder)(connection, message)
    assert written is not None
    return written


def turn_down(connection: Connection, complaint: int) -> None:
    move(connection, VERIFIER, complaint, "rejected", seen_version=None, now=MONDAY, reason="Sudah diperbaiki kemarin.")


def test_every_state_has_words() -> None:
    assert set(NEWS) == {state.id for state in STATES}


def test_the_reporter_reads_what_staff_asks(report: Report, place: Connection, tmp_path: Path) -> None:
    mine = report()
    question = "Di depan rumah nomor berapa?"
    move(place, VERIFIER, mine.complaint_id, "needs_info", seen_version=None, now=MONDAY, reason=question)
    written = letter(place, tmp_path, f"reporter:{mine.complaint_id}", "moved")
    assert written.subject == f"Laporan {mine.number}: perlu kelengkapan"
    assert question in written.text
    assert f"{SITE}/laporan/{mine.number}\n" in written.text


def test_the_agency_is_told_what_it_gets_and_where_to_sign_in(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = report(description="Tanda rahasia pelapor")
    move(place, VERIFIER, mine.complaint_id, "dispatched", seen_version=None, now=MONDAY, target="pupr")
    written = letter(place, tmp_path, "agency:pupr", "handed_over")
    assert mine.number in written.subject
    assert "Batas waktu:" in written.text
    assert f"{SITE}/account/sign-in" in written.text
    assert "Tanda rahasia pelapor" not in written.text


def test_a_reporter_learns_of_which_kind_his_report_is_now_and_until_when(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = report()
    change_category(place, VERIFIER, mine.complaint_id, "usul_saran", seen_version=None, now=MONDAY)
    change_category(place, VERIFIER, mine.complaint_id, "antrean", seen_version=None, now=MONDAY)
    written = letter(place, tmp_path, f"reporter:{mine.complaint_id}", "sorted")
    assert written.subject == f"Laporan {mine.number}: jenisnya diubah"
    due_on = row(place, mine.complaint_id).due_on
    assert "menjadi “Antrean terlalu lama”" in written.text and f"sekarang {due_on.day} Maret 2026." in written.text


def test_of_a_secret_complaint_no_letter_says_of_which_kind_it_is(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = report(visibility="secret")
    change_category(place, VERIFIER, mine.complaint_id, "pungutan_liar", seen_version=None, now=MONDAY)
    written = letter(place, tmp_path, f"reporter:{mine.complaint_id}", "sorted")
    assert "mengubah jenis laporan ini." in written.text and "biaya" not in written.text


def test_a_reporter_learns_why_it_was_turned_down(report: Report, place: Connection, tmp_path: Path) -> None:
    mine = report().complaint_id
    turn_down(place, mine)
    assert "Sudah diperbaiki kemarin." in letter(place, tmp_path, f"reporter:{mine}", "moved").text


def test_of_a_secret_complaint_no_word_is_sent_through_the_open(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = report(visibility="secret")
    turn_down(place, mine.complaint_id)
    written = letter(place, tmp_path, f"reporter:{mine.complaint_id}", "moved")
    assert "Sudah diperbaiki kemarin." not in written.text
    assert f"/laporan/{mine.number}" not in written.text
    assert f"{SITE}/laporan/kode" in written.text


@pytest.mark.parametrize("visibility", ["public", "anonymous", "secret"])
def test_nothing_that_the_reporter_wrote_is_in_a_letter(
    visibility: str, report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = report(visibility=visibility, description="Tanda uraian", place_note="Tanda patokan").complaint_id
    assert "Tanda" not in letter(place, tmp_path, f"reporter:{mine}", "received").text


def test_a_complaint_that_is_gone_is_told_to_nobody(report: Report, place: Connection, tmp_path: Path) -> None:
    report()
    place.execute(text("update outbox set subject = 'LP-1999-000001'"))
    assert Writer(SITE, tmp_path)(place, place.execute(text("select * from outbox")).one()) is None
