"""Whoever asked for news from a place hears what appears and is resolved there, and nothing else, once a day."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from pyproj import Geod
from sqlalchemy import Connection, text

from layers.complaints import alerts, stopping
from layers.complaints.acts import change_visibility, moderate, move
from layers.complaints.alerts import Scope
from layers.complaints.invitations import TO_ALERT, accept, ask_for_alert
from layers.complaints.refusals import ActRefusedError
from layers.db import sql
from layers.records import readers
from layers.records.actors import Actor
from tests.layers.complaints.conftest import HERE, MONDAY, VERIFIER, Report
from tests.layers.complaints.letterbox import SITE, link, sent
from tests.layers.complaints.test_surveys import resolve

BUDI = "Budi.Marka@contoh.test"
VILLAGE, DISTRICT = "18.03.05.2001", "18.03.05"
Ask = Callable[..., int]


@pytest.fixture
def ask(place: Connection, tmp_path: Path) -> Ask:
    """Keep a confirmed alert of somebody."""
    place.execute(text("update area set parent_code = :code"), {"code": DISTRICT})

    def do(confirmed: bool = True, reader: str = BUDI, **scope: object) -> int:
        number = readers.keep(place, tmp_path, reader, "Saya setuju.", "id")
        alert = alerts.ask_for(place, number, Scope(**scope))  # type: ignore[arg-type]
        assert alert
        if confirmed:
            alerts.confirm(place, alert)
        return alert

    return do


def let_pass(connection: Connection, complaint: int) -> None:
    moderate(connection, VERIFIER, complaint, "approved", seen_version=None, title="Lubang besar")


def heard(connection: Connection) -> set[int]:
    """Which alerts have something to tell."""
    alerts.spread(connection)
    return set(connection.scalars(text("select alert_id from complaint_alert_news")))


def test_each_alert_whose_circle_holds_the_place_hears_of_it(report: Report, place: Connection, ask: Ask) -> None:
    """Checked against distances on the ellipsoid, for circles all around the place."""
    draw, geod, near = Random(7), Geod(ellps="WGS84"), set()
    for number in range(60):
        lon, lat = (round(centre + draw.uniform(-0.1, 0.1), 3) for centre in HERE)
        radius = draw.choice(alerts.RADII_M)
        alert = ask(reader=f"{number}@contoh.test", lon=lon, lat=lat, radius_m=radius)
        if geod.inv(lon, lat, *HERE)[2] <= radius:
            near.add(alert)
    let_pass(place, report().complaint_id)
    assert heard(place) == near
    assert 5 < len(near) < 55


def test_a_village_its_kecamatan_and_a_category_are_heard_and_others_are_not(
    report: Report, place: Connection, ask: Ask
) -> None:
    mine = {ask(area_code=VILLAGE), ask(area_code=DISTRICT), ask(area_code=VILLAGE, category="jalan_rusak")}
    for other in ({"area_code": "18.03.05.2002"}, {"area_code": DISTRICT, "category": "sampah"}):
        ask(**other)
    ask(confirmed=False, area_code=VILLAGE)
    let_pass(place, report().complaint_id)
    assert heard(place) == mine


def test_what_no_moderator_let_pass_and_what_is_secret_or_hidden_is_told_to_nobody(
    report: Report, place: Connection, ask: Ask
) -> None:
    ask(area_code=VILLAGE)
    pending, secret, hidden = report().complaint_id, report(visibility="secret").complaint_id, report().complaint_id
    resolve(place, pending)
    for complaint in (secret, hidden):
        let_pass(place, complaint)
        resolve(place, complaint)
    moderate(place, VERIFIER, hidden, "hidden", seen_version=None)
    assert heard(place) == set()
    change_visibility(place, Actor(f"reporter:{secret}"), secret, "anonymous", seen_version=None)
    assert len(heard(place)) == 1


def test_a_day_of_news_is_one_letter_and_the_next_one_comes_the_day_after(
    report: Report, place: Connection, ask: Ask, tmp_path: Path
) -> None:
    ask(area_code=VILLAGE, category="jalan_rusak")
    first, second, third = (report() for _ in range(3))
    let_pass(place, first.complaint_id)
    let_pass(place, second.complaint_id)
    resolve(place, first.complaint_id)
    heard(place)
    assert alerts.write_letters(place) == 1
    (letter,) = (one for one in sent(place, tmp_path) if one["To"] == BUDI)
    assert letter["Subject"] == "3 kabar laporan warga: dari Desa Kotabumi, tentang jalan rusak"
    words = letter.get_content()
    assert words.index("Laporan baru:") < words.index(second.number) < words.index("Dinyatakan selesai:")
    assert words.count(f"{SITE}/laporan/{first.number}\n") == 2
    let_pass(place, third.complaint_id)
    assert heard(place)
    assert alerts.write_letters(place) == 0
    place.execute(text("update complaint_alert set next_letter_at = now()"))
    assert alerts.write_letters(place) == 1
    (next_day,) = (one for one in sent(place, tmp_path) if one["To"] == BUDI)
    assert third.number in next_day.get_content()
    assert first.number not in next_day.get_content()


def test_moderating_again_is_no_news(report: Report, place: Connection, ask: Ask) -> None:
    ask(area_code=VILLAGE)
    mine = report().complaint_id
    for to in ("approved", "hidden", "approved", "approved"):
        moderate(place, VERIFIER, mine, to, seen_version=None, title="Lubang")
    assert place.scalar(text("select count(*) from complaint_news")) == 1


def test_nothing_is_sent_before_the_owner_of_the_address_has_confirmed_and_the_link_works_once(
    report: Report, place: Connection, tmp_path: Path
) -> None:
    ask_for_alert(place, tmp_path, BUDI, "Saya setuju.", Scope(lon=104.9, lat=-4.8, radius_m=2000))
    let_pass(place, report().complaint_id)
    assert heard(place) == set()
    asked = next(letter for letter in sent(place, tmp_path) if letter["To"] == BUDI)
    assert "sekitar 2 km dari titik pilihan Anda" in asked.get_content()
    token = link(asked, "kabar/konfirmasi")
    accepted = accept(place, token)
    assert accepted and accepted.purpose == TO_ALERT
    assert accept(place, token) is None
    let_pass(place, report().complaint_id)
    assert len(heard(place)) == 1


def test_a_link_that_nobody_used_for_three_days_is_over_and_everything_is_forgotten(
    place: Connection, tmp_path: Path
) -> None:
    ask_for_alert(place, tmp_path, BUDI, "Saya setuju.", Scope(area_code=VILLAGE))
    token = link(sent(place, tmp_path)[0], "kabar/konfirmasi")
    assert stopping.forget_idle(place) == 0
    place.execute(text("update mail_link set expires_at = now() - interval '1 second'"))
    place.execute(text("update complaint_alert set asked_at = now() - interval '73 hours'"))
    assert accept(place, token) is None
    assert stopping.forget_idle(place) == 1
    for table in ("reader", "complaint_alert", "mail_link", "identity"):
        assert place.scalar(text(f"select count(*) from {table}")) == 0, table


def test_each_letter_holds_a_whole_link_that_ends_it_at_one_click(
    report: Report, place: Connection, ask: Ask, tmp_path: Path
) -> None:
    ask(area_code=VILLAGE)
    let_pass(place, report().complaint_id)
    heard(place)
    alerts.write_letters(place)
    (letter,) = (one for one in sent(place, tmp_path) if one["To"] == BUDI)
    token = link(letter, "kabar/berhenti")
    assert letter["List-Unsubscribe"] == f"<{SITE}/kabar/berhenti/{token}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    let_pass(place, report().complaint_id)
    assert stopping.stop(place, tmp_path, token)
    assert stopping.stop(place, tmp_path, token)
    assert not stopping.stop(place, tmp_path, token[:-1])
    assert heard(place) == set()
    assert stopping.forget_idle(place) == 1


def test_a_letter_that_waits_is_not_sent_once_it_was_stopped_or_the_complaint_hidden(
    report: Report, place: Connection, ask: Ask, tmp_path: Path
) -> None:
    stopped, mine = ask(area_code=VILLAGE), report().complaint_id
    ask(reader="ani@contoh.test", area_code=VILLAGE)
    let_pass(place, mine)
    heard(place)
    assert alerts.write_letters(place) == 2
    alerts.stop(place, stopped)
    moderate(place, VERIFIER, mine, "hidden", seen_version=None)
    assert [one["To"] for one in sent(place, tmp_path) if "kabar" in str(one["Subject"])] == []


def test_an_address_is_kept_sealed_and_one_address_is_one_reader(place: Connection, ask: Ask) -> None:
    ask(area_code=VILLAGE)
    ask(reader=BUDI.upper(), area_code=DISTRICT)
    assert place.scalar(text("select count(*) from reader")) == 1
    for table in ("reader", "identity", "complaint_alert", "event", "outbox", "visit"):
        assert "marka" not in str(place.execute(text(f"select * from {table}")).all()).casefold(), table


def test_one_address_gets_few_letters_that_ask_and_few_alerts(place: Connection, ask: Ask, tmp_path: Path) -> None:
    for _ in range(8):
        ask_for_alert(place, tmp_path, BUDI, "Saya setuju.", Scope(area_code=VILLAGE))
    assert place.scalar(text("select count(*) from outbox where kind = 'invite_alert'")) == 5
    number = readers.keep(place, tmp_path, BUDI, "Saya setuju.", "id")
    found = [alerts.ask_for(place, number, Scope(area_code=VILLAGE)) for _ in range(6)]
    assert found.count(None) == 1


@pytest.mark.parametrize(
    "scope", [Scope(), Scope(lon=1, lat=1), Scope(lon=1, lat=1, radius_m=3), Scope(area_code=VILLAGE, category="?")]
)
def test_an_alert_about_nothing_is_refused(scope: Scope) -> None:
    with pytest.raises(ActRefusedError):
        alerts.check(scope)


def test_alerts_about_a_place_are_found_by_their_indexes(report: Report, place: Connection, ask: Ask) -> None:
    ask(area_code=VILLAGE)
    many = """
    insert into complaint_alert (reader_id, area_code, centre, radius_m, reach, confirmed_at)
    select reader.id, case when n % 2 = 0 then 'x' || n end, case when n % 2 = 1 then spot end,
           case when n % 2 = 1 then 1000 end, case when n % 2 = 1 then st_envelope(st_buffer(spot, 0.01)) end, now()
    from reader, generate_series(1, 20000) as n,
         lateral st_setsrid(st_makepoint(104 + n % 141 * 0.01, -5.5 + n % 139 * 0.01), 4326) as spot
    """
    place.execute(text(many))
    place.execute(text("analyze complaint_alert"))
    asked = {"event": 1, "complaint": report().complaint_id}
    plan = "\n".join(place.scalars(text(f"explain {sql('complaints/spread_news.sql').text}"), asked))
    assert "ix_complaint_alert_area_code" in plan and "ix_complaint_alert_reach" in plan
    assert "Seq Scan on complaint_alert" not in plan


def test_a_complaint_that_goes_takes_its_news_along(report: Report, place: Connection, ask: Ask) -> None:
    ask(area_code=VILLAGE)
    mine = report()
    let_pass(place, mine.complaint_id)
    assert heard(place)
    move(place, VERIFIER, mine.complaint_id, "rejected", seen_version=None, now=MONDAY, reason="x")
    place.execute(text("delete from complaint where id = :id"), {"id": mine.complaint_id})
    assert place.scalar(text("select count(*) from complaint_alert_news")) == 0
