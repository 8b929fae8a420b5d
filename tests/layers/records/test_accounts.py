"""Who may do what about accounts, and what the trail says of it; below the pages, on a real database."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from layers.records import accounts, signing_in
from layers.records.accounts import RefusedError
from layers.records.actors import ROLES, SYSTEM, VISITOR, Actor, Grant

BOSS = Actor("admin:uji", (Grant("administrator"),))
PUPR = Grant("officer", "pupr", "18.03.05")
ACTS: dict[str, Callable[[Connection, Actor, int], object]] = {
    "invite": lambda c, actor, _: accounts.invite(c, actor, "b@uji.example", "B", []),
    "grant": lambda c, actor, number: accounts.grant(c, actor, number, Grant("planner")),
    "withdraw": lambda c, actor, number: accounts.withdraw(c, actor, number, PUPR),
    "deactivate": lambda c, actor, number: accounts.set_active(c, actor, number, False),
    "correct": lambda c, actor, number: accounts.correct(c, actor, number, "ani.baru@uji.example", "Ani Baru"),
    "reset": accounts.reset_second_factor,
    "link": accounts.make_link,
}


@pytest.fixture
def ani(connection: Connection) -> int:
    return accounts.invite(connection, BOSS, "ani@uji.example", "Ani", [PUPR])


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "actor", [VISITOR, SYSTEM, *(Actor("account:0", (Grant(role),)) for role in ROLES[:-1])], ids=str
)
def test_only_an_administrator_acts_and_a_refusal_changes_nothing(
    connection: Connection, ani: int, act: str, actor: Actor
) -> None:
    before = connection.scalar(text("select count(*) from event")), accounts.people(connection)
    with pytest.raises(RefusedError) as refused:
        ACTS[act](connection, actor, ani)
    assert refused.value.reason == "no_right"
    assert (connection.scalar(text("select count(*) from event")), accounts.people(connection)) == before


@pytest.mark.parametrize("act", ACTS)
def test_every_act_of_an_administrator_is_one_event_under_his_name(connection: Connection, ani: int, act: str) -> None:
    before = connection.scalar(text("select max(id) from event"))
    ACTS[act](connection, BOSS, ani)
    told = connection.execute(
        text("select actor, subject, detail::text from event where id > :id"), {"id": before}
    ).all()
    assert len(told) == 1
    assert told[0].actor == BOSS.name
    assert told[0].subject.startswith("account:")
    assert "uji.example" not in told[0].detail
    assert "Ani" not in told[0].detail


def test_what_was_wrong_is_corrected_and_no_two_share_an_address(connection: Connection, ani: int) -> None:
    accounts.invite(connection, BOSS, "c@uji.example", "C", [])
    for email, name, reason in (
        ("C@uji.example", "Ani", "email_taken"),
        ("x", "A", "bad_email"),
        ("a@b.c", " ", "no_name"),
    ):
        with pytest.raises(RefusedError) as refused:
            accounts.correct(connection, BOSS, ani, email, name)
        assert refused.value.reason == reason
    accounts.correct(connection, BOSS, ani, " Ani.Baru@uji.example", " Ani Baru ")
    found = accounts.person(connection, ani)
    assert found and (found.email, found.name, found.grants) == ("ani.baru@uji.example", "Ani Baru", (PUPR,))


def test_who_was_sent_away_can_be_forgotten_and_the_trail_keeps_the_number_alone(
    connection: Connection, ani: int
) -> None:
    accounts.make_link(connection, BOSS, ani)
    with pytest.raises(RefusedError) as refused:
        accounts.erase(connection, BOSS, ani)
    assert refused.value.reason == "still_active"
    accounts.set_active(connection, BOSS, ani, False)
    with pytest.raises(RefusedError):
        accounts.erase(connection, Actor("account:0", (Grant("verifier"),)), ani)
    accounts.erase(connection, BOSS, ani)
    assert accounts.person(connection, ani) is None
    for table in ("account_grant", "account_link", "account_session", "recovery_code"):
        assert connection.scalar(text(f"select count(*) from {table} where account_id = :id"), {"id": ani}) == 0
    told = connection.scalars(
        text("select act from event where subject = :s order by id"), {"s": f"account:{ani}"}
    ).all()
    assert told[-1] == "erase_account"


def test_a_grant_reaches_as_far_as_it_says(connection: Connection, ani: int) -> None:
    found = accounts.person(connection, ani)
    assert found
    assert found.actor.may("officer", "pupr", "18.03.05.2001")
    assert not found.actor.may("officer", "pupr", "18.03.06.2001")
    assert not found.actor.may("officer", "dlh", "18.03.05.2001")


def test_everybody_makes_a_link_for_himself_alone(connection: Connection, ani: int) -> None:
    herself = Actor(accounts.name_of(ani))
    token = accounts.make_link(connection, herself, ani)
    assert accounts.owner_of_link(connection, token)
    other = accounts.invite(connection, BOSS, "c@uji.example", "C", [])
    with pytest.raises(RefusedError):
        accounts.make_link(connection, herself, other)


def test_a_link_sets_one_password(connection: Connection, ani: int) -> None:
    token = accounts.make_link(connection, BOSS, ani)
    assert signing_in.set_password(connection, token, "hash")
    assert not signing_in.set_password(connection, token, "other")
    known = signing_in.secrets_of(connection, " ANI@uji.example ")
    assert known and known.password == "hash"


def test_no_code_counts_twice_or_after_a_later_one(connection: Connection, ani: int) -> None:
    assert signing_in.set_second_factor(connection, ani, "secret", 100, ["a"])
    taken = [signing_in.advance(connection, ani, counter) for counter in (100, 99, 101, 101, 103, 102)]
    assert taken == [False, False, True, False, True, False]
    assert not signing_in.set_second_factor(connection, ani, "of somebody else", 200, ["b"])


def test_a_recovery_code_counts_once_and_for_its_owner(connection: Connection, ani: int) -> None:
    signing_in.set_second_factor(connection, ani, "secret", 1, ["a", "b"])
    other = accounts.invite(connection, BOSS, "c@uji.example", "C", [])
    assert not signing_in.use_code(connection, other, "a")
    assert [signing_in.use_code(connection, ani, code) for code in ("a", "a", "b", "x")] == [True, False, True, False]


@pytest.mark.parametrize(
    "written",
    ["ani", "ani@desa", "ani@desa..example", "ani,budi@uji.example", "ani@uji.example;budi", "aní@uji.example"],
)
def test_nobody_is_invited_under_an_address_that_no_letter_reaches(connection: Connection, written: str) -> None:
    with pytest.raises(RefusedError, match="bad_email"):
        accounts.invite(connection, BOSS, written, "Ani", [])
