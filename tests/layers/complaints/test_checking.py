"""A repair is checked by somebody else, by what was seen of it; nobody answers it away, and no old name lingers."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.complaints import desks, photos
from layers.complaints.acts import assign, change_category, decline, move, reroute
from layers.complaints.desks import Queue
from layers.complaints.refusals import ActRefusedError
from layers.records.actors import Actor
from layers.records.photos import Photo
from tests.layers.complaints.conftest import (
    ABOVE,
    CHECKER,
    COORDINATOR,
    MONDAY,
    OFFICER,
    PROVEN,
    VERIFIER,
    Walk,
    officer,
    row,
    staff,
)
from tests.layers.complaints.test_guards import refused


def test_who_has_it_to_do_or_sent_the_photo_does_not_check_it_whoever_calls_it_done(
    place: Connection, walk: Walk, tmp_path: Path
) -> None:
    mine = walk("in_progress")
    name = officer(place)
    helper, owner = (Actor(one, (*CHECKER.grants, *OFFICER.grants)) for one in ("account:71", name))
    assign(place, COORDINATOR, mine, name, seen_version=None)
    photos.add_photo(place, tmp_path, helper, mine, Photo(b"full", b"small", 4, 3, None), "result")
    move(place, COORDINATOR, mine, "pending_check", seen_version=None, now=MONDAY, **PROVEN)
    starter = Actor(OFFICER.name, CHECKER.grants)
    for doer in (owner, helper, starter):
        assert refused(place, doer, mine, "resolved") == "other_than_doer", doer.name
    move(place, CHECKER, mine, "in_progress", seen_version=None, now=MONDAY, reason="Masih berlubang")
    move(place, COORDINATOR, mine, "pending_check", seen_version=None, now=MONDAY, **PROVEN)
    move(place, CHECKER, mine, "resolved", seen_version=None, now=MONDAY)  # who refused it has not worked on it
    move(place, Actor(f"reporter:{mine}"), mine, "in_progress", seen_version=None, now=MONDAY, reason="Lagi")
    move(place, COORDINATOR, mine, "pending_check", seen_version=None, now=MONDAY, **PROVEN)
    move(place, helper, mine, "resolved", seen_version=None, now=MONDAY)  # of the repair before


def test_a_photo_that_was_found_wanting_proves_no_second_repair(place: Connection, walk: Walk) -> None:
    def photo(name: str, age: str) -> dict[str, str]:
        add = """insert into complaint_photo (complaint_id, name, purpose, width, height, by, added_at)
                 values (:id, :name, 'result', 1, 1, 'account:2', now() - cast(:age as interval))"""
        place.execute(text(add), {"id": mine, "name": name, "age": age})
        return {"public_text": "Sudah ditambal", "after_photo": name}

    mine = walk("in_progress")
    old = photo("tambalan-pertama", "1 hour")
    move(place, OFFICER, mine, "pending_check", seen_version=None, now=MONDAY, **old)
    move(place, CHECKER, mine, "in_progress", seen_version=None, now=MONDAY, reason="Sudah lepas")
    assert refused(place, OFFICER, mine, "pending_check", **old) == "proof"
    move(place, OFFICER, mine, "pending_check", seen_version=None, now=MONDAY, **photo("tambalan-kedua", "0"))
    assert row(place, mine).state == "pending_check"


def test_no_agency_turns_a_complaint_into_a_question_and_answers_it_away(place: Connection, walk: Walk) -> None:
    mine = walk("dispatched")
    for owner in (OFFICER, COORDINATOR, ABOVE):
        with pytest.raises(ActRefusedError), place.begin_nested():
            change_category(place, owner, mine, "usul_saran", seen_version=None, now=MONDAY)
        assert refused(place, owner, mine, "resolved", public_text="Sudah") == "plain_class"
    both = Actor("account:7", (*OFFICER.grants, *VERIFIER.grants))
    change_category(place, both, mine, "usul_saran", seen_version=None, now=MONDAY)
    assert refused(place, both, mine, "resolved", public_text="Sudah") == "other_than_sorter"
    change_category(place, OFFICER, mine, "tanya_layanan", seen_version=None, now=MONDAY)
    move(place, OFFICER, mine, "resolved", seen_version=None, now=MONDAY, public_text="Terima kasih atas usulnya")
    assert row(place, mine).state == "resolved"


def test_what_was_declined_or_asked_once_is_forgotten_with_the_state(place: Connection, walk: Walk) -> None:
    mine = walk("dispatched")
    decline(place, OFFICER, mine, reason="Bukan kami", seen_version=None, now=MONDAY)
    move(place, ABOVE, mine, "needs_info", seen_version=None, now=MONDAY, reason="Di mana?")
    move(place, Actor(f"reporter:{mine}"), mine, "received", seen_version=None, now=MONDAY, reason="Di sini")
    move(place, VERIFIER, mine, "dispatched", seen_version=None, now=MONDAY, target="dlh")
    assert desks.waiting(place, VERIFIER, Queue(declined=True)) == []
    decline(place, staff("officer", "dlh"), mine, reason="Bukan kami juga", seen_version=None, now=MONDAY)
    reroute(place, VERIFIER, mine, "pupr", seen_version=None, now=MONDAY)
    move(place, OFFICER, mine, "coordinating", seen_version=None, now=MONDAY, reason="Taman", target="dlh")
    move(place, COORDINATOR, mine, "rejected", seen_version=None, now=MONDAY, reason="Bukan urusan kabupaten")
    assert row(place, mine).next_agency is None
    assert desks.case(place, staff("officer", "dlh"), row(place, mine).number) is None
