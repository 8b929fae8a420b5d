"""The priorities of the sample, each criterion told again in another way."""

from dataclasses import replace
from typing import Any

import pytest
from shapely import line_interpolate_point
from sqlalchemy import Connection, text

from geo.scenario import Change, minutes_to_nearest
from layers.db import sql
from layers.priority.candidates import candidates
from layers.priority.network import Ground, ground
from layers.priority.treatments import treatments
from layers.priority.values import Facts, voices
from layers.records.preferences import REGENCY, preference
from layers.roads.speeds import SEASONS


def roads(connection: Connection, unit: str = "ruas") -> list[Any]:
    return list(connection.execute(text("select * from road_priority where unit = :unit order by id"), {"unit": unit}))


@pytest.fixture(scope="module")
def facts(computed: Connection) -> Facts:
    known: Ground = ground(computed)
    rows = computed.execute(sql("priority/candidates.sql"), {"regency": preference(computed, REGENCY)}).all()
    return Facts(known, treatments(computed), candidates(known.edges, rows), [], {})


def test_every_road_of_the_regency_is_a_candidate_and_only_its_own_ones_are_ranked(computed: Connection) -> None:
    drivable = "select count(*) from road where village_code like '18.03.%' and function is distinct from 'setapak'"
    assert len(roads(computed)) == computed.scalar(text(drivable)) > 1_000
    assert {row.owner for row in roads(computed) if row.rank} == {"kabupaten"}
    assert {row.standing for row in roads(computed) if row.owner != "kabupaten"} == {"usulan"}
    ranks = sorted(row.rank for row in roads(computed) if row.rank)
    assert ranks[0] == 1
    assert len(ranks) == len([row for row in roads(computed) if row.owner == "kabupaten"])


def test_the_damaged_share_is_that_of_the_surveyed_stretches(computed: Connection) -> None:
    """Told by PostgreSQL from the stretches, to a metre of noding in a hundred."""
    told = computed.execute(
        text("""select road_id, 100 * sum(length_m) filter (where condition in ('rusak_ringan', 'rusak_berat'))
                               / sum(length_m) as share from road_stretch group by road_id""")
    )
    shares = {row.road_id: row.share or 0.0 for row in told}
    for row in roads(computed):
        assert (row.condition is None) == (row.road_id not in shares)
        assert row.condition is None or row.condition == pytest.approx(shares[row.road_id], abs=1.0)


def test_a_road_nobody_has_surveyed_has_no_saving_rather_than_none_at_all(computed: Connection) -> None:
    unseen = [row for row in roads(computed) if row.condition is None]
    assert len(unseen) > 50
    assert {(row.saved, row.connected, row.cost_rp) for row in unseen} == {(None, None, None)}
    assert all(row.rests_on < 0.5 for row in unseen if row.rank)


def test_minutes_saved_are_those_of_full_runs_over_the_repaired_network(computed: Connection, facts: Facts) -> None:
    """Every service in both seasons, the network run anew by scipy, for a sample of roads that save something."""
    kept = {row.source_id: row.saved for row in roads(computed) + roads(computed, "bagian")}
    saving = [i for i, one in enumerate(facts.candidates) if (kept[one.key] or 0) > 0]
    assert len(saving) > 100
    for i in saving[:: len(saving) // 8]:
        total = 0.0
        for season in SEASONS:
            before, repairs = facts.ground.roads(season), facts.repairs(season)
            after = repairs.done_on(before, [i])
            for service in facts.ground.services():
                minutes = [minutes_to_nearest(network, service.facilities) for network in (before, after)]
                total += service.weight * Change(*minutes, service.people, service.longest).saved
        assert kept[facts.candidates[i].key] == pytest.approx(total, abs=1e-6)


def test_people_are_those_of_the_census_wherever_they_live(computed: Connection, facts: Facts) -> None:
    counted = "select sum(population) from area where level in ('desa', 'kelurahan') and code like '18.03.%'"
    assert facts.ground.homes.people.sum() == pytest.approx(computed.scalar(text(counted)))
    assert max(row.people for row in roads(computed)) <= facts.ground.homes.people.sum()


def test_complaints_count_their_followers_up_to_the_cap(undone: Connection) -> None:
    chosen = "select asset_id from complaint where asset_layer = 'roads' group by 1 having count(*) = 1 limit 1"
    road = undone.scalar(text(chosen))
    undone.execute(text("set local peta.importing = 'on'"))
    for supporters, told in ((3, 4), (500, 11)):
        change = (
            "update complaint set supporters = :n, state = 'received', moderation = 'approved', visibility = 'public'"
        )
        undone.execute(
            text(f"{change} where asset_layer = 'roads' and asset_id = :road"), {"n": supporters, "road": road}
        )
        found = undone.execute(sql("priority/complaints_on_roads.sql"), {"roads": [road], "cap": 10}).one()
        assert found.voices == told


def test_a_complaint_that_knows_but_its_village_speaks_for_the_road_and_for_none_of_its_parts(
    undone: Connection, facts: Facts
) -> None:
    """One complaint on the middle of a damaged part: pointed out there, or where its village is written down."""
    part = next(i for i, one in enumerate(facts.candidates) if one.unit == "bagian")
    road = facts.candidates[part].road.id
    whole = next(i for i, one in enumerate(facts.candidates) if one.unit == "ruas" and one.road.id == road)
    middle = line_interpolate_point(facts.lines[part], 0.5, normalized=True)
    found = undone.scalar(text("select min(id) from complaint"))
    undone.execute(text("set local peta.importing = 'on'"))
    undone.execute(text("update complaint set asset_id = null, asset_layer = null where asset_layer = 'roads'"))
    epsg = facts.ground.edges.network.epsg
    for precision, told in (("point", 1), ("village", 0)):
        change = (
            "update complaint set asset_layer = 'roads', asset_id = :road, supporters = 0, state = 'received',"
            " moderation = 'approved', visibility = 'public', precision = :precision,"
            " geom = st_transform(st_setsrid(st_point(:x, :y), :epsg), 4326) where id = :id"
        )
        values = {"road": road, "precision": precision, "x": middle.x, "y": middle.y, "epsg": epsg, "id": found}
        undone.execute(text(change), values)
        rows = undone.execute(sql("priority/complaints_on_roads.sql"), {"roads": [road], "cap": 10}).all()
        counted = voices(replace(facts, complaints=rows))
        assert (counted[whole], counted[part]) == (1, told)


def test_parts_are_damaged_stretches_within_their_road(computed: Connection) -> None:
    whole = {row.road_id: row for row in roads(computed)}
    parts = roads(computed, "bagian")
    assert len(parts) > 20
    for part in parts:
        assert 0 <= part.from_m < part.to_m <= whole[part.road_id].length_m + 1
        assert part.length_m < whole[part.road_id].length_m
        assert part.condition == pytest.approx(100)


def test_there_is_no_ranking_by_cost_while_prices_are_sample_data(computed: Connection) -> None:
    assert all(row.cost is None and row.cost_made_up for row in roads(computed))
    assert any(row.cost_rp for row in roads(computed))
