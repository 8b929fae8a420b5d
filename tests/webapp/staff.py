"""Staff for tests: accounts with roles, and clients that are signed in to them as browsers are."""

from secrets import token_hex

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, text

from layers.records import accounts, sessions
from layers.records.actors import Actor, Grant

OWNER = Actor("admin:uji", (Grant("administrator"),))
FROM_HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def hire(connection: Connection, *grants: Grant) -> int:
    """Make an account with roles, whose e-mail address nobody else has."""
    mark = token_hex(4)
    return accounts.invite(connection, OWNER, f"petugas-{mark}@uji.example", f"Petugas {mark}", grants)


def sit_down(app: Flask, account_id: int) -> FlaskClient:
    """Give a browser that is signed in to an account and sends what our own pages make it send."""
    with engine_of(app).begin() as connection:
        token = sessions.begin(connection, "Uji", account_id)
    client = app.test_client()
    client.set_cookie("session", token)
    client.environ_base = {**client.environ_base, **FROM_HERE}
    return client


def staff(app: Flask, *grants: Grant) -> FlaskClient:
    """Hire somebody and give his signed-in browser."""
    with engine_of(app).begin() as connection:
        account_id = hire(connection, *grants)
    return sit_down(app, account_id)


def engine_of(app: Flask) -> Engine:
    engine: Engine = app.extensions["engine"]
    return engine


def trail(connection: Connection, account_id: int) -> list[tuple[str, str]]:
    """Tell who did what about an account."""
    told = text("select actor, act from event where subject = :subject order by id")
    return [(actor, act) for actor, act in connection.execute(told, {"subject": f"account:{account_id}"})]
