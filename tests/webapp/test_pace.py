"""Whoever asks too often is asked to wait, each browser and address for itself, whichever worker it meets."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from limits import parse
from sqlalchemy import Engine, select

from layers.records.tables import Visit
from layers.records.visits import forget
from layers.settings import Settings
from webapp import create_app, pace
from webapp.security.access import permission

EAGER, OTHER = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "192.0.2.2"}
LIMITED = [
    "/map.svg",
    "/search?q=desa",
    "/api/search?q=desa",
    "/layers/waste/export.csv",
]


@pytest.fixture
def clients(settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[FlaskClient]]:
    """Clients of two workers, where two requests a minute are enough."""
    monkeypatch.setattr(pace, "PACES", dict.fromkeys(pace.PACES, "2 per minute"))
    monkeypatch.setattr(pace, "OF_BROWSER", dict.fromkeys(pace.OF_BROWSER, "2 per hour"))
    yield [create_app(settings).test_client() for _ in range(2)]
    with engine.begin() as connection:
        forget(connection)


@pytest.mark.parametrize("address", LIMITED)
def test_the_third_of_two_is_asked_to_wait_by_every_worker(clients: list[FlaskClient], address: str) -> None:
    first, second = clients
    assert [client.get(address, environ_base=EAGER).status_code for client in (first, second)] == [200, 200]
    for client in clients:
        refused = client.get(address, environ_base=EAGER)
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert "tunggu satu menit" in refused.text
    assert first.get(address, environ_base=OTHER).status_code == 200


def test_pictures_of_rasters_are_paced_before_anything_is_drawn(clients: list[FlaskClient]) -> None:
    asked = [clients[0].get("/rasters/tak-ada/picture.png?view=104.9,-4.8,9", environ_base=EAGER) for _ in range(3)]
    assert [answer.status_code for answer in asked] == [404, 404, 429]


@pytest.mark.parametrize("address", ["/", "/api/nearest?lat=-4.8&lon=104.9", "/tiles/waste/8/201/131.mvt"])
def test_everything_else_is_there_for_everyone_at_any_time(clients: list[FlaskClient], address: str) -> None:
    assert {clients[0].get(address, environ_base=EAGER).status_code for _ in range(4)} <= {200, 204}


def test_a_whole_village_may_share_an_address(settings: Settings) -> None:
    usual = create_app(settings).test_client()
    assert {usual.get("/search", environ_base=OTHER).status_code for _ in range(50)} == {200}


def test_a_browser_is_counted_before_the_village_it_shares_an_address_with(clients: list[FlaskClient]) -> None:
    """Each worker knows the mark that the other gave; a neighbour on the same line is not held back."""
    pace.PACES["complaints.begin"] = "100 per hour"
    eager, elsewhere = clients
    eager.get("/lapor", environ_base=EAGER)
    given = eager.get_cookie("mark")
    assert given and given.http_only and given.same_site == "Lax"
    elsewhere.set_cookie("mark", given.value)
    sent = [client.post("/lapor", environ_base=EAGER).status_code for client in (eager, elsewhere, eager, elsewhere)]
    assert sent == [303, 303, 429, 429]
    neighbour = eager.application.test_client()
    neighbour.get("/lapor", environ_base=EAGER)
    assert neighbour.get_cookie("mark") != given
    assert neighbour.post("/lapor", environ_base=EAGER).status_code == 303


OTHERWISE_HELD = {
    "accounts.signing_in_sign_in": "tries of an account and of an address (layers/records/tries.py)",
    "accounts.signing_in_check_second": "the same",
    "accounts.signing_in_set_up": "the same",
    "accounts.password_link_save": "a link of 192 random bits, which works once",
    "alerts.end": "mail programs press it by themselves, by a token that is signed; an address has a pace",
    "complaints.forget": "takes away what this browser has typed",
    "complaints.leave": "takes away what this browser carries",
    "complaints.note": "takes away the code that this browser was shown",
    "open311.send": "the quota of a key; an address has a pace",
    "open311.send_update": "the same",
}


def test_whatever_anybody_may_send_has_a_pace_for_each_browser_and_a_more_generous_one_for_an_address() -> None:
    app = create_app(Settings("postgresql+psycopg2://nobody@/nothing"))
    sent = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    anybody = {name for name in sent if (stated := permission(app, name)) and stated.public}
    assert anybody - OTHERWISE_HELD.keys() <= pace.OF_BROWSER.keys()
    assert OTHERWISE_HELD.keys() <= anybody - pace.OF_BROWSER.keys()
    for name, of_browser in pace.OF_BROWSER.items():
        browser, address = (parse(written) for written in (of_browser, pace.PACES[name]))
        assert browser.get_expiry() == address.get_expiry() and 10 * browser.amount <= address.amount


def test_a_mark_that_somebody_made_up_counts_for_nothing(clients: list[FlaskClient]) -> None:
    pace.PACES["complaints.begin"] = "4 per hour"
    sent = []
    for number in range(5):
        clients[0].set_cookie("mark", f"x.{number}.y")
        sent.append(clients[0].post("/lapor", environ_base=OTHER).status_code)
    assert sent == [303, 303, 303, 303, 429], "the address alone holds it back"


def test_a_mark_is_kept_nowhere_as_it_is(clients: list[FlaskClient], engine: Engine) -> None:
    clients[0].get("/lapor")
    given = clients[0].get_cookie("mark")
    assert given
    clients[0].post("/lapor")
    with engine.connect() as connection:
        kept = connection.scalars(select(Visit.key)).all()
    assert len(kept) == 2 and not [key for key in kept if given.value.split(".")[0] in key]
