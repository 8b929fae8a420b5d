"""Surveys come, count, and are withdrawn; the road follows, and the trail tells."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from layers.records.actors import VISITOR, Actor, Grant
from layers.roads.acts import Order, survey, weigh, withdraw_survey
from layers.roads.queries import awaiting_survey, stretches_of, surveys_of
from layers.roads.refusals import FormError
from layers.roads.standing import settle_changed
from tests.layers.roads.conftest import OFFICER, TODAY

Make = Callable[..., int]
SDI = {"crack_percent": 0, "crack_width_mm": 0, "potholes": 1, "rut_cm": 0}
YESTERDAY = TODAY - timedelta(days=1)


def condition(connection: Connection, road: int) -> tuple[str, date | None]:
    asked = text("select condition, condition_on from road where id = :road")
    row = connection.execute(asked, {"road": road}).one()
    return row.condition, row.condition_on


def keep(connection: Connection, road: int, kind: str, inputs: dict[str, Any], **wishes: Any) -> int:
    return survey(connection, OFFICER, Order(road, kind, TODAY, "Budi", inputs, **wishes), TODAY)


def test_a_road_nobody_has_seen_is_unsurveyed(connection: Connection, lay: Make) -> None:
    assert condition(connection, lay()) == ("belum_disurvei", None)


def test_one_pothole_in_a_segment_of_100_m_is_ten_a_kilometre(connection: Connection, lay: Make) -> None:
    road = lay()
    keep(connection, road, "sdi", SDI)
    (held,) = surveys_of(connection, road)
    assert (held.value, held.metres, held.rule_version) == (75, {"sedang": pytest.approx(1000, abs=1)}, 1)
    assert condition(connection, road) == ("sedang", TODAY)


@pytest.mark.parametrize(
    ("kind", "inputs", "surface", "expected"),
    [
        ("iri", {"iri": 5}, "aspal", "sedang"),
        ("iri", {"iri": 5}, "kerikil", "baik"),
        ("iri", {"iri": 5}, None, "sedang"),
        ("sdi", {**SDI, "iri": 9}, "aspal", "rusak_ringan"),
        ("tti", {"width_m": 4, "shares": {"pothole": 8}}, "kerikil", "rusak_ringan"),
        ("tti", {"width_m": 4}, "tanah", "rusak_berat"),
        ("eye", {"condition": "rusak_berat"}, None, "rusak_berat"),
        ("metres", {"metres": {"baik": 300, "rusak_sedang": 700}, "read_as": "urutan"}, "beton", "rusak_ringan"),
        ("metres", {"metres": {"baik": 300, "rusak_sedang": 700}, "read_as": "sebutan"}, "beton", "sedang"),
        ("work", {"work": "SPK 12/2026", "condition": "baik"}, "aspal", "baik"),
    ],
)
def test_each_kind_of_survey_gives_its_class(
    connection: Connection, lay: Make, kind: str, inputs: dict[str, Any], surface: str | None, expected: str
) -> None:
    road = lay(surface=surface)
    keep(connection, road, kind, inputs)
    assert condition(connection, road) == (expected, TODAY)


@pytest.mark.parametrize(
    ("kind", "inputs", "wishes", "said"),
    [
        ("eye", {"condition": "baik"}, {"to_m": 1500}, "1500 m, padahal jalan ini 1000 m"),
        ("eye", {"condition": "baik"}, {"from_m": 800, "to_m": 700}, "sebelum meter akhir 700"),
        ("eye", {"condition": "baik"}, {"from_m": -5}, "nol atau lebih"),
        ("eye", {"condition": "lumayan"}, {}, "Kelas kondisi: dipilih dari yang ada"),
        ("iri", {"iri": 0}, {}, "harus lebih dari 0"),
        ("sdi", {**SDI, "crack_percent": 101}, {}, "paling banyak 100"),
        ("sdi", {**SDI, "potholes": float("inf")}, {}, "Jumlah lubang: harus berupa angka"),
        ("sdi", {**SDI, "speed": 4}, {}, "speed: tidak ada di survei"),
        ("tti", {"width_m": 4, "shares": {"spalling": 2}}, {}, "Jenis kerusakan untuk aspal"),
        ("tti", {"width_m": 4, "shares": {"rut": 9}}, {}, "tti.shares"),
        ("metres", {"metres": {}, "read_as": "urutan"}, {}, "Tidak ada panjang"),
        ("metres", {"metres": {"baik": 1}, "read_as": "kira-kira"}, {}, "kira-kira"),
        ("work", {"work": "", "condition": "baik"}, {}, "Pekerjaan"),
        ("sdi", {"crack_percent": 0}, {}, "Lebar retak \\(mm\\): belum diisi"),
        ("dream", {}, {}, "dream"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_wrong_form_is_refused_in_words_and_leaves_nothing(
    connection: Connection, lay: Make, kind: str, inputs: dict[str, Any], wishes: dict[str, Any], said: str
) -> None:
    road = lay()
    with pytest.raises(FormError, match=said):
        keep(connection, road, kind, inputs, **wishes)
    assert surveys_of(connection, road) == []


def test_sdi_is_for_asphalt_alone(connection: Connection, lay: Make) -> None:
    with pytest.raises(FormError, match="hanya untuk aspal"):
        keep(connection, lay(surface="kerikil"), "sdi", SDI)


def test_tti_wants_to_know_the_surface(connection: Connection, lay: Make) -> None:
    with pytest.raises(FormError, match="permukaan"):
        keep(connection, lay(surface=None), "tti", {"width_m": 4})


def test_a_survey_of_tomorrow_is_refused(lay: Make, see: Make) -> None:
    with pytest.raises(FormError, match="belum tiba"):
        see(lay(), day=TODAY + timedelta(days=1))


def test_a_survey_of_the_year_26_is_refused_before_every_older_one_overrules_it(lay: Make, see: Make) -> None:
    with pytest.raises(FormError, match="Periksa tahunnya"):
        see(lay(), day=date(26, 11, 1))


def test_a_road_that_is_not_on_the_map_cannot_be_surveyed(see: Make) -> None:
    with pytest.raises(FormError, match="tidak ada di peta"):
        see(-1)


def test_the_newest_survey_counts_whatever_the_order_in_which_they_come(
    connection: Connection, lay: Make, see: Make
) -> None:
    road = lay()
    see(road, "rusak_berat", TODAY)
    see(road, "baik", YESTERDAY)
    assert condition(connection, road) == ("rusak_berat", TODAY)
    assert len(surveys_of(connection, road)) == 2


def test_a_withdrawn_survey_stays_in_the_history_and_the_one_before_counts_again(
    connection: Connection, lay: Make, see: Make
) -> None:
    road = lay()
    see(road, "baik", YESTERDAY)
    wrong = see(road, "rusak_berat", TODAY)
    withdraw_survey(connection, OFFICER, wrong, "salah ruas")
    assert condition(connection, road) == ("baik", YESTERDAY)
    assert surveys_of(connection, road)[0].withdrawn_because == "salah ruas"
    with pytest.raises(FormError, match="sudah ditarik"):
        withdraw_survey(connection, OFFICER, wrong, "lagi")


@pytest.mark.parametrize("because", ["", "  ", "x" * 501, "salah\0"])
def test_a_survey_is_withdrawn_with_a_reason_alone(connection: Connection, lay: Make, see: Make, because: str) -> None:
    road = lay()
    with pytest.raises(FormError, match="alasan"):
        withdraw_survey(connection, OFFICER, see(road), because)
    assert surveys_of(connection, road)[0].withdrawn_at is None


def test_nobody_withdraws_a_survey_beyond_what_he_may(connection: Connection, lay: Make, see: Make) -> None:
    road = lay()
    with pytest.raises(PermissionError):
        withdraw_survey(connection, Actor("account:2", (Grant("officer", area="18.04"),)), see(road), "salah ruas")
    assert surveys_of(connection, road)[0].withdrawn_at is None


def test_what_is_weighed_is_what_a_survey_finds_and_nothing_is_kept(connection: Connection, lay: Make) -> None:
    road = lay()
    order = Order(road, "sdi", TODAY, "Budi", SDI)
    found, version = weigh(connection, OFFICER, order, TODAY)
    assert (found.condition, found.value, version) == ("sedang", 75, 1)
    assert surveys_of(connection, road) == []
    assert connection.scalar(text("select count(*) from event where layer = 'roads'")) == 0
    with pytest.raises(FormError, match="belum tiba"):
        weigh(connection, OFFICER, order, YESTERDAY)
    with pytest.raises(PermissionError):
        weigh(connection, VISITOR, order, TODAY)


def test_a_road_is_told_along_its_length_by_what_counts_there(connection: Connection, lay: Make, see: Make) -> None:
    road = lay()
    old = see(road, "baik", YESTERDAY)
    new = see(road, "rusak_berat", TODAY, from_m=200, to_m=500)
    told = [
        (one.survey_id, one.condition, round(one.from_m), round(one.to_m)) for one in stretches_of(connection, road)
    ]
    assert told == [(old, "baik", 0, 200), (new, "rusak_berat", 200, 500), (old, "baik", 500, 1000)]


def test_a_second_survey_of_the_same_stretch_and_day_needs_the_first_to_go(
    connection: Connection, lay: Make, see: Make
) -> None:
    road = lay()
    first = see(road, "baik")
    with pytest.raises(FormError, match="tarik dahulu"):
        see(road, "sedang")
    withdraw_survey(connection, OFFICER, first, "keliru")
    see(road, "sedang")
    assert condition(connection, road) == ("sedang", TODAY)


def test_a_road_that_was_drawn_anew_and_shorter_keeps_what_lies_on_it(
    connection: Connection, lay: Make, see: Make
) -> None:
    road = lay()
    see(road, "baik", from_m=0, to_m=400)
    see(road, "rusak_berat", from_m=400, to_m=1000)
    assert condition(connection, road)[0] == "rusak_berat"
    line = "st_geomfromtext('MULTILINESTRING((104.9 0, 104.905 0))', 4326)"
    connection.execute(text(f"update road set geom = {line}, updated_at = now()"))
    settle_changed(connection)
    assert condition(connection, road)[0] == "baik"


def test_a_finished_work_asks_for_a_survey_until_one_has_been_made(
    connection: Connection, lay: Make, see: Make
) -> None:
    road = lay()
    work = Order(road, "work", YESTERDAY, "PPK", {"work": "SPK 12", "condition": "baik"})
    survey(connection, OFFICER, work, TODAY)
    assert [(row.id, row.work) for row in awaiting_survey(connection)] == [(road, "SPK 12")]
    see(road, "sedang")
    assert awaiting_survey(connection) == []


@pytest.mark.parametrize(
    "actor", [VISITOR, Actor("account:1", (Grant("agent"),)), Actor("account:2", (Grant("officer", area="18.04"),))]
)
def test_nobody_surveys_beyond_what_he_may(connection: Connection, lay: Make, actor: Actor) -> None:
    road = lay()
    with pytest.raises(PermissionError):
        survey(connection, actor, Order(road, "eye", TODAY, "Budi", {"condition": "baik"}), TODAY)
    assert surveys_of(connection, road) == []


def test_each_act_is_an_event_by_whoever_acted(connection: Connection, lay: Make, see: Make) -> None:
    road = lay()
    withdraw_survey(connection, OFFICER, see(road, "baik", from_m=10, to_m=20), "salah")
    asked = text("select actor, act, subject, detail ->> 'class' from event where layer = 'roads' order by id")
    assert [tuple(row) for row in connection.execute(asked)] == [
        ("account:7", "survey_road", str(road), "baik"),
        ("account:7", "withdraw_survey", str(road), None),
    ]
