"""A reporter corrects where it is until staff have checked it; what was told before is known by its very point."""

from importlib import import_module

import pytest
from sqlalchemy import Connection, text

from layers.complaints.acts import Part, correct_place, move, split
from layers.complaints.placing import can_move
from layers.complaints.refusals import ActRefusedError
from layers.records.actors import Actor
from tests.layers.complaints.conftest import HERE, MONDAY, OFFICER, VERIFIER, Report, row

BESIDE = (104.92, -4.82)
ROAD = text(
    "insert into road (source, source_id, status, geom) values ('uji', '1', 'nasional',"
    " 'SRID=4326;MULTILINESTRING((104.85 -4.82,104.95 -4.82))') returning id"
)


def test_the_road_at_the_right_place_is_found_before_dispatch(report: Report, place: Connection) -> None:
    road, mine = place.scalar(ROAD), report(exact=False).complaint_id
    correct_place(place, Actor(f"reporter:{mine}"), mine, *BESIDE, seen_version=1, now=MONDAY)
    found = row(place, mine)
    assert (found.precision, found.asset_id, found.authority) == ("point", road, "Balai Pelaksanaan Jalan Nasional")


def test_a_road_that_was_named_is_not_meant_any_more_at_a_place_far_from_it(report: Report, place: Connection) -> None:
    road = place.scalar(ROAD)
    mine = report(lon=BESIDE[0], lat=BESIDE[1], asset=("roads", road)).complaint_id
    correct_place(place, Actor(f"reporter:{mine}"), mine, *HERE, seen_version=1, now=MONDAY)
    assert (row(place, mine).asset_id, row(place, mine).authority) == (None, None)


def test_what_is_about_no_thing_stays_so_at_its_right_place_and_in_its_parts(report: Report, place: Connection) -> None:
    place.execute(ROAD)
    mine = report(exact=False, about_nothing=True).complaint_id
    correct_place(place, Actor(f"reporter:{mine}"), mine, *BESIDE, seen_version=1, now=MONDAY)
    (part,) = split(place, VERIFIER, mine, [Part("lampu_mati", "Lampunya juga mati")], seen_version=None, now=MONDAY)
    for one in (mine, part.complaint_id):
        assert (row(place, one).precision, row(place, one).asset_id) == ("point", None)
        assert row(place, one).authority == "Balai Pelaksanaan Jalan Nasional"


def test_nobody_puts_a_report_beyond_all_villages_and_no_officer_moves_it(report: Report, place: Connection) -> None:
    mine = report(exact=False).complaint_id
    for actor, spot, reason in (
        (Actor(f"reporter:{mine}"), (106.8, -6.2), "place"),
        (OFFICER, BESIDE, "role"),
        (Actor("reporter:0"), BESIDE, "role"),
    ):
        with pytest.raises(ActRefusedError) as refused:
            correct_place(place, actor, mine, *spot, seen_version=1, now=MONDAY)
        assert refused.value.reason == reason


@pytest.mark.parametrize(("handed", "authority"), [(False, "Balai Pelaksanaan Jalan Nasional"), (True, None)])
def test_while_its_reporter_is_asked_the_place_can_be_told_and_an_agency_that_staff_chose_stays(
    report: Report, place: Connection, handed: bool, authority: str | None
) -> None:
    mine = report(exact=False).complaint_id
    if handed:
        move(place, VERIFIER, mine, "dispatched", seen_version=None, now=MONDAY)
    asking = OFFICER if handed else VERIFIER
    move(place, asking, mine, "needs_info", seen_version=None, now=MONDAY, reason="Di mana tepatnya?")
    place.execute(ROAD)
    version = row(place, mine).version
    correct_place(place, Actor(f"reporter:{mine}"), mine, *BESIDE, seen_version=version, now=MONDAY)
    assert (row(place, mine).precision, row(place, mine).authority) == ("point", authority)


def test_a_point_that_others_have_confirmed_stays(report: Report, place: Connection) -> None:
    mine = report().complaint_id
    merged = report().complaint_id
    number = row(place, mine).number
    move(place, VERIFIER, merged, "merged", seen_version=None, now=MONDAY, target=number, reason="Sama.")
    assert not can_move(place, mine, *BESIDE)
    with pytest.raises(ActRefusedError) as refused:
        correct_place(place, Actor(f"reporter:{mine}"), mine, *BESIDE, seen_version=None, now=MONDAY)
    assert refused.value.reason == "alone"


def test_a_place_beyond_the_regency_is_not_even_offered(report: Report, place: Connection) -> None:
    mine = report(exact=False).complaint_id
    assert can_move(place, mine, *BESIDE)
    assert not can_move(place, mine, 106.8, -6.2)


def test_what_lies_on_the_very_point_of_its_village_was_named_by_its_village(report: Report, place: Connection) -> None:
    named, pointed = report(lon=HERE[0], lat=HERE[1]).complaint_id, report(lon=104.9001).complaint_id
    place.execute(text(import_module("layers.migrations.versions.0054_known_places").NAMED))
    assert (row(place, named).precision, row(place, pointed).precision) == ("village", "point")
