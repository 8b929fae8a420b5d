"""What administrators do about the accounts of others, as they do it: by forms, without JavaScript."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from layers.complaints.acts import Submission, decline, move, submit
from layers.records import accounts
from layers.records.actors import VISITOR, Actor, Grant
from layers.records.agencies import keep_agencies
from layers.records.calendar import years_without_joint_leave
from layers.records.people import Agency
from tests.webapp.accounts.conftest import Worker, new_browser
from tests.webapp.staff import engine_of, hire, sit_down, staff, trail


@pytest.fixture
def boss(app: Flask) -> Worker:
    with engine_of(app).begin() as connection:
        pupr = Agency(id="pupr", name="Dinas PUPR", name_en="Public works", phone=None, email=None)
        keep_agencies(connection, [pupr])
        account_id = hire(connection, Grant("administrator"))
    return Worker(app, account_id, sit_down(app, account_id))


def invite(browser: FlaskClient, **sent: str) -> tuple[int, str]:
    page = browser.post("/admin/accounts/new", data={"name": "Ani", "role": "verifier", **sent})
    return page.status_code, page.text


def test_an_administrator_is_told_of_a_year_whose_cuti_bersama_nobody_entered(boss: Worker, app: Flask) -> None:
    with engine_of(app).connect() as connection:
        lacking = years_without_joint_leave(connection, datetime.now(UTC).date())
    told = f"cuti bersama tahun {', '.join(map(str, lacking))} belum dimasukkan"
    assert (told in boss.browser.get("/account").text) == bool(lacking)
    assert "Kalender belum lengkap" not in staff(app, Grant("planner")).get("/account").text


def test_an_invitation_shows_a_link_once_that_opens_a_password_page(boss: Worker, app: Flask) -> None:
    email = f"Ani-{boss.account_id}@Uji.example"
    status, page = invite(boss.browser, email=email, role="officer", agency="pupr", area="18.03.05")
    (link,) = set(re.findall(r"http://localhost(/account/password/[\w-]+)", page))
    assert status == 200
    assert new_browser(app).get(link).status_code == 200
    (number,) = re.findall(r'href="/admin/accounts/(\d+)"', page)
    shown = boss.browser.get(f"/admin/accounts/{number}").text
    assert link not in shown
    assert "Dinas PUPR" in shown
    assert f">{email.lower()}<" in boss.browser.get("/admin/accounts").text
    with engine_of(app).connect() as connection:
        told = trail(connection, int(number))
        found = accounts.person(connection, int(number))
    own = f"account:{boss.account_id}"
    assert told == [(own, "invite_account"), (own, "grant_role"), (own, "make_password_link")]
    assert found and found.grants == (Grant("officer", "pupr", "18.03.05"),)


def test_an_administrator_corrects_a_name_and_erases_who_has_left(boss: Worker, app: Flask) -> None:
    with engine_of(app).begin() as connection:
        number = hire(connection, Grant("verifier"))
    one = f"/admin/accounts/{number}"
    wrong = boss.browser.post(f"{one}/name", data={"name": "Ani", "email": "bukan"})
    assert wrong.status_code == 409 and "periksa ejaannya" in wrong.text and 'value="bukan"' in wrong.text
    assert (
        boss.browser.post(f"{one}/name", data={"name": "Ani Baru", "email": f"ani{number}@uji.example"}).location == one
    )
    page = boss.browser.get(one).text
    assert "Ani Baru" in page and "Hapus akun ini" not in page
    refused = boss.browser.post(f"{one}/erase")
    assert refused.status_code == 409 and "Nonaktifkan akun ini dahulu" in refused.text
    boss.browser.post(f"{one}/active", data={"active": ""})
    assert "Hapus akun ini" in boss.browser.get(one).text
    assert boss.browser.post(f"{one}/erase").location == "/admin/accounts"
    assert boss.browser.get(one).status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"email": "bukan e-mail"}, "periksa ejaannya"),
        ({"email": "a@uji.example", "name": "  "}, "Nama belum diisi"),
        ({"email": "a@uji.example", "role": "raja"}, "tidak dapat diberikan"),
        ({"email": "a@uji.example", "agency": "tidak-ada"}, "tidak dapat diberikan"),
        ({"email": "a@uji.example", "area": "Kotabumi"}, "tidak dapat diberikan"),
        ({"email": "a@uji.example", "role": "administrator", "agency": "pupr"}, "tidak dapat diberikan"),
    ],
)
def test_a_wrong_invitation_is_refused_in_words_and_leaves_nothing(
    boss: Worker, sent: dict[str, str], said: str
) -> None:
    status, page = invite(boss.browser, **sent)
    assert status == 409
    assert said in page
    assert ">a@uji.example<" not in boss.browser.get("/admin/accounts").text


def test_one_address_is_one_account(boss: Worker, worker: Worker) -> None:
    status, page = invite(boss.browser, email=worker.email.upper())
    assert status == 409
    assert "Sudah ada akun" in page


def test_roles_come_and_go_and_count_at_once(boss: Worker, worker: Worker) -> None:
    here = f"/admin/accounts/{worker.account_id}"
    given = {"role": "administrator", "agency": "", "area": ""}
    assert worker.browser.get("/admin/accounts").status_code == 403
    boss.browser.post(f"{here}/roles", data=given)
    assert worker.browser.get("/admin/accounts").status_code == 200
    assert boss.browser.post(f"{here}/roles", data=given).status_code == 409
    boss.browser.post(f"{here}/roles/withdraw", data=given)
    assert worker.browser.get("/admin/accounts").status_code == 403


def test_whoever_is_given_a_role_hears_what_waited_for_somebody_who_has_it(boss: Worker, worker: Worker) -> None:
    name = f"account:{worker.account_id}"
    with engine_of(boss.app).begin() as connection:
        connection.execute(text("delete from account_grant where role in ('verifier', 'coordinator')"))
        made = submit(connection, VISITOR, Submission(uuid4(), "pohon", 104.9, -4.8, "Pohon tumbang"))
        move(connection, Actor("account:0", (Grant("verifier"),)), made.complaint_id, "dispatched", seen_version=None)
        officer = Actor("account:0", (Grant("officer"),))
        decline(connection, officer, made.complaint_id, reason="Bukan kami", seen_version=None)
    assert (
        boss.browser.post(f"/admin/accounts/{worker.account_id}/roles", data={"role": "coordinator"}).status_code == 303
    )
    with engine_of(boss.app).begin() as connection:
        told = connection.execute(
            text("select kind, subject from outbox where recipient = :name"), {"name": name}
        ).all()
        connection.execute(text("delete from complaint where id = :id"), {"id": made.complaint_id})
    assert [tuple(one) for one in told] == [("sent_back", made.number)]


def test_who_is_sent_away_is_out_at_once_and_cannot_come_back(boss: Worker, worker: Worker) -> None:
    here = f"/admin/accounts/{worker.account_id}"
    link = worker.link()
    boss.browser.post(f"{here}/active", data={"active": ""})
    assert worker.browser.get("/account").status_code == 303
    assert worker.other_browser().give_password().status_code == 400
    assert worker.browser.get(link).status_code == 404
    boss.browser.post(f"{here}/active", data={"active": "1"})
    assert worker.other_browser().give_password().status_code == 303


def test_a_lost_phone_is_set_up_anew(boss: Worker, worker: Worker) -> None:
    boss.browser.post(f"/admin/accounts/{worker.account_id}/second-factor")
    assert worker.browser.get("/account").status_code == 303
    again = worker.other_browser()
    assert again.give_password().headers["Location"] == "/account/second-factor/new"
    old = worker.letters
    again.set_up()
    assert again.letters != old
    third = worker.other_browser()
    third.give_password()
    assert third.browser.post("/account/second-factor", data={"code": worker.codes[0]}).status_code == 400


@pytest.mark.parametrize("act", ["active", "second-factor", "roles/withdraw", "link"])
def test_nobody_locks_himself_out_or_changes_a_password_without_the_old_one(boss: Worker, act: str) -> None:
    sent = {"active": "", "role": "administrator"}
    refused = boss.browser.post(f"/admin/accounts/{boss.account_id}/{act}", data=sent)
    assert refused.status_code == 409
    assert "administrator lain" in refused.text
    assert boss.browser.get("/admin/accounts").status_code == 200


def test_an_account_that_does_not_exist_is_not_found(boss: Worker) -> None:
    assert boss.browser.get("/admin/accounts/999999999").status_code == 404
    assert boss.browser.post("/admin/accounts/999999999/link").status_code == 404
    assert boss.browser.post("/admin/accounts/999999999/active", data={"active": ""}).status_code == 404
