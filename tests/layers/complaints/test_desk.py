"""What staff do at their desks: let words pass, hide, protect, answer, note, split."""

from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.complaints import files, queries
from layers.complaints.acts import (
    Part,
    answer,
    assign,
    change_category,
    change_visibility,
    moderate,
    move,
    note,
    split,
)
from layers.complaints.queries import PublicCase
from layers.complaints.refusals import ActRefusedError
from layers.complaints.reporters import others_of_it
from layers.records import accounts, identities
from layers.records.actors import Actor
from layers.records.identities import Contact
from tests.layers.complaints.conftest import AGENT, COORDINATOR, MONDAY, OFFICER, VERIFIER, Report, officer, row
from tests.webapp.staff import OWNER


def seen(connection: Connection, complaint_id: int) -> PublicCase | None:
    return queries.case(connection, row(connection, complaint_id).number, MONDAY)


def test_what_a_moderator_lets_pass_is_public_in_the_words_he_gives(report: Report, place: Connection) -> None:
    mine = report(description="Lubang di depan rumah Pak Budi").complaint_id
    title, story = "Lubang di Jalan Raya", "Lubang di depan sebuah rumah"
    moderate(place, VERIFIER, mine, "approved", seen_version=1, title=title, story=story)
    found = seen(place, mine)
    assert found is not None
    assert (found.title, found.description) == (title, story)
    assert "Budi" not in repr(found)
    moderate(place, VERIFIER, mine, "pending", seen_version=2)
    found = seen(place, mine)
    assert found is not None
    assert (found.title, found.description) == (None, None)


