"""Who may ask for what: every address, asked by every role, by somebody without a role, and by a visitor."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from layers.records.actors import ROLES, Grant, Role
from layers.settings import Settings
from tests.webapp.staff import FROM_HERE, staff
from webapp import create_app, pace
from webapp.security.access import SIGN_IN, holders, open_to, permission

VISITOR, NO_ROLE, OPENED = "visitor", "no role", "opened"
Seated = dict[str, FlaskClient]
CHOICE = re.compile(r"<any\((\w+)[^<>]*>")
GAP = re.compile(r"<(?:[^<>:]+:)?[^<>]+>")


def rules() -> list[Rule]:
    """The map of addresses; it needs no database."""
    return list(create_app(Settings("postgresql+psycopg2://nobody@/nothing")).url_map.iter_rules())


RULES = pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{'/'.join(sorted(rule.methods))} {rule.rule}")


@pytest.fixture(scope="module")
def app(staffed_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(staffed_url, tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def doors(staffed_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with nothing behind its doors: who comes in changes nothing, and meets no other refusal."""
    app = create_app(Settings(staffed_url, tmp_path_factory.mktemp("data")))
    app.view_functions = {name: nothing_behind(view) for name, view in app.view_functions.items()}
    return app


def nothing_behind(view: Callable[..., object]) -> Callable[..., str]:
    """A view that only says that somebody came in; what it states of itself stays."""
    opened = partial(lambda **_: OPENED)
    vars(opened).update(vars(view))
    return opened


@pytest.fixture(scope="module")
def seated(doors: Flask) -> Seated:
    """A visitor, somebody without a role, and one signed-in holder of each role."""
    held = {role: staff(doors, Grant(role)) for role in ROLES}
    return {VISITOR: doors.test_client(), NO_ROLE: staff(doors), **held}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests ask more often than people may."""
    monkeypatch.setattr(pace, "PACES", {})
    monkeypatch.setattr(pace, "OF_BROWSER", {})


@RULES
def test_every_route_states_whom_it_answers(app: Flask, rule: Rule) -> None:
    assert permission(app, rule.endpoint), f"{rule.endpoint}: add @open_to(…) below its address"


@RULES
def test_every_route_answers_those_it_names_and_nobody_else(doors: Flask, seated: Seated, rule: Rule) -> None:
    stated = permission(doors, rule.endpoint)
    assert stated
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
        for who, client in seated.items():
            answer = client.open(GAP.sub("8", CHOICE.sub(r"\1", rule.rule)), method=method)
            named = stated.public or who in stated.roles or (not stated.roles and who != VISITOR)
            assert (answer.text == OPENED) == named, (method, who, answer.status)
            if not named and who == VISITOR:
                assert answer.status_code == 303
                assert answer.headers["Location"].startswith(SIGN_IN)
            elif not named:
                assert answer.status_code == 403


def test_a_route_that_states_nothing_answers_nobody(settings: Settings) -> None:
    app = create_app(settings)
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    answer = app.test_client().get("/forgotten")
    assert answer.status_code == 500
    assert "secret" not in answer.text


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_a_page_that_names_it_and_no_other(staffed_url: str, tmp_path: Path, role: Role) -> None:
    app = create_app(Settings(staffed_url, tmp_path))
    for named in ROLES:
        app.add_url_rule(f"/{named}-desk", f"{named}-desk", open_to(holders(named))(lambda: "desk"))
    client = staff(app, Grant(role))
    opened = [named for named in ROLES if client.get(f"/{named}-desk").status_code == 200]
    assert opened == [role]


def test_a_visitor_comes_back_to_the_page_he_asked_for(app: Flask) -> None:
    answer = app.test_client().get("/admin/accounts?a=1")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{SIGN_IN}?next=%2Fadmin%2Faccounts%3Fa%3D1"


def test_only_administrators_see_accounts(app: Flask) -> None:
    assert staff(app, Grant("administrator")).get("/admin/accounts").status_code == 200
    for other in (Grant("verifier"), Grant("coordinator")):
        refused = staff(app, other).get("/admin/accounts")
        assert refused.status_code == 403
        assert "tidak berhak" in refused.text


def test_who_only_looks_around_costs_no_question_about_sessions(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(*_: object) -> None:
        raise AssertionError("asked for a session")

    monkeypatch.setattr("webapp.security.session.sessions.session", find)
    client = app.test_client()
    for address in ("/", "/layers", "/account/sign-in", "/tiles/waste/8/201/131.mvt"):
        assert client.get(address).status_code in (200, 204)
    client.set_cookie("session", "x" * 43)
    assert client.get("/layers").status_code == 200
    assert client.get("/account/sign-in", environ_base=FROM_HERE).status_code == 500
