"""Following by e-mail counts once it is confirmed; links open what they are for, once; strangers learn nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.complaints import stopping, surveys
from layers.complaints.acts import follow, move
from layers.complaints.alerts import Scope
from layers.complaints.following import support
from layers.complaints.invitations import DAILY, accept, ask_for_alert, ask_to_follow, ask_to_open, open_report
from layers.complaints.reader_data import ask_to_move, hand_over
from layers.records import identities, links
from layers.records.actors import SYSTEM
from layers.records.identities import Contact
from tests.layers.complaints.conftest import MONDAY, VERIFIER, Report, row
from tests.layers.complaints.letterbox import link, sent
from tests.layers.complaints.test_following import following, merge, unmerge
from tests.layers.complaints.test_surveys import resolve

SITI, ANI, CONSENT = "siti@contoh.test", "ani@contoh.test", "Saya setuju."


def confirm(connection: Connection, folder: Path, complaint: int, email: str, browser: str = "browser:a") -> str:
    """Follow a complaint with an address, and use the link that comes; gives its token."""
    ask_to_follow(connection, folder, complaint, email, CONSENT, browser)
    letters = (one for one in sent(connection, folder)[::-1] if str(one["To"]) == email.lower())
    token = link(next(letters), "kabar/konfirmasi")
    assert accept(connection, token)
    return token


def known(connection: Connection, folder: Path, complaint: int) -> None:
    """Keep the reporter's address."""
    identities.keep(connection, folder, SYSTEM, f"complaint:{complaint}", Contact("Siti", SITI), CONSENT)


