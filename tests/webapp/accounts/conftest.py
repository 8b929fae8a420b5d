"""An application with people, and what a person needs to sign in: an authenticator app of its own making."""

import base64
import hmac
import re
import struct
import time
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from layers.records import accounts
from layers.records.actors import Grant
from layers.records.visits import forget
from layers.settings import Settings
from tests.webapp.staff import FROM_HERE, OWNER, engine_of, hire
from webapp import create_app

SENTENCE = "hujan turun di atap seng"


@pytest.fixture(scope="session")
def app(staffed_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(staffed_url, tmp_path_factory.mktemp("data")))


@pytest.fixture(autouse=True)
def unhurried(app: Flask) -> None:
    """No test is held back by the tries of another."""
    with engine_of(app).begin() as connection:
        forget(connection)


def code(letters: str, steps_on: int = 0) -> str:
    """The six digits of RFC 6238 at this moment, or some half minutes later, computed from the letters on the page."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps_on)
    key = base64.b32decode(letters.replace("-", "").replace(" ", ""))
    digest = hmac.digest(key, counter, "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06d}"


@dataclass
class Worker:
    """Somebody who has an account, his browser, and what his phone holds."""

    app: Flask
    account_id: int
    browser: FlaskClient
    password: str = SENTENCE
    letters: str = ""
    codes: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        with engine_of(self.app).connect() as connection:
            found = accounts.person(connection, self.account_id)
        assert found
        return found.email

    def link(self) -> str:
        """A link as an administrator makes it."""
        with engine_of(self.app).begin() as connection:
            return "/account/password/" + accounts.make_link(connection, OWNER, self.account_id)

    def give_password(self, password: str | None = None, next_page: str = "") -> TestResponse:
        sent = {"email": self.email, "password": password or self.password, "next": next_page}
        return self.browser.post("/account/sign-in", data=sent)

    def set_up(self) -> TestResponse:
        page = self.browser.get("/account/second-factor/new")
        self.letters = re.search(r'class="letters">([A-Z2-7-]+)<', page.text)[1]
        shown = self.browser.post("/account/second-factor/new", data={"code": code(self.letters)})
        self.codes = tuple(re.findall(r"<code>([0-9a-f-]+)</code>", shown.text))
        return shown

    def other_browser(self) -> "Worker":
        return Worker(self.app, self.account_id, new_browser(self.app), self.password, self.letters, self.codes)


def new_browser(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base = {**client.environ_base, **FROM_HERE}
    return client


@pytest.fixture
def invited(app: Flask) -> Worker:
    """A verifier who has got a link and not yet opened it."""
    with engine_of(app).begin() as connection:
        account_id = hire(connection, Grant("verifier"))
    return Worker(app, account_id, new_browser(app))


@pytest.fixture
def worker(invited: Worker) -> Worker:
    """A verifier with password and second factor, whose browser is signed in."""
    invited.browser.post(invited.link(), data={"password": SENTENCE, "again": SENTENCE})
    invited.give_password()
    invited.set_up()
    return invited
