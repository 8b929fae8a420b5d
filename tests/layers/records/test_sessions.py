"""Sessions below the pages: found by their token alone, over in time, and looked up by an index."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from layers.db import sql
from layers.records import accounts, sessions
from layers.records.actors import VISITOR, Actor, Grant
from layers.records.tries import OF_ACCOUNT, OF_ADDRESS, forgive, may_try

BOSS = Actor("admin:uji", (Grant("administrator"),))


@pytest.fixture
def ani(connection: Connection) -> int:
    return accounts.invite(connection, BOSS, "ani@uji.example", "Ani", [Grant("officer", "pupr")])


def test_a_session_knows_who_acts_and_only_its_token_opens_it(connection: Connection, ani: int) -> None:
    token = sessions.begin(connection, "Firefox, Linux", ani)
    found = sessions.session(connection, token)
    assert found and found.actor == Actor(f"account:{ani}", (Grant("officer", "pupr"),))
    assert found.name == "Ani"
    for wrong in ("", token[:-1], token.lower(), sessions.hashed(token)):
        assert sessions.session(connection, wrong) is None


def test_between_password_and_second_factor_nobody_acts(connection: Connection, ani: int) -> None:
    found = sessions.session(connection, sessions.begin(connection, "", pending=ani))
    assert found and (found.account_id, found.actor, found.data) == (None, VISITOR, {"pending": ani})
    assert sessions.places(connection, ani) == []


@pytest.mark.parametrize(("account", "lasting"), [(True, sessions.WHOLE), (False, sessions.PENDING)])
def test_a_session_lasts_as_long_as_it_says(
    connection: Connection, ani: int, account: bool, lasting: timedelta
) -> None:
    token = sessions.begin(connection, "", ani if account else None)
    connection.execute(text("update account_session set seen_at = now() + interval '1 day'"))
    connection.execute(
        text("update account_session set expires_at = expires_at - cast(:t as interval)"), {"t": lasting}
    )
    assert sessions.session(connection, token) is None


def test_what_is_over_is_forgotten_when_another_begins(connection: Connection, ani: int) -> None:
    sessions.begin(connection, "lama", ani)
    connection.execute(text("update account_session set expires_at = now() - interval '1 second'"))
    sessions.begin(connection, "baru", ani)
    assert connection.scalars(text("select device from account_session")).all() == ["baru"]


def test_a_token_is_found_by_an_index_among_many(connection: Connection) -> None:
    connection.execute(
        text(
            """insert into account_session (token, data, device, expires_at)
               select md5(n::text), '{}', '', now() + interval '1 hour' from generate_series(1, 20000) as n"""
        )
    )
    connection.execute(text("analyze account_session"))
    asked = {"token": "x", "idle": sessions.IDLE}
    plan = "\n".join(connection.scalars(text(f"explain {sql('records/session.sql').text}"), asked))
    assert "uq_account_session_token" in plan
    assert "Seq Scan on account_session" not in plan


def test_tries_are_counted_for_each_name_and_each_address(connection: Connection) -> None:
    assert all(may_try(connection, "Ani@uji.example", "a") for _ in range(OF_ACCOUNT))
    assert not may_try(connection, "ani@UJI.example", "b")
    forgive(connection, "ANI@uji.example")
    assert may_try(connection, "ani@uji.example", "b")
    judged = [may_try(connection, f"{n}@uji.example", "c") for n in range(OF_ADDRESS + 1)]
    assert judged == [True] * OF_ADDRESS + [False]
    names = "".join(connection.scalars(text("select key from visit")))
    assert "uji.example" not in names
