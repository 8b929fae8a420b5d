"""A complaint comes in: once, with a number, an agency, a deadline, and nothing public that nobody has read."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from layers.complaints import queries
from layers.complaints.acts import Submission, submit
from layers.complaints.refusals import ActRefusedError
from layers.records.actors import VISITOR
from tests.layers.complaints.conftest import MONDAY, Report

MINUTE = timedelta(minutes=1)


def test_a_report_gets_the_next_number_of_its_year(report: Report) -> None:
    first, second = report(), report()
    assert first.number.startswith("LP-2026-")
    assert int(second.number[-6:]) > int(first.number[-6:])
    assert report(datetime(2027, 1, 4, tzinfo=UTC)).number == "LP-2027-000001"


@pytest.mark.parametrize(
    "moment", [datetime(1, 1, 1, tzinfo=ZoneInfo("Asia/Jakarta")), MONDAY - timedelta(days=6 * 365), MONDAY + MINUTE]
)
def test_what_happened_longer_ago_than_anybody_remembers_or_has_not_yet_is_refused(
    report: Report, moment: datetime
) -> None:
    assert report(happened_at=MONDAY - timedelta(days=4 * 365)).new
    with pytest.raises(ActRefusedError) as refused:
        report(happened_at=moment)
    assert refused.value.reason == "happened_at"


def test_a_moment_that_no_program_could_read_again_is_kept_by_no_way(place: Connection, report: Report) -> None:
    mine = {"id": report().complaint_id}
    with pytest.raises(DBAPIError, match="ck_complaint_happened_at"), place.begin_nested():
        place.execute(text("update complaint set happened_at = '0001-01-01 00:00 BC' where id = :id"), mine)


def test_the_year_is_that_of_the_regency(report: Report) -> None:
    new_year = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)  # half past midnight in Lampung
    assert report(new_year).number.startswith("LP-2027-")


def test_sending_again_gives_the_same_complaint(place: Connection, report: Report) -> None:
    client = uuid4()
    first = report(client_id=client)
    again = report(client_id=client, description="Lubang yang sama")
    assert (again.complaint_id, again.number, again.new) == (first.complaint_id, first.number, False)
    assert place.scalar(text("select count(*) from complaint")) == 1
    assert place.scalar(text("select count(*) from event where subject = :n"), {"n": first.number}) == 1


def test_the_same_report_sent_at_once_by_eight_lines_is_kept_once(lasting: Engine) -> None:
    sent = Submission(uuid4(), "pohon", 104.9, -4.8, "Pohon tumbang")

    def send(_: int) -> str:
        with lasting.begin() as connection:
            return submit(connection, VISITOR, sent).number

    with ThreadPoolExecutor(8) as lines:
        numbers = set(lines.map(send, range(8)))
    with lasting.begin() as connection:
        mine = {"id": str(sent.client_id)}
        kept = connection.scalars(text("delete from complaint where source_id = :id returning number"), mine).all()
    assert numbers == set(kept)
    assert len(kept) == 1


def test_a_report_finds_its_village_agency_and_deadlines(place: Connection, report: Report) -> None:
    number = report().number
    row = place.execute(text("select * from complaint where number = :n"), {"n": number}).one()
    assert (row.category, row.kind, row.state) == ("jalan_rusak", "jalan_berlubang", "received")
    assert (row.village_code, row.agency, row.case_class) == ("18.03.05.2001", "pupr", "pengaduan")
    assert row.act_by == date(2026, 3, 5)
    assert row.due_on == date(2026, 3, 27)  # 4 + 5 + 2 days, then Nyepi and Idul Fitri from 18 to 24, 3 more days


@pytest.mark.parametrize("visibility", ["public", "anonymous"])
def test_no_word_is_public_before_moderation(report: Report, place: Connection, visibility: str) -> None:
    number = report(visibility=visibility, description="Pak Budi buang sampah", place_note="rumah Pak Budi").number
    seen = queries.case(place, number, MONDAY)
    assert seen is not None
    assert (seen.title, seen.description) == (None, None)
    assert "Budi" not in repr(seen)
    assert seen.kind.id == "Jalan berlubang"
    assert [(step.act, step.state.id if step.state else "") for step in seen.timeline] == [("submit", "received")]


def test_a_secret_report_is_not_there_for_anyone(report: Report, place: Connection) -> None:
    assert queries.case(place, report(visibility="secret").number, MONDAY) is None


def test_everybody_sees_when_a_deadline_has_passed(report: Report, place: Connection) -> None:
    number = report().number
    due = datetime(2026, 3, 27, 12, tzinfo=UTC)
    for moment, overdue in ((due, False), (due + timedelta(days=1), True)):
        seen = queries.case(place, number, moment)
        assert seen is not None
        assert seen.overdue is overdue


def test_a_confirmation_waits_for_the_reporter(report: Report, place: Connection) -> None:
    receipt = report()
    message = place.execute(text("select * from outbox where subject = :n"), {"n": receipt.number}).one()
    assert (message.kind, message.recipient) == ("received", f"reporter:{receipt.complaint_id}")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"category": "ufo"}, "category"),
        ({"visibility": "friends"}, "visibility"),
        ({"lon": float("nan")}, "place"),
        ({"lat": 91.0}, "place"),
        ({"description": "a" * 5001}, "description"),
        ({"description": "a\0b"}, "description"),
        ({"happened_at": MONDAY + timedelta(hours=1)}, "happened_at"),
        ({"asset": ("roads", 404)}, "asset"),
        ({"asset": ("ufo", 1)}, "asset"),
    ],
)
def test_what_cannot_be_is_refused_in_words(report: Report, wrong: dict[str, object], reason: str) -> None:
    with pytest.raises(ActRefusedError) as refused:
        report(**wrong)
    assert refused.value.reason == reason
    assert refused.value.text.id
