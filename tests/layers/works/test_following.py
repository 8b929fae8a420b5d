"""Whoever follows a work says so twice, hears of each stage and new term, and can end it and be forgotten."""

from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.complaints import stopping
from layers.records import readers
from layers.records.links import CONFIRMING
from layers.works import acts, following, queries
from layers.works.letters import Writer
from tests.layers.complaints.letterbox import SITE, link, sent
from tests.layers.works.conftest import CONTRACT, COORDINATOR, FINISH, NOW, TODAY

BUDI = "Budi.Marka@contoh.test"
Register = Callable[..., int]
BringTo = Callable[[int, str], None]


@pytest.fixture
def read(connection: Connection, tmp_path: Path) -> Callable[[], list[EmailMessage]]:
    """Send what waits, and read the letters to Budi."""

    def read() -> list[EmailMessage]:
        return [one for one in sent(connection, tmp_path, Writer(SITE, tmp_path)) if one["To"] == BUDI]

    return read


@pytest.fixture
def followed(
    connection: Connection, register: Register, read: Callable[[], list[EmailMessage]], tmp_path: Path
) -> Callable[..., int]:
    """A work that Budi follows."""

    def followed(language: str = "id") -> int:
        work = register()
        following.ask_to_follow(connection, tmp_path, work, BUDI, "Saya setuju.", language)
        (asked,) = read()
        token, _, spoken = link(asked, "kabar/konfirmasi").partition("?lang=")
        assert (following.accept(connection, token), spoken or "id") == (work, language)
        return work

    return followed


def move(connection: Connection, work: int, to: str, **brought: object) -> None:
    acts.move(connection, COORDINATOR, work, to, seen_version=None, now=NOW, **brought)


def test_nothing_is_sent_before_the_owner_of_the_address_said_yes_and_the_link_works_once(
    connection: Connection, register: Register, read: Callable[[], list[EmailMessage]], tmp_path: Path
) -> None:
    work = register()
    following.ask_to_follow(connection, tmp_path, work, BUDI, "Saya setuju.")
    move(connection, work, "planned")
    (asked,) = read()
    assert f"mengikuti pekerjaan P-{work}" in asked["Subject"]
    token = link(asked, "kabar/konfirmasi")
    assert following.pending(connection, token)
    assert following.accept(connection, token) == work
    assert not following.pending(connection, token)
    assert following.accept(connection, token) is None


def test_who_follows_one_work_in_english_is_not_turned_to_indonesian_by_whoever_types_the_address(
    connection: Connection, followed: Callable[..., int], register: Register, tmp_path: Path
) -> None:
    followed("en")
    following.ask_to_follow(connection, tmp_path, register(), BUDI, "Kata orang lain.")
    kept = connection.execute(text("select consent, language from identity where subject like 'reader:%'")).all()
    assert [tuple(one) for one in kept] == [("Saya setuju.", "en")]


def test_who_moves_to_another_address_goes_on_following_once(
    connection: Connection, followed: Callable[..., int], tmp_path: Path
) -> None:
    works = sorted(followed() for _ in range(2))
    (old,) = connection.scalars(text("select 'reader:' || id from reader"))
    new = readers.name(readers.keep(connection, tmp_path, "budi.baru@contoh.test", "Saya setuju.", "id"))
    for _ in range(2):
        following.hand_over(connection, old, new)
    stopping.forget_reader(connection, old)
    assert [work.id for work in following.followed_by(connection, new)] == works
    assert connection.scalar(text("select count(*) from work_follower")) == 2


def test_each_stage_is_told_to_the_finish_with_what_the_agency_says(
    connection: Connection, followed: Callable[..., int], read: Callable[[], list[EmailMessage]], bring_to: BringTo
) -> None:
    work = followed()
    bring_to(work, "under_way")
    stages = [str(one["Subject"]) for one in read()]
    told = ("direncanakan", "dianggarkan", "pemilihan penyedia", "terkontrak", "dikerjakan")
    assert stages == [f"Pekerjaan P-{work}: {stage}" for stage in told]
    move(connection, work, "finished", condition="baik", **FINISH)
    (last,) = read()
    words = last.get_content()
    for part in ("dinyatakan selesai", "Keterangan dinas:\nSudah mulus.", f"{SITE}/pekerjaan/{work}\n"):
        assert part in words
    assert "Kamera rusak" not in words


