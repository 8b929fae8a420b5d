"""What could be built in the sample: each value told again by whole runs, by scenarios, or by counting."""

from typing import Any

import numpy as np
import pytest
import shapely
from sqlalchemy import Connection, text

from geo.crs import to_metres
from geo.scenario import Change, minutes_to_nearest
from layers import computing
from layers.priority import LAYER
from layers.priority.candidates import links
from layers.priority.criteria import SIGNAL_M
from layers.priority.network import Ground, ground
from layers.priority.ranking import board, candidates, left_out
from layers.priority.scenario_questions import Asked, Opening, Where
from layers.priority.scenarios import worked_out
from layers.priority.treatments import treatments
from layers.priority.units import UNITS
from layers.priority.values import Facts
from layers.roads.speeds import SEASONS

BUILT = [unit for unit in UNITS.values() if not unit.of_roads]


@pytest.fixture(scope="module")
def known(computed: Connection) -> Ground:
    return ground(computed)


def best(connection: Connection, unit: str, key: str, among: str = "") -> dict[str, Any]:
    rows = [row for row in candidates(connection, unit, own=True) if among in row["source_id"]]
    return max(rows, key=lambda row: row[key] or 0)


@pytest.mark.parametrize("unit", BUILT, ids=lambda unit: unit.id)
def test_what_could_be_built_is_ranked_among_its_like_by_the_criteria_that_fit_it(computed: Connection, unit) -> None:
    ranked = board(candidates(computed, unit.id, own=True), unit.usual, "weighted_sum", unit.measures)
    assert ranked.places[0].rank == 1
    assert {row["unit"] for row in ranked.rows} == {unit.id}
    assert all(row["village_code"].startswith("18.03.") for row in ranked.rows)
    assert all(row["cost"] is None for row in ranked.rows)
    assert max(place.rests_on for place in ranked.places) == pytest.approx(1.0)


def test_a_link_brings_what_whole_runs_over_the_network_with_it_say(computed: Connection, known: Ground) -> None:
    kept = {row["source_id"]: row for row in candidates(computed, "sambungan", own=True)}
    facts = Facts(known, treatments(computed), links(known.linked, {}), [], {})
    mine = [i for i, one in enumerate(facts.candidates) if one.key in kept]
    assert len(mine) == len(kept) > 3
    for i in sorted(mine, key=lambda i: -kept[facts.candidates[i].key]["saved"])[:3]:
        saved, connected = 0.0, 0.0
        for season in SEASONS:
            before = known.roads(season)
            after = facts.repairs(season).done_on(before, [i])
            for service in known.services():
                minutes = [minutes_to_nearest(roads, service.facilities) for roads in (before, after)]
                change = Change(*minutes, service.people, service.longest)
                saved += service.weight * change.saved
                connected = max(connected, change.connected)
        assert kept[facts.candidates[i].key]["saved"] == pytest.approx(saved, abs=1e-6)
        assert kept[facts.candidates[i].key]["connected"] == pytest.approx(connected, abs=1e-6)


def test_a_link_joins_a_road_s_end_with_a_road_that_is_far_by_road(computed: Connection) -> None:
    for row in candidates(computed, "sambungan", own=True):
        assert 1 < row["length_m"] <= 300
        assert row["way_round"] is None or row["way_round"] > 2


@pytest.mark.parametrize("kind", ["puskesmas", "sd"])
def test_a_new_office_brings_what_its_scenario_says(computed: Connection, kind: str) -> None:
    row = best(computed, "kantor", "saved", f":{kind}:")
    dry, wet, rain = (
        {one["kind"]: one for one in worked_out(computed, asked)["kinds"]}[kind]
        for asked in (
            Asked((), (), wet=False, opens=(Opening(kind, Where(row["village_code"])),)),
            Asked((), (), wet=True, opens=(Opening(kind, Where(row["village_code"])),)),
            Asked((), (), wet=True),
        )
    )
    in_the_rain = (wet["saved"] - wet["lost"]) - (rain["saved"] - rain["lost"])
    assert row["saved"] == pytest.approx(dry["saved"] / 2 + in_the_rain / 2, rel=1e-6)
    assert row["served"] == pytest.approx(dry["within"][1] - dry["within"][0], abs=1e-6)


def test_a_new_tps_serves_those_who_can_walk_to_it(computed: Connection) -> None:
    row = best(computed, "tps", "served")
    assert row["served"] > 0
    found = worked_out(computed, Asked((), (), wet=False, opens=(Opening("tps", Where(row["village_code"])),)))
    told = {one["kind"]: one for one in found["kinds"]}
    assert row["served"] == pytest.approx(told["tps"]["within"][1] - told["tps"]["within"][0], abs=1e-6)
    assert all(one["saved"] == 0 for kind, one in told.items() if kind != "tps")


def test_a_new_tower_serves_the_people_around_it_who_are_beyond_all_signal(computed: Connection, known: Ground) -> None:
    row = best(computed, "menara", "signal")
    sites = computed.execute(text("select st_asbinary(geom) as shape, kind, range_m from internet_site")).all()
    epsg = known.edges.network.epsg
    reached = np.zeros(len(known.homes.people), bool)
    for site in sites:
        shape = shapely.transform(shapely.from_wkb(bytes(site.shape)), lambda lonlat: to_metres(lonlat, epsg))
        reach = (site.range_m or SIGNAL_M) if site.kind == "menara" else 0.0
        if site.kind == "menara" or shapely.get_dimensions(shape) == 2:
            reached |= shapely.distance(shapely.points(known.homes.at), shape) <= reach
    here = known.homes.at[known.homes.villages == row["village_code"]]
    mine = known.homes.people[known.homes.villages == row["village_code"]]
    near = np.hypot(*(known.homes.at - here[mine.argmax()]).T) <= SIGNAL_M
    assert row["signal"] == pytest.approx(known.homes.people[near & ~reached].sum())
    assert row["signal"] > 0


def test_a_road_that_was_drawn_twice_is_told_with_the_one_it_lies_on(undone: Connection) -> None:
    assert left_out(undone) == []
    first = undone.execute(
        text("select id, name from road where village_code like '18.03.%' and status = 'kabupaten' order by id limit 1")
    ).one()
    copied = """insert into road (source, source_id, name, village_code, ruas_number, status, function, surface, geom)
                select 'lembar kedua', 'dua', name, village_code, ruas_number, status, function, surface, geom
                from road where id = :id returning id"""
    twin = undone.scalar(text(copied), {"id": first.id})
    computing.compute(undone, LAYER)
    [told] = left_out(undone)
    assert (told.id, told.other_id, told.other_name) == (twin, first.id, first.name)
    assert undone.scalar(text("select count(*) from road_priority where road_id = :id"), {"id": twin}) == 0