def test_what_is_hidden_is_not_there_for_anyone(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    moderate(place, VERIFIER, mine, "hidden", seen_version=1)
    assert seen(place, mine) is None


def test_an_officer_lets_nothing_pass(report: Report, place: Connection) -> None:
    with pytest.raises(ActRefusedError):
        moderate(place, OFFICER, report().complaint_id, "approved", seen_version=1)


def test_a_verifier_protects_a_reporter_but_only_he_opens_up_again(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    me = Actor(f"reporter:{mine}")
    change_visibility(place, VERIFIER, mine, "secret", seen_version=1, reason="Ia diancam")
    assert seen(place, mine) is None
    for actor, visibility in ((VERIFIER, "public"), (OFFICER, "public"), (me, "friends")):
        with pytest.raises(ActRefusedError), place.begin_nested():
            change_visibility(place, actor, mine, visibility, seen_version=None, reason="Ia minta")
    change_visibility(place, me, mine, "anonymous", seen_version=2)
    assert seen(place, mine) is not None


def test_staff_say_why_they_change_who_may_see_a_complaint(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    with pytest.raises(ActRefusedError) as refused, place.begin_nested():
        change_visibility(place, VERIFIER, mine, "secret", seen_version=1, reason=" ")
    assert refused.value.reason == "reason"
    change_visibility(place, VERIFIER, mine, "anonymous", seen_version=1, reason="Pelapor menelepon")
    assert row(place, mine).visibility == "anonymous"


def test_an_agent_speaks_for_whoever_called_and_for_no_other_reporter(report: Report, place: Connection) -> None:
    written, called = report().complaint_id, report(channel="telepon").complaint_id
    for mine in (written, called):
        move(place, VERIFIER, mine, "needs_info", seen_version=None, now=MONDAY, reason="Di sisi mana?")
    with pytest.raises(ActRefusedError) as refused, place.begin_nested():
        move(place, AGENT, written, "received", seen_version=None, now=MONDAY, reason="Di kiri")
    assert refused.value.reason == "role"
    move(place, AGENT, called, "received", seen_version=None, now=MONDAY, reason="Di kiri")
    assert row(place, called).state == "received"


@pytest.mark.parametrize("channel", ["web", "telepon"])
def test_of_all_staff_nobody_opens_up_what_a_reporter_keeps_secret(
    report: Report, place: Connection, channel: str
) -> None:
    mine = report(channel=channel, visibility="secret").complaint_id
    both = Actor("account:8", (*AGENT.grants, *VERIFIER.grants))
    for actor, visibility in product((AGENT, VERIFIER, both), ("anonymous", "public")):
        with pytest.raises(ActRefusedError), place.begin_nested():
            change_visibility(place, actor, mine, visibility, seen_version=None, reason="Pelapor menelepon")
    assert row(place, mine).visibility == "secret"


def test_another_category_finds_no_road_where_only_the_village_is_known(report: Report, place: Connection) -> None:
    mine = report(category="tumpukan_sampah", exact=False).complaint_id
    place.execute(
        text(
            "insert into road (source, source_id, status, geom) values ('uji', '1', 'nasional',"
            " 'SRID=4326;MULTILINESTRING((104.85 -4.8,104.95 -4.8))')"
        )
    )
    change_category(place, VERIFIER, mine, "jalan_berlubang", seen_version=1, now=MONDAY)
    assert row(place, mine).authority is None


def test_a_part_lies_no_more_exactly_than_the_whole(report: Report, place: Connection) -> None:
    whole = report(exact=False).complaint_id
    split(place, VERIFIER, whole, [Part("lampu_mati", "Lampunya mati")], seen_version=1, now=MONDAY)
    told = text("select precision from complaint where parent_id = :whole")
    assert place.scalar(told, {"whole": whole}) == "village"


def test_an_answer_is_for_everyone_and_a_note_for_staff(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    answer(place, VERIFIER, mine, "Kami cek besok", seen_version=1)
    note(place, AGENT, mine, "Pelapor menelepon dua kali", seen_version=2)
    found = seen(place, mine)
    assert found is not None
    assert [(step.act, step.text) for step in found.timeline] == [("submit", None), ("answer", "Kami cek besok")]
    assert place.scalar(text("select recipient from outbox where kind = 'answered'")) == f"reporter:{mine}"


@pytest.mark.parametrize("words", ["a" * 5001, "a\0b"])
def test_words_that_cannot_be_kept_are_refused(report: Report, place: Connection, words: str) -> None:
    with pytest.raises(ActRefusedError) as refused:
        answer(place, VERIFIER, report().complaint_id, words, seen_version=1)
    assert refused.value.reason == "words"


def test_an_agency_gives_its_work_to_an_officer_of_its_own_in_whose_area_it_lies(
    report: Report, place: Connection
) -> None:
    mine = report().complaint_id
    able = officer(place)
    others = [officer(place, "dlh"), officer(place, "pupr", "18.04"), officer(place), "account:999999", "Pak Budi"]
    accounts.set_active(place, OWNER, int(others[2].removeprefix("account:")), active=False)
    assign(place, COORDINATOR, mine, able, seen_version=1)
    for other in others:
        with pytest.raises(ActRefusedError) as refused, place.begin_nested():
            assign(place, COORDINATOR, mine, other, seen_version=None)
        assert refused.value.reason == "assignee"
    assert row(place, mine).assignee == able
    with pytest.raises(ActRefusedError):
        assign(place, AGENT, mine, None, seen_version=None)


@pytest.mark.parametrize("words", [{"title": "a" * 201}, {"story": "a" * 5001}, {"title": "a\0b"}])
def test_a_moderator_writes_no_more_than_a_page_can_show(
    report: Report, place: Connection, words: dict[str, str]
) -> None:
    mine = report().complaint_id
    with pytest.raises(ActRefusedError) as refused, place.begin_nested():
        moderate(place, VERIFIER, mine, "approved", seen_version=1, **{"title": "Lubang", **words})
    assert refused.value.reason == "words"


def test_a_part_is_a_complaint_of_its_own_that_knows_where_it_came_from(report: Report, place: Connection) -> None:
    mine = report(visibility="anonymous").complaint_id
    parts = [Part("lampu_mati", "Lampunya mati"), Part("saluran_tersumbat", "Salurannya penuh")]
    made = split(place, VERIFIER, mine, parts, seen_version=1, now=MONDAY)
    children = [row(place, receipt.complaint_id) for receipt in made]
    assert [(c.parent_id, c.kind, c.agency, c.state, c.visibility, c.description) for c in children] == [
        (mine, "lampu_mati", "dishub", "received", "anonymous", "Lampunya mati"),
        (mine, "saluran_tersumbat", "pupr", "received", "anonymous", "Salurannya penuh"),
    ]
    found, part = seen(place, mine), seen(place, made[0].complaint_id)
    assert found is not None
    assert part is not None
    assert set(found.parts) == {receipt.number for receipt in made}
    assert part.parent == found.number


def test_a_part_belongs_to_who_reported_the_whole(report: Report, place: Connection, tmp_path: Path) -> None:
    mine = report(visibility="secret").complaint_id
    me = Actor(f"reporter:{mine}")
    identities.keep(place, tmp_path, me, f"complaint:{mine}", Contact("Siti", "siti@uji.example"), "Setuju")
    (part,) = split(place, VERIFIER, mine, [Part("lampu_mati", "Mati")], seen_version=None, now=MONDAY)
    (half,) = split(place, VERIFIER, part.complaint_id, [Part("pohon", "Pohon")], seen_version=None, now=MONDAY)
    move(place, VERIFIER, half.complaint_id, "needs_info", seen_version=None, now=MONDAY, reason="Pohon yang mana?")
    told = text("select distinct recipient from outbox where subject = :number")
    assert place.scalars(told, {"number": half.number}).all() == [me.name]
    move(place, me, half.complaint_id, "received", seen_version=None, now=MONDAY, reason="Yang besar")
    found = files.contact(place, tmp_path, VERIFIER, row(place, half.complaint_id))
    assert found and found.name == "Siti"
    assert set(others_of_it(place, half.complaint_id)) == {row(place, mine).number, part.number}


def test_a_secret_part_is_not_named_by_its_parent(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    (made,) = split(place, VERIFIER, mine, [Part("sikap_petugas", "Petugas kasar")], seen_version=1, now=MONDAY)
    change_visibility(place, VERIFIER, made.complaint_id, "secret", seen_version=None, reason="Nama petugas")
    found = seen(place, mine)
    assert found is not None
    assert found.parts == ()
    assert made.number not in repr(found.parts)


def test_what_is_over_is_not_split(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    move(place, VERIFIER, mine, "rejected", seen_version=None, now=MONDAY, reason="bukan urusan kami")
    with pytest.raises(ActRefusedError):
        split(place, VERIFIER, mine, [Part("lampu_mati", "")], seen_version=None, now=MONDAY)


def test_a_case_whose_road_is_gone_is_still_sorted_and_split(report: Report, place: Connection) -> None:
    place.execute(
        text(
            "insert into road (source, source_id, name, status, geom) values ('uji', '1', 'Jalan Uji',"
            " 'kabupaten', 'SRID=4326;MULTILINESTRING((104.89 -4.8,104.91 -4.8))')"
        )
    )
    mine = report().complaint_id
    assert row(place, mine).asset_layer == "roads"
    place.execute(text("delete from road"))
    change_category(place, VERIFIER, mine, "lampu_mati", seen_version=None, now=MONDAY)
    (part,) = split(place, VERIFIER, mine, [Part("saluran_tersumbat", "Penuh")], seen_version=None, now=MONDAY)
    assert (row(place, mine).agency, row(place, part.complaint_id).asset_id) == ("dishub", None)
