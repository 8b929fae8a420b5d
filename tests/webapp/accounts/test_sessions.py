"""Where somebody is signed in: seen in a list, ended from elsewhere, and over by itself."""

import re

import pytest
from sqlalchemy import text

from tests.webapp.accounts.conftest import Worker, code
from tests.webapp.staff import engine_of, staff


def at_the_desk(worker: Worker) -> bool:
    return worker.browser.get("/account").status_code == 200


@pytest.fixture
def phone(worker: Worker) -> Worker:
    """The same person, signed in on a phone as well."""
    phone = worker.other_browser()
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36"
    phone.browser.environ_base["HTTP_USER_AGENT"] = agent
    phone.give_password()
    phone.browser.post("/account/second-factor", data={"code": code(worker.letters, 1)})
    return phone


def test_each_device_is_listed_and_one_ends_the_other(worker: Worker, phone: Worker) -> None:
    page = worker.browser.get("/account").text
    assert "Chrome, Android" in page
    assert page.count("perangkat ini") == 1
    (other,) = re.findall(r'action="/account/sessions/(\d+)/end"', page)
    assert worker.browser.post(f"/account/sessions/{other}/end").status_code == 303
    assert (at_the_desk(worker), at_the_desk(phone)) == (True, False)


def test_all_others_end_at_once(worker: Worker, phone: Worker) -> None:
    phone.browser.post("/account/sessions/end-others")
    assert (at_the_desk(worker), at_the_desk(phone)) == (False, True)


def test_nobody_ends_the_session_of_another(worker: Worker) -> None:
    with engine_of(worker.app).connect() as connection:
        theirs = connection.scalar(
            text("select id from account_session where account_id = :id"), {"id": worker.account_id}
        )
    assert staff(worker.app).post(f"/account/sessions/{theirs}/end").status_code == 404
    assert at_the_desk(worker)


def test_signing_out_ends_the_session_and_takes_the_cookie_away(worker: Worker) -> None:
    before = worker.browser.get_cookie("session")
    assert before
    worker.browser.post("/account/sign-out")
    assert worker.browser.get_cookie("session") is None
    worker.browser.set_cookie("session", before.value)
    assert not at_the_desk(worker)


@pytest.mark.parametrize(
    "over", ["seen_at = now() - interval '61 minutes'", "expires_at = now()"], ids=["unused for an hour", "after a day"]
)
def test_a_session_is_over_by_itself(worker: Worker, over: str) -> None:
    with engine_of(worker.app).begin() as connection:
        connection.execute(text(f"update account_session set {over}"))
    assert not at_the_desk(worker)


def test_a_session_that_is_used_goes_on(worker: Worker) -> None:
    with engine_of(worker.app).begin() as connection:
        connection.execute(text("update account_session set seen_at = now() - interval '59 minutes'"))
    assert at_the_desk(worker)
    with engine_of(worker.app).connect() as connection:
        unseen = "select max(now() - seen_at) < interval '1 minute' from account_session where account_id = :id"
        assert connection.scalar(text(unseen), {"id": worker.account_id})


def test_signing_in_changes_the_token_at_every_step(worker: Worker) -> None:
    again = worker.other_browser()
    again.browser.set_cookie("session", "ditanam-orang-lain")
    tokens = ["ditanam-orang-lain"]
    again.give_password()
    tokens.append(again.browser.get_cookie("session").value)
    again.browser.post("/account/second-factor", data={"code": worker.codes[0]})
    tokens.append(again.browser.get_cookie("session").value)
    assert len(set(tokens)) == 3
    again.browser.set_cookie("session", tokens[1])
    assert again.browser.get("/account").status_code == 303


def test_the_cookie_is_for_this_host_alone_and_for_no_script(worker: Worker) -> None:
    sent = {"email": worker.email, "password": worker.password}
    plain = worker.app.test_client().post("/account/sign-in", data=sent).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(plain.split("; "))
    assert "Secure" not in plain
    secure = worker.app.test_client().post("/account/sign-in", data=sent, base_url="https://peta.example")
    cookie = secure.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_pages_of_somebody_are_kept_by_nobody(worker: Worker) -> None:
    for address in ("/account", "/account/password", "/account/sign-in", "/admin/accounts"):
        assert worker.browser.get(address).headers["Cache-Control"] == "private, no-store", address
    assert "no-store" not in worker.app.test_client().get("/layers").headers["Cache-Control"]