def test_a_new_end_and_a_new_value_are_told_with_those_before_and_progress_is_not(
    connection: Connection, followed: Callable[..., int], read: Callable[[], list[EmailMessage]], bring_to: BringTo
) -> None:
    work = followed()
    bring_to(work, "under_way")
    read()
    acts.report_progress(connection, COORDINATOR, work, seen_version=None, day=TODAY, percent=40, now=NOW)
    terms = {"changed_on": TODAY, "value": 950_000_000, "end": date(2026, 12, 15), "reason": "Hujan"}
    acts.change_terms(connection, COORDINATOR, work, seen_version=None, now=NOW, **terms)  # type: ignore[arg-type]
    (letter,) = read()
    words = letter.get_content()
    assert "Rencana selesai: 31 Oktober 2026 menjadi 15 Desember 2026." in words
    assert "Nilai kontrak: Rp900.000.000 menjadi Rp950.000.000." in words
    assert "Keterangan dinas:\nHujan" in words


def test_who_reads_english_is_written_to_in_english(
    connection: Connection, followed: Callable[..., int], read: Callable[[], list[EmailMessage]], bring_to: BringTo
) -> None:
    work = followed("en")
    bring_to(work, "contracted")
    read()
    end = CONTRACT["planned_end"]
    acts.change_terms(
        connection, COORDINATOR, work, seen_version=None, now=NOW, changed_on=TODAY, end=date(2026, 11, 1), reason="x"
    )
    (letter,) = read()
    assert end == date(2026, 10, 31)
    assert letter["Subject"] == f"Work P-{work}: cost or time has changed"
    assert "Planned end: 31 October 2026, now 1 November 2026." in letter.get_content()
    assert f"{SITE}/pekerjaan/{work}?lang=en\n" in letter.get_content()


def test_every_letter_ends_them_at_one_click_and_one_that_waits_is_not_sent(
    connection: Connection, followed: Callable[..., int], read: Callable[[], list[EmailMessage]], tmp_path: Path
) -> None:
    work = followed()
    move(connection, work, "planned")
    (letter,) = read()
    token = link(letter, "kabar/berhenti")
    assert letter["List-Unsubscribe"] == f"<{SITE}/kabar/berhenti/{token}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    ended = following.about(connection, tmp_path, token)
    assert ended and (ended.kind, ended.number) == ("work", f"P-{work}")
    move(connection, work, "cancelled", reason="Dana dialihkan")
    for again in (True, True):
        assert following.stop(connection, tmp_path, token) is again
    assert read() == []
    assert not following.stop(connection, tmp_path, token[:-1])
    assert not stopping.stop(connection, tmp_path, token)


def test_who_follows_a_work_is_kept_and_who_follows_none_is_forgotten(
    connection: Connection, followed: Callable[..., int], read: Callable[[], list[EmailMessage]], tmp_path: Path
) -> None:
    work = followed()
    assert stopping.forget_idle(connection) == 0
    connection.execute(text("delete from work where id = :id"), {"id": work})
    assert stopping.forget_idle(connection) == 1
    for table in ("reader", "identity", "work_follower"):
        assert connection.scalar(text(f"select count(*) from {table}")) == 0, table


def test_all_letters_end_and_the_address_goes(
    connection: Connection, followed: Callable[..., int], read: Callable[[], list[EmailMessage]], tmp_path: Path
) -> None:
    move(connection, followed(), "planned")
    (letter,) = read()
    assert following.stop_all(connection, tmp_path, link(letter, "kabar/berhenti"))
    for table in ("reader", "identity", "work_follower", "mail_link"):
        assert connection.scalar(text(f"select count(*) from {table}")) == 0, table


def test_the_address_is_kept_sealed_and_the_public_trail_names_no_follower(
    connection: Connection, followed: Callable[..., int]
) -> None:
    work = followed()
    move(connection, work, "planned")
    for table in ("reader", "identity", "work_follower", "event", "outbox", "mail_link", "visit"):
        assert "marka" not in str(connection.execute(text(f"select * from {table}")).all()).casefold(), table
    assert [entry.act for entry in queries.timeline(connection, f"P-{work}")] == ["register", "move"]


def test_a_link_is_over_after_three_days_and_an_address_gets_five_letters_a_day(
    connection: Connection, register: Register, read: Callable[[], list[EmailMessage]], tmp_path: Path
) -> None:
    work = register()
    for _ in range(8):
        following.ask_to_follow(connection, tmp_path, work, BUDI, "Saya setuju.")
    asked = read()
    assert len(asked) == 5
    assert CONFIRMING.days == 3
    connection.execute(text("update mail_link set expires_at = now() - interval '1 second'"))
    assert following.accept(connection, link(asked[0], "kabar/konfirmasi")) is None
    assert stopping.forget_idle(connection) == 1
