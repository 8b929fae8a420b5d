"""Signing in as staff do: a link, a password, a phone; and what stops everybody else."""

import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import text

from layers.records import tries
from tests.webapp.accounts.conftest import SENTENCE, Worker, code, new_browser
from tests.webapp.staff import engine_of, trail


def test_an_invited_verifier_sets_a_password_and_a_phone_and_is_in(invited: Worker) -> None:
    link = invited.link()
    assert SENTENCE not in invited.browser.get(link).text
    saved = invited.browser.post(link, data={"password": SENTENCE, "again": SENTENCE})
    assert saved.headers["Location"] == "/account/sign-in?changed=1"
    assert invited.give_password(next_page="/layers").headers["Location"] == "/account/second-factor/new"
    shown = invited.set_up()
    assert len(set(invited.codes)) == 10
    assert 'href="/layers"' in shown.text
    assert "Verifikator" in invited.browser.get("/account").text


def test_nobody_is_in_before_the_second_factor(worker: Worker) -> None:
    halfway = worker.other_browser()
    assert halfway.give_password().headers["Location"] == "/account/second-factor"
    assert halfway.browser.get("/account").headers["Location"].startswith("/account/sign-in")
    assert halfway.browser.get("/account/second-factor/new").headers["Location"] == "/account/sign-in"


def test_a_code_of_the_phone_counts_once_and_never_an_earlier_one(worker: Worker) -> None:
    again = worker.other_browser()
    again.give_password()
    used, following = code(worker.letters), code(worker.letters, 1)
    assert again.browser.post("/account/second-factor", data={"code": used}).status_code == 400
    assert again.browser.post("/account/second-factor", data={"code": following}).headers["Location"] == "/account"
    third = worker.other_browser()
    third.give_password()
    assert third.browser.post("/account/second-factor", data={"code": following}).status_code == 400


def test_one_code_sent_by_two_browsers_at_once_lets_one_in(worker: Worker) -> None:
    both = [worker.other_browser() for _ in range(2)]
    for each in both:
        each.give_password()
    sent = {"code": code(worker.letters, 1)}
    with ThreadPoolExecutor(2) as together:
        answers = together.map(lambda each: each.browser.post("/account/second-factor", data=sent).status_code, both)
        assert sorted(answers) == [303, 400]


def test_a_recovery_code_stands_in_for_a_lost_phone_once(worker: Worker) -> None:
    lost = worker.other_browser()
    written = worker.codes[0].upper().replace("-", " ")
    lost.give_password()
    assert lost.browser.post("/account/second-factor", data={"code": written}).status_code == 303
    assert lost.browser.get("/account").status_code == 200
    again = worker.other_browser()
    again.give_password()
    assert again.browser.post("/account/second-factor", data={"code": written}).status_code == 400


def test_recovery_codes_and_secrets_lie_unreadable_in_the_database(worker: Worker) -> None:
    with engine_of(worker.app).connect() as connection:
        kept = str(connection.execute(text("select * from account natural full join recovery_code")).all())
        tokens = str(connection.execute(text("select * from account_session")).all())
    cookie = worker.browser.get_cookie("session")
    assert cookie
    for secret in (SENTENCE, worker.letters.replace("-", ""), worker.codes[0], worker.codes[0].replace("-", "")):
        assert secret not in kept
    assert cookie.value not in tokens


def test_new_recovery_codes_need_a_code_and_kill_the_old(worker: Worker) -> None:
    assert worker.browser.post("/account/recovery-codes", data={"code": "000000"}).status_code == 400
    shown = worker.browser.post("/account/recovery-codes", data={"code": worker.codes[1]})
    fresh = re.findall(r"<code>([0-9a-f-]+)</code>", shown.text)
    assert len(fresh) == 10
    assert not set(fresh) & set(worker.codes)
    again = worker.other_browser()
    again.give_password()
    assert again.browser.post("/account/second-factor", data={"code": worker.codes[2]}).status_code == 400


def test_nobody_learns_whether_an_account_exists(worker: Worker, app: Flask) -> None:
    wrong = worker.other_browser().give_password("salah salah salah")
    stranger = new_browser(app).post("/account/sign-in", data={"email": "x@y.example", "password": SENTENCE})
    assert wrong.status_code == stranger.status_code == 400
    assert wrong.text.replace(worker.email, "") == stranger.text.replace("x@y.example", "")


