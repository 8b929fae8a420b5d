"""A reporter does not end or hide what others are in too; he leaves it, and it goes on for them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from layers.complaints.acts import Part, change_visibility, close_silent, follow, leave, move, split
from layers.complaints.refusals import ActRefusedError
from layers.complaints.tracking import give_code, opened_by
from layers.records import identities
from layers.records.actors import Actor
from layers.records.identities import Contact
from tests.layers.complaints.conftest import AGENT, MONDAY, VERIFIER, Report, row
from tests.layers.complaints.test_following import merge

SITI = Contact("Siti", "siti@contoh.test", "0812 7777 1234")


def reporter(complaint: int) -> Actor:
    return Actor(f"reporter:{complaint}")


def company(connection: Connection, report: Report) -> int:
    """A complaint into which somebody else's was merged."""
    mine = report(channel="telepon").complaint_id
    merge(connection, report().complaint_id, mine)
    return mine


def a_confirmed_follower(connection: Connection, report: Report) -> int:
    mine = report(channel="telepon").complaint_id
    follow(connection, mine, "reader:7", confirmed=True)
    return mine


@pytest.mark.parametrize("shared", [company, a_confirmed_follower])
@pytest.mark.parametrize("state", ["received", "needs_info", "dispatched"])
def test_one_reporter_neither_withdraws_nor_hides_what_others_are_in(
    report: Report, place: Connection, shared: Callable[[Connection, Report], int], state: str
) -> None:
    mine = shared(place, report)
    if state != "received":
        move(place, VERIFIER, mine, state, seen_version=None, now=MONDAY, reason="Di mana?")
    for actor in (reporter(mine), AGENT):
        with pytest.raises(ActRefusedError) as refused, place.begin_nested():
            move(place, actor, mine, "withdrawn", seen_version=None, now=MONDAY, reason="Sudah pindah")
        assert refused.value.reason == "alone" and "keluar" in refused.value.text.id
        with pytest.raises(ActRefusedError), place.begin_nested():
            change_visibility(place, actor, mine, "secret", seen_version=None, reason="Ia minta")
    change_visibility(place, reporter(mine), mine, "anonymous", seen_version=None)
    change_visibility(place, VERIFIER, mine, "secret", seen_version=None, reason="Nama orang")


def test_clicks_and_his_own_second_report_keep_nobody_from_withdrawing(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine, again = report().complaint_id, report().complaint_id
    for one in (mine, again):
        identities.keep(place, tmp_path, reporter(one), f"complaint:{one}", SITI, "Setuju")
    merge(place, again, mine)
    follow(place, mine, "browser:a")
    move(place, reporter(mine), mine, "withdrawn", seen_version=None, now=MONDAY, reason="Sudah ditambal")
    assert row(place, mine).state == "withdrawn"


def test_who_leaves_takes_contact_and_code_along_and_the_case_goes_on(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = company(place, report)
    identities.keep(place, tmp_path, reporter(mine), f"complaint:{mine}", SITI, "Setuju")
    code = give_code(place, tmp_path, mine)
    (part,) = split(place, VERIFIER, mine, [Part("lampu_mati", "Mati")], seen_version=None, now=MONDAY)
    move(place, VERIFIER, mine, "needs_info", seen_version=None, now=MONDAY, reason="Di sisi mana?")
    for other in (Actor("reporter:0"), VERIFIER):
        with pytest.raises(ActRefusedError), place.begin_nested():
            leave(place, other, mine, seen_version=None, now=MONDAY)
    with pytest.raises(ActRefusedError), place.begin_nested():
        leave(place, reporter(mine), part.complaint_id, seen_version=None, now=MONDAY)  # nobody else is in the part
    move(place, VERIFIER, part.complaint_id, "needs_info", seen_version=None, now=MONDAY, reason="Berapa lampu?")
    leave(place, reporter(mine), mine, seen_version=None, now=MONDAY)
    left = row(place, mine)
    assert row(place, part.complaint_id).state == "received"  # nobody is left to answer
    assert (left.state, left.visibility, left.description) == ("received", "public", "Lubang sedalam lutut")
    assert opened_by(place, tmp_path, code) is None
    assert place.scalar(text("select count(*) from identity")) == 0
    told = text("select detail ->> 'role' from event where act = 'leave' and subject = :number")
    assert place.scalars(told, {"number": left.number}).all() == ["reporter"]


def test_the_silence_of_one_reporter_brings_what_others_are_in_back_to_the_verifiers(
    report: Report, place: Connection
) -> None:
    ours, mine = company(place, report), report().complaint_id
    for one in (ours, mine):
        move(place, VERIFIER, one, "needs_info", seen_version=None, now=MONDAY, reason="Di mana?")
    assert close_silent(place, MONDAY + timedelta(days=30)) == 2
    assert (row(place, ours).state, row(place, mine).state) == ("received", "closed")
    said: Any = text("select count(*) from event where actor = 'system' and detail ->> 'to' = 'received'")
    assert place.scalar(said) == 1
