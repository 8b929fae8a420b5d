"""Who reported is sealed, found only by who may look, and gone when it is erased."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.records import identities, keys
from layers.records.actors import SYSTEM, Actor
from layers.records.identities import Contact
from layers.records.sealing import Seal, SealError

SITI = Contact("Siti Nurhaliza Binti Marka", "siti.marka@contoh.test", "0812-7777-1234")
AGREED = "Saya setuju dihubungi tentang laporan ini."
OFFICER = Actor("account:12")


def kept(connection: Connection, tmp_path: Path, subject: str = "complaint:7", contact: Contact = SITI) -> None:
    identities.keep(connection, tmp_path, SYSTEM, subject, contact, AGREED)


def trail(connection: Connection) -> list[tuple[str, str, str | None]]:
    return [tuple(row) for row in connection.execute(text("select actor, act, subject from event order by id"))]


def test_a_contact_can_be_read_again_and_the_look_stands_in_the_trail(connection: Connection, tmp_path: Path) -> None:
    kept(connection, tmp_path)
    assert identities.look(connection, tmp_path, OFFICER, "complaint:7") == SITI
    assert trail(connection)[-1] == ("account:12", "look_at_identity", "complaint:7")
    assert identities.look(connection, tmp_path, OFFICER, "complaint:8") is None


def test_the_database_holds_nothing_that_names_somebody(connection: Connection, tmp_path: Path) -> None:
    kept(connection, tmp_path)
    identities.look(connection, tmp_path, OFFICER, "complaint:7")
    identities.subjects_of(connection, tmp_path, OFFICER, email=SITI.email)
    written = str(
        [*connection.execute(text("select * from identity")), *connection.execute(text("select * from event"))]
    )
    sealed = connection.scalar(text("select encode(sealed, 'escape') from identity"))
    for secret in ("Siti", "marka", "7777", "contoh.test"):
        assert secret not in written and secret not in str(sealed)


@pytest.mark.parametrize(
    "typed",
    ["081277771234", "+62 812 7777 1234", "62-812-7777-1234", "(0812) 7777.1234", "812 7777 1234", "0062 81277771234"],
)
def test_a_phone_number_is_found_however_it_is_typed(connection: Connection, tmp_path: Path, typed: str) -> None:
    kept(connection, tmp_path)
    kept(connection, tmp_path, "complaint:9", Contact(phone="0812-7777-9999"))
    assert identities.subjects_of(connection, tmp_path, OFFICER, phone=typed) == ["complaint:7"]
    assert trail(connection)[-1][1] == "search_identity"


def test_an_address_is_found_in_capitals_too_and_not_by_another_key(connection: Connection, tmp_path: Path) -> None:
    kept(connection, tmp_path)
    assert identities.subjects_of(connection, tmp_path, OFFICER, email=" SITI.Marka@contoh.test ") == ["complaint:7"]
    assert identities.subjects_of(connection, tmp_path / "elsewhere", OFFICER, email=SITI.email) == []


def test_what_is_corrected_replaces_what_was_wrong(connection: Connection, tmp_path: Path) -> None:
    kept(connection, tmp_path)
    kept(connection, tmp_path, contact=Contact(phone="0813 0000 1111"))
    assert identities.look(connection, tmp_path, OFFICER, "complaint:7") == Contact(phone="0813 0000 1111")
    assert identities.subjects_of(connection, tmp_path, OFFICER, email=SITI.email) == []


def test_what_is_erased_is_gone_and_the_trail_says_that_it_was(connection: Connection, tmp_path: Path) -> None:
    kept(connection, tmp_path)
    assert identities.erase(connection, OFFICER, "complaint:7")
    assert identities.look(connection, tmp_path, OFFICER, "complaint:7") is None
    assert trail(connection)[-1] == ("account:12", "erase_identity", "complaint:7")
    assert not identities.erase(connection, OFFICER, "complaint:7")


def test_after_a_rotation_everything_is_readable_with_the_new_key_alone(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identities, "AT_ONCE", 2)
    old = Seal(tmp_path, identities.RING)
    for number in range(5):
        kept(connection, tmp_path, f"complaint:{number}", Contact(name=f"Warga {number}"))
    assert identities.reseal(connection, tmp_path) == 5
    keys.drop_older(tmp_path, identities.RING)
    for number in range(5):
        found = identities.look(connection, tmp_path, OFFICER, f"complaint:{number}")
        assert found == Contact(name=f"Warga {number}")
    for sealed in connection.scalars(text("select sealed from identity")):
        with pytest.raises(SealError):
            old.open(bytes(sealed))


def test_a_rotation_that_breaks_off_loses_nothing(connection: Connection, tmp_path: Path) -> None:
    kept(connection, tmp_path)
    attempt = connection.begin_nested()
    identities.reseal(connection, tmp_path)
    attempt.rollback()
    assert identities.look(connection, tmp_path, OFFICER, "complaint:7") == SITI


def test_a_search_uses_an_index(connection: Connection) -> None:
    connection.execute(text("set local enable_seqscan = off"))
    for column in ("phone_hash", "email_hash"):
        plan = connection.execute(text(f"explain select subject from identity where {column} = '\\x00'"))
        assert f"ix_identity_{column}" in str(plan.all())
