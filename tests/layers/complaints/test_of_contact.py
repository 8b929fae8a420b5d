"""Who calls about his complaint is found by phone number or address, by those alone who may see contacts."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.complaints.acts import join_call
from layers.complaints.files import contact, of_contact
from layers.complaints.refusals import ActRefusedError
from layers.records import identities
from layers.records.actors import SYSTEM
from layers.records.identities import Contact
from tests.layers.complaints.conftest import AGENT, CHECKER, OFFICER, VERIFIER, Report, staff

SITI = Contact("Siti", "Siti@contoh.test", "0812-7777-1234")


def keep(place: Connection, data_dir: Path, complaint_id: int) -> int:
    identities.keep(place, data_dir, SYSTEM, f"complaint:{complaint_id}", SITI, "Setuju")
    return complaint_id


@pytest.mark.parametrize("typed", ["+62 812 7777 1234", "081277771234", "812-7777-1234", " siti@CONTOH.test"])
def test_her_complaints_and_those_she_joined_are_found_however_it_is_typed(
    report: Report, place: Connection, tmp_path: Path, typed: str
) -> None:
    mine, joined, _other = keep(place, tmp_path, report().complaint_id), report().complaint_id, report()
    join_call(place, tmp_path, AGENT, joined, Contact(phone=SITI.phone), "telepon")
    found = [case.id for case in of_contact(place, tmp_path, AGENT, typed)]
    assert found == ([mine] if "@" in typed else [joined, mine])
    searched = text("select actor from event where act = 'search_identity'")
    assert place.scalars(searched).all() == [AGENT.name] * 2, "once for whom the call was from"


def test_nobody_finds_more_than_he_reaches_and_who_handles_finds_no_anonymous_one(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    mine = keep(place, tmp_path, report().complaint_id)
    hidden = keep(place, tmp_path, report(visibility="anonymous").complaint_id)
    found = {who: [case.id for case in of_contact(place, tmp_path, who, SITI.phone)] for who in (OFFICER, VERIFIER)}
    assert found == {OFFICER: [mine], VERIFIER: [hidden, mine]}
    assert of_contact(place, tmp_path, staff("officer", "dlh", 9), SITI.phone) == []
    case = of_contact(place, tmp_path, VERIFIER, SITI.phone)[0]
    assert contact(place, tmp_path, VERIFIER, case) == SITI
    with pytest.raises(ActRefusedError):
        contact(place, tmp_path, OFFICER, case)


def test_roles_that_see_no_contacts_do_not_search_and_nonsense_is_not_looked_for(
    place: Connection, tmp_path: Path
) -> None:
    for who, typed in ((CHECKER, SITI.phone), (AGENT, "Siti"), (AGENT, "a@b@c"), (AGENT, "12")):
        with pytest.raises(ActRefusedError):
            of_contact(place, tmp_path, who, typed)
    assert place.scalar(text("select count(*) from event where act = 'search_identity'")) == 0


def test_followers_are_found_by_an_index(place: Connection) -> None:
    asked = "explain select complaint_id from complaint_follower where follower = 'caller:1'"
    place.execute(text("set local enable_seqscan = off"))
    assert "ix_complaint_follower_follower" in "\n".join(place.execute(text(asked)).scalars())