@pytest.mark.parametrize("exists", [True, False], ids=["an account", "nobody"])
def test_after_too_many_wrong_tries_however_typed_even_the_right_password_waits(worker: Worker, exists: bool) -> None:
    email = worker.email if exists else "siapa@entah.example"
    browser = new_browser(worker.app)
    spellings = [" " * (n // 2) + (email.upper() if n % 2 else email) + "\t" * n for n in range(tries.OF_ACCOUNT + 1)]
    statuses = [
        browser.post("/account/sign-in", data={"email": spelling, "password": f"salah {n}"}).status_code
        for n, spelling in enumerate(spellings)
    ]
    assert statuses == [400] * tries.OF_ACCOUNT + [429]
    assert browser.post("/account/sign-in", data={"email": email, "password": SENTENCE}).status_code == 429
    with engine_of(worker.app).begin() as connection:
        connection.execute(text("update visit set expires_at = now()"))
    waited = browser.post("/account/sign-in", data={"email": email, "password": SENTENCE})
    assert waited.status_code == (303 if exists else 400)


def test_too_many_wrong_codes_lock_as_wrong_passwords_do(worker: Worker) -> None:
    guessing = worker.other_browser()
    guessing.give_password()
    for _ in range(tries.OF_ACCOUNT):
        assert guessing.browser.post("/account/second-factor", data={"code": "000000"}).status_code == 400
    right = guessing.browser.post("/account/second-factor", data={"code": code(worker.letters, 1)})
    assert right.status_code == 429


def test_one_address_cannot_try_everybody(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "OF_ADDRESS", 5)
    browser = new_browser(worker.app)
    for n in range(5):
        browser.post("/account/sign-in", data={"email": f"{n}@y.example", "password": "x"})
    assert browser.post("/account/sign-in", data={"email": "6@y.example", "password": "x"}).status_code == 429
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    sent = {"email": worker.email, "password": SENTENCE}
    assert browser.post("/account/sign-in", data=sent, environ_overrides=elsewhere).status_code == 303


@pytest.mark.parametrize("where", ["https://jahat.example", "//jahat.example", "/\\jahat.example", "x", "/a\nb"])
def test_signing_in_leads_to_no_other_site(worker: Worker, where: str) -> None:
    again = worker.other_browser()
    again.give_password(next_page=where)
    entered = again.browser.post("/account/second-factor", data={"code": worker.codes[3]})
    assert entered.headers["Location"] == "/account"


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("pendek saja", "terlalu pendek"),
        ("x" * 129, "terlalu panjang"),
        ("password1234", "mudah ditebak"),
        ("qwertyuiop1234", "mudah ditebak"),
        ("petalayanan2026", "mudah ditebak"),
        ("aaaaaaaaaaaaaaaa", "mudah ditebak"),
    ],
)
def test_a_password_that_others_guess_is_refused(invited: Worker, password: str, said: str) -> None:
    link = invited.link()
    answer = invited.browser.post(link, data={"password": password, "again": password})
    assert answer.status_code == 400
    assert said in answer.text
    assert invited.browser.get(link).status_code == 200


def test_a_password_made_of_ones_own_name_is_refused(invited: Worker) -> None:
    name = invited.email.partition("@")[0]
    answer = invited.browser.post(invited.link(), data={"password": name, "again": name})
    assert "mudah ditebak" in answer.text


@pytest.mark.parametrize("password", ["hanya huruf kecil biasa", "カタカナ の ながい ことば", "  spasi di tepi  ok "])
def test_any_letters_will_do_and_the_keyboard_does_not_matter(invited: Worker, password: str) -> None:
    composed = unicodedata.normalize("NFD", password)
    invited.browser.post(invited.link(), data={"password": composed, "again": composed})
    assert invited.give_password(password).headers["Location"] == "/account/second-factor/new"


def test_a_link_works_once_and_only_the_latest(invited: Worker) -> None:
    replaced, latest = invited.link(), invited.link()
    assert invited.browser.get(replaced).status_code == 404
    assert invited.browser.post(latest, data={"password": SENTENCE, "again": "lain"}).status_code == 400
    assert invited.browser.post(latest, data={"password": SENTENCE, "again": SENTENCE}).status_code == 303
    used = invited.browser.post(latest, data={"password": SENTENCE, "again": SENTENCE})
    assert used.status_code == 404
    assert "tautan baru" in used.text


def test_a_link_grows_too_old(invited: Worker) -> None:
    link = invited.link()
    with engine_of(invited.app).begin() as connection:
        connection.execute(text("update account_link set expires_at = now()"))
    assert invited.browser.get(link).status_code == 404


def test_a_changed_password_ends_every_session(worker: Worker) -> None:
    assert worker.browser.post("/account/password", data={"password": "bukan yang ini"}).status_code == 400
    led = worker.browser.post("/account/password", data={"password": SENTENCE})
    new = "perahu kertas di sungai"
    worker.browser.post(led.headers["Location"], data={"password": new, "again": new})
    assert worker.browser.get("/account").status_code == 303
    assert worker.other_browser().give_password().status_code == 400
    assert worker.other_browser().give_password(new).status_code == 303
    with engine_of(worker.app).connect() as connection:
        told = trail(connection, worker.account_id)
    own = f"account:{worker.account_id}"
    assert told[-2:] == [(own, "make_password_link"), (own, "set_password")]
