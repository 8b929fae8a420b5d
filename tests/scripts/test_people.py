"""The first administrator, agencies, and accounts to try with, as commands make them on a real database."""

import csv
import re
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from layers.records import accounts, signing_in
from layers.records.accounts import owner_of_link
from layers.records.actors import ROLES
from layers.records.agencies import FIELDS, agencies
from scripts import sample_people
from scripts.setup.progress import Trouble
from tests.scripts.test_admin import admin
from webapp.accounts import passwords


def test_the_first_administrator_gets_a_link_to_set_a_password(connection: Connection) -> None:
    assert "Belum ada akun" in "".join(admin(connection, "people", "list"))
    said = admin(connection, "people", "administrator", "Ani@Contoh.id", "Ani", "--address", "https://peta.example/")
    token = re.fullmatch(r"https://peta\.example/account/password/([\w-]{32})", said[-1])[1]
    owner = owner_of_link(connection, token)
    assert owner and (owner.email, owner.actor.may("administrator")) == ("ani@contoh.id", True)
    assert not owner.has_password
    acts = connection.execute(text("select actor, act from event order by id")).all()
    assert [act for _, act in acts] == ["invite_account", "grant_role", "make_password_link"]
    assert {actor.partition(":")[0] for actor, _ in acts} == {"admin"}


def test_a_new_link_kills_the_one_before(connection: Connection) -> None:
    first = admin(connection, "people", "administrator", "a@contoh.id", "Ani")[-1].rpartition("/")[2]
    second = admin(connection, "people", "link", "A@contoh.id")[-1].rpartition("/")[2]
    assert owner_of_link(connection, first) is None
    assert owner_of_link(connection, second)


def test_a_lost_phone_is_reset_and_somebody_is_promoted(connection: Connection) -> None:
    admin(connection, "people", "administrator", "a@contoh.id", "Ani")
    connection.execute(text("update account set totp_secret = '{}', totp_counter = 1"))
    admin(connection, "people", "reset", "a@contoh.id")
    assert not accounts.people(connection)[0].has_second_factor
    with pytest.raises(Trouble, match="sudah administrator"):
        admin(connection, "people", "promote", "a@contoh.id")


@pytest.mark.parametrize(
    "words",
    [
        ("administrator", "tanpa-at", "Ani"),
        ("administrator", "a@contoh.id", " "),
        ("administrator", "ada@contoh.id", "Lain"),
        ("link", "tidak@contoh.id"),
        ("reset", "tidak@contoh.id"),
        ("promote", "tidak@contoh.id"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(connection: Connection, words: tuple[str, ...]) -> None:
    admin(connection, "people", "administrator", "ada@contoh.id", "Ada")
    with pytest.raises(Trouble):
        admin(connection, "people", *words)
    assert len(accounts.people(connection)) == 1


def test_every_agency_that_kinds_of_complaints_name_is_there_from_the_start(connection: Connection) -> None:
    named = set(connection.scalars(text("select agency from complaint_kind union select agency from complaint_route")))
    assert named <= {agency.id for agency in agencies(connection)}


def test_agencies_are_renamed_and_added_from_a_file(connection: Connection, tmp_path: Path) -> None:
    before = len(agencies(connection))
    rows = [
        ("pupr", "Dinas PU", "Public works", "0724 21234", "pu@contoh.id"),
        ("bpbd", "BPBD", "Disaster agency", "", ""),
    ]
    with (tmp_path / "opd.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([FIELDS, *rows])
    admin(connection, "agencies", "import", str(tmp_path / "opd.csv"))
    kept = {agency.id: agency for agency in agencies(connection)}
    assert len(kept) == before + 1
    assert (kept["pupr"].name, kept["pupr"].phone, kept["bpbd"].phone) == ("Dinas PU", "0724 21234", None)
    assert any("0724 21234" in line for line in admin(connection, "agencies", "list"))
    assert connection.scalar(text("select act from event")) == "import_agencies"


@pytest.mark.parametrize("wrong", [("PUPR", "Dinas", "Agency"), ("pupr", "", "Agency"), ("pupr", "Dinas", "")])
def test_a_wrong_row_keeps_all_agencies_as_they_were(
    connection: Connection, tmp_path: Path, wrong: tuple[str, str, str]
) -> None:
    before = [agency.name for agency in agencies(connection)]
    with (tmp_path / "opd.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([FIELDS, ("bpbd", "BPBD", "Disaster agency", "", ""), (*wrong, "", "")])
    with pytest.raises(Trouble, match="Baris 3"):
        admin(connection, "agencies", "import", str(tmp_path / "opd.csv"))
    assert [agency.name for agency in agencies(connection)] == before


def test_each_role_has_an_account_to_try_with_and_a_password_of_its_own(connection: Connection) -> None:
    said = list(sample_people.hire(connection))
    given = dict(line.split() for line in said[1:])
    assert {grant.role for person in accounts.people(connection) for grant in person.grants} == set(ROLES)
    assert len(set(given.values())) == len(ROLES)
    for email, password in given.items():
        known = signing_in.secrets_of(connection, email)
        assert known and passwords.matches(known.password, password)
        assert passwords.fault(password, [email]) is None
    assert not any(person.has_second_factor for person in accounts.people(connection))