def test_a_click_becomes_a_confirmed_supporter_and_counts_once(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = report().complaint_id
    follow(place, mine, "browser:a")
    follow(place, mine, "browser:b")
    ask_to_follow(place, tmp_path, mine, ANI, CONSENT, "browser:a")
    assert (support(place, mine).people, support(place, mine).confirmed) == (2, 0)
    token = confirm(place, tmp_path, mine, ANI)
    assert (support(place, mine).people, support(place, mine).confirmed) == (2, 1)
    assert accept(place, token) is None
    confirm(place, tmp_path, mine, ANI.upper(), "browser:c")
    assert (support(place, mine).people, support(place, mine).confirmed) == (2, 1)


def test_a_reporter_does_not_support_himself(report: Report, place: Connection, tmp_path: Path) -> None:
    mine = report().complaint_id
    known(place, tmp_path, mine)
    confirm(place, tmp_path, mine, SITI)
    assert row(place, mine).supporters == 0


def test_a_link_that_is_used_after_the_merge_counts_where_the_complaint_went(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    one, other = report().complaint_id, report().complaint_id
    follow(place, one, "browser:a")
    ask_to_follow(place, tmp_path, one, ANI, CONSENT, "browser:a")
    merge(place, one, other)
    (token,) = (link(letter, "kabar/konfirmasi") for letter in sent(place, tmp_path) if letter["To"] == ANI)
    accepted = accept(place, token)
    assert accepted and accepted.number == row(place, other).number
    (reader,) = (name for name in following(place, one) if name.startswith("reader:"))
    assert following(place, other) == {reader, f"reporter:{one}"}
    assert row(place, other).supporters == 1
    unmerge(place, one)
    assert (following(place, other), row(place, one).supporters) == (set(), 1)


def test_a_confirmed_follower_hears_of_it_may_judge_it_and_ends_it_at_one_click(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = report().complaint_id
    confirm(place, tmp_path, mine, ANI)
    resolve(place, mine)
    (letter,) = (one for one in sent(place, tmp_path) if one["To"] == ANI and str(one["Subject"]).endswith(": selesai"))
    complaint, person = surveys.token_of(tmp_path, link(letter, "laporan/penilaian")) or (0, "")
    assert complaint == mine
    surveys.judge(place, person, mine, "no", 1, now=MONDAY)
    token = link(letter, "kabar/berhenti")
    assert letter["List-Unsubscribe"].endswith(f"/kabar/berhenti/{token}>")
    assert stopping.stop(place, tmp_path, token)
    assert following(place, mine) == set()
    move(place, SYSTEM, mine, "closed", seen_version=None, now=MONDAY.replace(month=6))
    assert [one["To"] for one in sent(place, tmp_path)] == []
    assert stopping.forget_idle(place) == 1


def test_a_reporter_ends_the_letters_while_staff_keep_the_contact(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = report().complaint_id
    known(place, tmp_path, mine)
    (letter,) = sent(place, tmp_path)
    assert stopping.stop(place, tmp_path, link(letter, "kabar/berhenti"))
    move(place, VERIFIER, mine, "dispatched", seen_version=None, now=MONDAY)
    assert sent(place, tmp_path) == []
    assert identities.look(place, tmp_path, SYSTEM, f"complaint:{mine}")
    stopping.resume(place, mine)
    resolved = row(place, mine).number
    move(place, VERIFIER, report().complaint_id, "merged", seen_version=None, now=MONDAY, reason="x", target=resolved)
    assert stopping.wants_letters(place, mine, f"reporter:{mine}")


def test_a_stranger_who_types_an_address_changes_neither_its_language_nor_what_its_owner_agreed_to(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    one, other = report().complaint_id, report().complaint_id
    confirm(place, tmp_path, one, ANI)
    (reader,) = (name for name in following(place, one) if name.startswith("reader:"))
    agreed = identities.agreement(place, reader)
    ask_to_follow(place, tmp_path, other, ANI, "I agree.", "browser:stranger", "en")
    ask_for_alert(place, tmp_path, ANI, "I agree.", Scope(area_code="18.03.05.2001"), "en")
    assert identities.agreement(place, reader) == agreed and agreed and agreed.words == CONSENT
    letters = [letter for letter in sent(place, tmp_path) if letter["To"] == ANI]
    assert [str(letter["Subject"]).partition(" ")[0] for letter in letters] == ["Pastikan", "Pastikan"]
    assert "I agree." not in str(place.execute(text("select data from outbox")).all())
    assert accept(place, link(letters[0], "kabar/konfirmasi"))
    renewed = identities.agreement(place, reader)
    assert renewed and (renewed.words, renewed.language) == ("I agree.", "en")


def test_an_end_to_letters_works_for_years_and_a_survey_for_half_of_one(tmp_path: Path) -> None:
    written = datetime.now(UTC).date()
    four, six = (written - timedelta(days=years * 365) for years in (4, 6))
    assert links.read(tmp_path, "stop", stopping.token(tmp_path, "complaint", 1, "reader:1", four))
    assert links.read(tmp_path, "stop", stopping.token(tmp_path, "complaint", 1, "reader:1", six)) is None
    assert surveys.token_of(tmp_path, surveys.token(tmp_path, 1, "reader:1", written - timedelta(days=179)))
    assert surveys.token_of(tmp_path, surveys.token(tmp_path, 1, "reader:1", written - timedelta(days=181))) is None


def test_a_survey_is_over_once_nobody_can_open_the_case_again(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    assert not surveys.is_over(place, mine)
    resolve(place, mine)
    assert not surveys.is_over(place, mine, MONDAY + timedelta(days=400))
    closed = MONDAY + timedelta(days=40)
    move(place, SYSTEM, mine, "closed", seen_version=None, now=closed)
    assert not surveys.is_over(place, mine, closed + timedelta(days=30))
    assert surveys.is_over(place, mine, closed + timedelta(days=31))


def test_whoever_ends_everything_is_forgotten(report: Report, place: Connection, tmp_path: Path) -> None:
    one, other = report().complaint_id, report().complaint_id
    for complaint in (one, other):
        confirm(place, tmp_path, complaint, ANI)
    move(place, VERIFIER, one, "dispatched", seen_version=None, now=MONDAY)
    (letter,) = (letter for letter in sent(place, tmp_path) if letter["To"] == ANI)
    assert stopping.stop_all(place, tmp_path, link(letter, "kabar/berhenti"))
    assert (row(place, one).supporters, row(place, other).supporters) == (0, 0)
    assert place.scalar(text("select count(*) from identity where subject like 'reader:%'")) == 0


@pytest.mark.parametrize("visibility", ["public", "secret"])
def test_a_reporter_gets_a_link_that_opens_the_report_once(
    visibility: str, report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = report(visibility=visibility).complaint_id
    known(place, tmp_path, mine)
    ask_to_open(place, tmp_path, SITI.upper())
    letter = sent(place, tmp_path)[-1]
    token = link(letter, "laporan/tautan")
    assert accept(place, token) is None
    assert [open_report(place, token) for _ in range(2)] == [mine, None]


def test_the_trail_does_not_tell_that_two_reports_are_one_persons(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = [report().complaint_id for _ in range(2)]
    for one in mine:
        known(place, tmp_path, one)
    before = place.scalar(text("select max(id) from event"))
    ask_to_open(place, tmp_path, SITI)
    since = place.execute(text("select act, subject, detail from event where id > :id"), {"id": before}).all()
    assert [act for act, _, _ in since] == ["search_identity", "invite", "invite"]
    assert since[0].detail == {"by": "email", "found": 2}
    assert not [one for one in mine if f":{one}" in str(since)]


def test_a_link_is_over_after_an_hour_and_is_not_sent_then(report: Report, place: Connection, tmp_path: Path) -> None:
    mine = report().complaint_id
    known(place, tmp_path, mine)
    ask_to_open(place, tmp_path, SITI)
    token = link(sent(place, tmp_path)[-1], "laporan/tautan")
    ask_to_open(place, tmp_path, SITI)
    place.execute(text("update mail_link set expires_at = expires_at - interval '1 hour'"))
    assert open_report(place, token) is None
    assert sent(place, tmp_path) == []


def test_an_address_that_nobody_left_gets_no_letter_and_the_trail_holds_no_address(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    report()
    place.execute(text("delete from outbox"))
    ask_to_open(place, tmp_path, "orang.lain@contoh.test")
    assert place.scalar(text("select count(*) from outbox")) == 0
    assert "orang.lain" not in str(place.execute(text("select * from event")).all())


def test_of_a_link_only_the_hash_is_kept(report: Report, place: Connection, tmp_path: Path) -> None:
    mine = report().complaint_id
    known(place, tmp_path, mine)
    ask_to_open(place, tmp_path, SITI)
    token = link(sent(place, tmp_path)[-1], "laporan/tautan")
    for table in ("mail_link", "outbox", "event"):
        assert token not in str(place.execute(text(f"select * from {table}")).all()), table


def moved_to(connection: Connection, folder: Path, reader: str, email: str) -> str:
    """Ask for the letters of a reader to go to another address, and give the token of the letter that comes there."""
    ask_to_move(connection, folder, reader, email)
    (letter,) = (one for one in sent(connection, folder) if one["To"] == email)
    return link(letter, "kabar/konfirmasi")


def reader_of(connection: Connection, complaint: int) -> str:
    (reader,) = (name for name in following(connection, complaint) if name.startswith("reader:"))
    return reader


def follower(report: Report, connection: Connection, folder: Path) -> str:
    """Name a reader who has confirmed that he follows a complaint."""
    mine = report().complaint_id
    confirm(connection, folder, mine, ANI)
    return reader_of(connection, mine)


def test_of_two_addresses_the_one_that_was_typed_wrongly_first_gets_nothing_any_more(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    reader = follower(report, place, tmp_path)
    wrong, right = (moved_to(place, tmp_path, reader, f"ani.{end}@contoh.test") for end in ("bru", "baru"))
    assert accept(place, wrong) is None
    accepted = accept(place, right)
    assert accepted and accepted.moves == reader


def test_a_mistyped_address_gets_nothing_even_where_the_right_one_has_had_its_letters_of_the_day(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    reader = follower(report, place, tmp_path)
    for _ in range(DAILY):
        moved_to(place, tmp_path, reader, SITI)
    wrong = moved_to(place, tmp_path, reader, "sitti@contoh.test")
    ask_to_move(place, tmp_path, reader, SITI)
    assert accept(place, wrong) is None


def test_nobody_is_promised_the_letters_of_a_reader_who_has_ended_them(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    reader = follower(report, place, tmp_path)
    token = moved_to(place, tmp_path, reader, SITI)
    stopping.forget_reader(place, reader)
    assert accept(place, token) is None


def test_who_reported_a_case_himself_gets_no_second_letter_at_the_address_that_followed_it(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine, another = report().complaint_id, report().complaint_id
    known(place, tmp_path, mine)
    for complaint, email in ((mine, ANI), (another, SITI)):
        confirm(place, tmp_path, complaint, email)
    old, new = reader_of(place, mine), reader_of(place, another)
    move(place, VERIFIER, mine, "dispatched", seen_version=None, now=MONDAY)
    hand_over(place, old, new)
    stopping.forget_reader(place, old)
    letters = [str(one["Subject"]) for one in sent(place, tmp_path) if one["To"] == SITI]
    assert len(letters) == 1 and row(place, mine).number in letters[0]
    waiting = "select count(*) from outbox where sent_at is null and recipient in (:old, :new)"
    assert place.scalar(text(waiting), {"old": old, "new": new}) == 0, "and none counts among those that failed"


def test_what_waits_to_be_sent_goes_to_the_new_address_once(report: Report, place: Connection, tmp_path: Path) -> None:
    alone, both = report().complaint_id, report().complaint_id
    for complaint, email in ((alone, ANI), (both, ANI), (both, SITI)):
        confirm(place, tmp_path, complaint, email, f"browser:{complaint}{email}")
    old = reader_of(place, alone)
    (new,) = (name for name in following(place, both) if name.startswith("reader:") and name != old)
    for complaint in (alone, both):
        move(place, VERIFIER, complaint, "dispatched", seen_version=None, now=MONDAY)
    hand_over(place, old, new)
    stopping.forget_reader(place, old)
    letters = [(one["To"], str(one["Subject"]).split()[1].rstrip(":")) for one in sent(place, tmp_path)]
    assert sorted(letters) == [(SITI, row(place, one).number) for one in (alone, both)]
