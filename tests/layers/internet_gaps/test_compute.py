"""Internet gaps in a regency small enough to be told by hand: each source, each kind of evidence, and no data."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from math import hypot, log10

import pytest
from sqlalchemy import Connection, text

from layers import computing
from layers.internet_gaps import KINDS, LAYER
from layers.internet_gaps.queries import basis, contradictions, districts, offices, together, villages
from layers.internet_gaps.rules import usual_range_m
from tests.layers.access.world import DESA, KELURAHAN, box, open_office, settle
from tests.layers.internet_gaps.world import cell, cells, compute, put_complaint, put_phone, put_site, put_tower

WHOLE = box(0, 0, 10_000, 10_000)


@pytest.fixture
def world(connection: Connection) -> Connection:
    settle(connection)
    return connection


def kinds(connection: Connection) -> Counter[str]:
    return Counter(row.kind for row in cells(connection))


def test_without_any_source_nothing_is_known_which_is_not_none(world: Connection) -> None:
    open_office(world, "barat", 1_200, 4_200)
    world.execute(text("update office set village_code = :code"), {"code": DESA})
    compute(world)
    assert kinds(world) == {"unknown": 400}
    told = basis(world)
    assert told is not None
    assert told.empty
    whole = together("", "", villages(world))
    assert whole.lived("unknown") == whole.everybody == pytest.approx(1_000)
    assert [(office.name, office.coverage) for office in offices(world, ("none", "weak"))] == []
    assert whole.offices_unknown == 1


def test_around_a_tower_every_cell_is_as_the_distance_says(world: Connection) -> None:
    """Told anew for each: 34.4 dB a decade, -115 dBm at the range of 3 km, good from -105 dBm on."""
    put_tower(world, 4_900, 5_100)
    compute(world)
    for found in cells(world):
        away = hypot(found.x - 4_900, found.y - 5_100)
        dbm = -115 + (44.9 - 6.55 * log10(40)) * log10(3_000 / away)
        if abs(away - 3_000) > 5 and abs(dbm + 105) > 0.05:
            kind = "unknown" if away > 3_000 else "covered_modelled" if dbm >= -105 else "weak_modelled"
            assert found.kind == kind
            assert found.signal_dbm == (pytest.approx(dbm, abs=0.05) if away <= 3_000 else None)
            assert found.terrain_db is None
    assert len(kinds(world)) == 3


def test_a_tower_without_a_stated_range_has_the_usual_one_of_its_technology(world: Connection) -> None:
    put_tower(world, 5_000, 5_000, None, technology="4G")
    compute(world)
    reach = usual_range_m("4G", 40)
    assert 2_000 < reach < 3_000
    assert all((row.kind == "unknown") == (hypot(row.x - 5_000, row.y - 5_000) > reach) for row in cells(world))


def test_a_higher_mast_is_heard_farther() -> None:
    assert usual_range_m("4G", 70) > 1.2 * usual_range_m("4G", 40)
    assert usual_range_m("2G", 40) > usual_range_m("4G", 40) > usual_range_m("3G", 40)


def test_2g_alone_is_weak_at_best(world: Connection) -> None:
    put_tower(world, 5_000, 5_000, 6_000, technology="2G")
    put_site(world, "cakupan_dinyatakan", WHOLE, technology="2G")
    compute(world)
    assert set(kinds(world)) == {"weak_modelled", "weak_declared"}


def test_what_an_operator_declares_is_believed_until_somebody_knows_better(world: Connection) -> None:
    put_site(world, "cakupan_dinyatakan", WHOLE)
    put_site(world, "cakupan_model", box(0, 0, 5_000, 10_000), signal_dbm=-110)
    put_site(world, "cakupan_terukur", box(0, 0, 5_000, 5_000), signal_dbm=-121, measured_on=date(2026, 5, 4))
    compute(world)
    assert kinds(world) == {"covered_declared": 200, "weak_modelled": 100, "none_measured": 100}
    measured = cell(world, 1_000, 1_000)
    assert measured.checked_on == date(2026, 5, 4)
    assert (measured.contradiction, measured.declared_by) == ("measured", "A")
    assert cell(world, 9_000, 1_000).contradiction is None


def test_of_two_drives_the_newest_counts(world: Connection) -> None:
    put_site(world, "cakupan_terukur", WHOLE, signal_dbm=-90, measured_on=date(2026, 1, 1))
    put_site(world, "cakupan_terukur", box(0, 0, 5_000, 10_000), signal_dbm=-118, measured_on=date(2026, 6, 1))
    compute(world)
    assert kinds(world) == {"none_measured": 200, "covered_measured": 200}


def test_a_drive_that_names_no_operator_speaks_of_all_as_a_phone_without_one_does(world: Connection) -> None:
    put_site(world, "cakupan_dinyatakan", WHOLE, operator="A")
    put_site(world, "cakupan_dinyatakan", WHOLE, operator=None)
    drive = box(0, 0, 5_000, 10_000)
    put_site(world, "cakupan_terukur", drive, operator=None, signal_dbm=-125, measured_on=date(2026, 6, 1))
    compute(world)
    driven, beyond = cell(world, 2_100, 2_100), cell(world, 8_100, 2_100)
    assert (driven.kind, driven.contradiction, driven.declared_by) == ("none_measured", "measured", "A")
    assert (beyond.kind, beyond.contradiction) == ("covered_declared", None)


def test_a_measurement_is_of_the_day_it_was_in_the_regency(world: Connection) -> None:
    at = (datetime.now(UTC) - timedelta(days=3)).replace(hour=20, minute=0)
    put_phone(world, 2_100, 2_100, hour=at)
    compute(world)
    assert cell(world, 2_100, 2_100).checked_on == at.date() + timedelta(days=1)


def test_where_one_operator_was_measured_as_none_another_may_still_be_heard(world: Connection) -> None:
    put_site(world, "cakupan_dinyatakan", WHOLE, operator="A")
    put_site(world, "cakupan_terukur", WHOLE, operator="A", signal_dbm=-125, measured_on=date(2026, 6, 1))
    put_tower(world, 5_000, 5_000, 3_000, operator="B")
    compute(world)
    assert cell(world, 5_100, 5_100).kind == "covered_modelled"
    assert cell(world, 9_900, 9_900).kind == "none_measured"
    assert {(row.reason, row.declared_by) for row in contradictions(world)} == {("measured", "A")}
    assert len(contradictions(world)) == 400


def test_a_phone_measures_what_counts_in_its_cell_by_the_median(world: Connection) -> None:
    put_site(world, "cakupan_dinyatakan", WHOLE)
    for mbps in (0.02, 0.05, 30):
        put_phone(world, 2_100, 2_100, down_mbps=mbps)
    put_phone(world, 8_100, 2_100, down_mbps=0.5)
    put_phone(world, 8_100, 8_100, down_mbps=12)
    compute(world)
    silent, slow, quick = cell(world, 2_100, 2_100), cell(world, 8_100, 2_100), cell(world, 8_100, 8_100)
    assert (silent.kind, slow.kind, quick.kind) == ("none_measured", "weak_measured", "covered_measured")
    assert silent.mbps == pytest.approx(0.05)
    assert [(row.id, row.reason, row.declared_by) for row in contradictions(world)] == [(silent.id, "measured", "A")]


def test_wifi_and_what_is_older_than_a_year_tell_nothing_of_the_network_now(world: Connection) -> None:
    put_phone(world, 2_100, 2_100, via="wifi", down_mbps=40)
    put_phone(world, 2_100, 2_100, hour=datetime.now(UTC) - timedelta(days=400))
    put_complaint(world, "L-1", 2_100, 2_100, at=datetime.now(UTC) - timedelta(days=400))
    compute(world)
    assert kinds(world) == {"unknown": 400}


def test_a_measurement_of_one_operator_does_not_speak_of_another(world: Connection) -> None:
    put_site(world, "cakupan_dinyatakan", WHOLE, operator="A")
    put_site(world, "cakupan_dinyatakan", WHOLE, operator="B")
    put_phone(world, 2_100, 2_100, operator="A", down_mbps=0.01)
    compute(world)
    found = cell(world, 2_100, 2_100)
    assert (found.kind, found.contradiction, found.declared_by) == ("covered_declared", "measured", "A")


def test_people_who_say_that_there_is_no_signal_are_believed_before_operators_and_after_models(
    world: Connection,
) -> None:
    put_site(world, "cakupan_dinyatakan", WHOLE)
    put_tower(world, 5_000, 5_000, 2_000)
    put_complaint(world, "L-1", 9_100, 9_100)
    put_phone(world, 9_100, 9_100, "tidak_ada")
    put_phone(world, 9_100, 9_100, "ada")
    put_phone(world, 5_100, 5_100, "tidak_ada")
    compute(world)
    far, near = cell(world, 9_100, 9_100), cell(world, 5_100, 5_100)
    assert (far.kind, far.works, far.silent) == ("none_declared", 1, 2)
    assert near.kind == "covered_modelled"
    assert {(row.id, row.reason) for row in contradictions(world)} == {(far.id, "people"), (near.id, "people")}


@pytest.mark.parametrize("hidden", [{"visibility": "secret"}, {"state": "rejected"}, {"kind": "internet_lambat"}])
def test_secret_and_rejected_reports_and_those_of_other_things_say_nothing(
    world: Connection, hidden: dict[str, str]
) -> None:
    world.execute(text("set local peta.importing = 'on'"))
    put_complaint(world, "L-1", 2_100, 2_100, **hidden)
    compute(world)
    assert kinds(world) == {"unknown": 400}


def test_who_names_only_the_village_does_not_say_which_part_of_it_is_silent(world: Connection) -> None:
    put_complaint(world, "L-1", 2_100, 2_100)
    world.execute(text("update complaint set precision = 'village'"))
    compute(world)
    assert kinds(world) == {"unknown": 400}


def test_people_and_offices_are_counted_where_they_are(world: Connection) -> None:
    """600 people live in the west, where it was measured as none; 400 in the east, where an operator declares."""
    put_site(world, "cakupan_terukur", box(0, 0, 5_000, 10_000), signal_dbm=-125, measured_on=date(2026, 6, 1))
    put_site(world, "cakupan_dinyatakan", box(5_000, 0, 10_000, 9_000))
    open_office(world, "barat", 1_200, 4_200)
    open_office(world, "timur", 8_200, 4_200)
    open_office(world, "jauh", 8_200, 9_900)
    world.execute(text("update office set village_code = :code where name = 'barat'"), {"code": DESA})
    world.execute(text("update office set village_code = :code where name <> 'barat'"), {"code": KELURAHAN})
    compute(world)
    west, east = villages(world)
    assert (west.code, west.lived("none"), west.share("none")) == (DESA, pytest.approx(600), 1)
    assert (east.lived("covered"), east.lived("unknown")) == (pytest.approx(400), 0)
    assert east.share("unknown") == pytest.approx(0.1)
    assert [(office.name, office.evidence) for office in offices(world, ("none", "weak"))] == [("barat", "measured")]
    assert [office.name for office in offices(world, ("unknown",))] == ["jauh"]
    (district,) = districts([west, east])
    assert (district.everybody, district.offices_without, district.offices_unknown) == (pytest.approx(1_000), 1, 1)
    assert sum(row.people for row in cells(world)) == pytest.approx(1_000)


def test_where_nobody_knows_how_many_people_there_are_none_is_counted(connection: Connection) -> None:
    settle(connection, people=(None, None))
    put_site(connection, "cakupan_dinyatakan", WHOLE)
    compute(connection)
    whole = together("", "", villages(connection))
    assert whole.everybody is None
    assert whole.share("covered") == 1
    assert {row.people for row in cells(connection)} == {None}


def test_computed_again_from_the_same_it_keeps_every_cell(world: Connection) -> None:
    put_tower(world, 5_000, 5_000)
    compute(world)
    before = [(row.id, row.kind) for row in cells(world)]
    compute(world)
    assert [(row.id, row.kind) for row in cells(world)] == before


def test_from_afar_one_cell_of_four_stands_for_all_and_it_is_the_one_that_tells_most(world: Connection) -> None:
    put_phone(world, 2_100, 2_100)
    compute(world)
    places = Counter(row.place for row in cells(world))
    assert set(places) == {0, 1, 2, 3}
    assert places[0] >= 100
    assert cell(world, 2_100, 2_100).place == 0


def test_without_a_regency_it_says_what_is_missing(connection: Connection) -> None:
    computing.compute(connection, LAYER)
    standing = computing.standing(connection, LAYER)
    assert standing is not None and standing.problem is not None
    assert "Wilayah" in standing.problem.id


def test_the_legend_tells_evidence_by_its_look() -> None:
    looks = {choice.id: (choice.colour, choice.dashed) for choice in KINDS}
    for coverage in ("covered", "weak", "none"):
        measured, modelled, declared = (looks[f"{coverage}_{proof}"] for proof in ("measured", "modelled", "declared"))
        assert measured[0] == declared[0] != modelled[0]
        assert (measured[1], modelled[1], declared[1]) == (False, False, True)
    assert len(KINDS) == 10
    assert looks["unknown"][1]
