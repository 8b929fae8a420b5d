"""Whoever calls about a known complaint is one person with whom we wrote before, and what is told is not lost."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from layers.complaints.acts import join_call
from layers.complaints.calls import Joined
from layers.complaints.files import history, of_contact
from layers.complaints.following import support
from layers.records import identities
from layers.records.actors import SYSTEM
from layers.records.identities import Contact
from tests.layers.complaints.conftest import AGENT, Report, row
from tests.layers.complaints.test_following import following, merge, unmerge
from tests.layers.complaints.test_invitations import confirm

PHONE, EMAIL = Contact("Ani", phone="0812-7777-1234"), Contact("Ani", email="ani@contoh.test")
BOTH = Contact("Ani", "Ani@contoh.test", "+62 812 7777 1234")


def call(connection: Connection, folder: Path, complaint: int, contact: Contact, said: str = "") -> Joined:
    return join_call(connection, folder, AGENT, complaint, contact, "telepon", said)


@pytest.mark.parametrize("contact", [PHONE, EMAIL, BOTH])
def test_a_reporter_who_calls_again_does_not_support_himself(
    report: Report, place: Connection, tmp_path: Path, contact: Contact
) -> None:
    mine = report().complaint_id
    identities.keep(place, tmp_path, SYSTEM, f"complaint:{mine}", BOTH, "Setuju")
    assert call(place, tmp_path, mine, contact) == "reporter"
    assert (following(place, mine), row(place, mine).supporters) == (set(), 0)


def test_who_has_confirmed_by_letter_and_then_calls_is_counted_once(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = report().complaint_id
    confirm(place, tmp_path, mine, "ani@contoh.test")
    assert call(place, tmp_path, mine, BOTH) == "counted"
    assert (support(place, mine).people, support(place, mine).confirmed) == (1, 1)


@pytest.mark.parametrize("later", [PHONE, EMAIL, BOTH])
def test_who_once_told_number_and_address_is_known_by_either(
    report: Report, place: Connection, tmp_path: Path, later: Contact
) -> None:
    mine, into = report().complaint_id, report().complaint_id
    assert {call(place, tmp_path, mine, one) for one in (BOTH, later)} == {"counted"}
    merge(place, mine, into)
    assert call(place, tmp_path, into, later) == "counted"
    assert (row(place, mine).supporters, row(place, into).supporters) == (1, 1)
    assert {one.id for one in of_contact(place, tmp_path, AGENT, later.email or later.phone)} == {mine, into}
    confirm(place, tmp_path, mine, "ani@contoh.test")
    assert (row(place, mine).supporters, row(place, into).supporters) == (1, 1)


def test_who_reported_what_was_merged_and_then_calls_is_confirmed_as_himself_and_leaves_with_his_report(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine, into = report().complaint_id, report().complaint_id
    identities.keep(place, tmp_path, SYSTEM, f"complaint:{mine}", PHONE, "Setuju")
    merge(place, mine, into)
    assert call(place, tmp_path, into, PHONE) == "counted"
    assert (following(place, into), row(place, into).supporters) == ({f"reporter:{mine}"}, 1)
    unmerge(place, mine)
    assert (following(place, into), row(place, into).supporters) == (set(), 0)


def test_what_a_caller_adds_is_read_by_staff_at_the_complaint(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    made = report()
    call(place, tmp_path, made.complaint_id, PHONE, "Sekarang sudah dua lubang\ndepan masjid")
    notes = [(entry.role, entry.words) for entry in history(place, made.number) if entry.act == "note"]
    assert notes == [("agent", {"note": "Sekarang sudah dua lubang\ndepan masjid"})]
    call(place, tmp_path, made.complaint_id, EMAIL)
    assert len([entry for entry in history(place, made.number) if entry.act == "note"]) == 1
