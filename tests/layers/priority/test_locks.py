"""A locked ranking is the same later, whatever became of the roads; a change from outside is seen."""

import pytest
from sqlalchemy import Connection, text

from geo.weights import AllZeroError, NotAWeightError
from layers.db import sql
from layers.priority.criteria import USUAL
from layers.priority.locks import LockError, lock, locked, locked_rankings
from layers.priority.profiles import ProfileError, keep_profile, profiles
from layers.priority.ranking import Board, board, candidates
from layers.records.actors import Actor, Grant

PLANNER = Actor("account:7", (Grant("planner"),))
OTHER = Actor("account:8", (Grant("planner"),))


def ranked(connection: Connection, method: str = "weighted_sum") -> Board:
    return board(candidates(connection, "ruas", own=True), USUAL, method)


@pytest.mark.parametrize("method", ["weighted_sum", "topsis"])
def test_it_recomputes_to_the_same_result_after_everything_has_changed(undone: Connection, method: str) -> None:
    before = ranked(undone, method)
    number = lock(undone, PLANNER, "Musrenbang 2027", before)
    undone.execute(text("delete from road_priority"))
    undone.execute(text("update treatment set rp_per_km = 1, source = 'SK 1/2027'"))
    kept = locked(undone, number)
    assert kept
    assert kept.holds
    assert [place["key"] for place in kept.places] == [row["source_id"] for row in before.rows]
    assert kept.places[0]["score"] == before.places[0].score
    assert kept.versions["layers"]["roads"] > 0
    assert kept.author == PLANNER.name


def test_a_value_changed_in_the_database_breaks_the_seal(undone: Connection) -> None:
    number = lock(undone, PLANNER, "Musrenbang 2027", ranked(undone))
    other = "jsonb_set(inputs, '{candidates,0,values,1}', '999999')"
    undone.execute(text(f"update locked_ranking set inputs = {other} where id = :id"), {"id": number})
    kept = locked(undone, number)
    assert kept
    assert not kept.holds


def test_only_planners_lock_and_a_ranking_needs_a_title(undone: Connection) -> None:
    with pytest.raises(PermissionError):
        lock(undone, Actor("account:9", (Grant("officer"),)), "Judul", ranked(undone))
    with pytest.raises(LockError, match="judul"):
        lock(undone, PLANNER, "  ", ranked(undone))
    with pytest.raises(LockError, match="Belum ada jalan"):
        lock(undone, PLANNER, "Kosong", board([], USUAL, "weighted_sum"))
    assert list(locked_rankings(undone)) == []


def test_weights_are_kept_by_name_and_only_their_author_replaces_them(undone: Connection) -> None:
    number = keep_profile(undone, PLANNER, "Dinas PUPR", "topsis", {"condition": 1.0})
    assert keep_profile(undone, PLANNER, "Dinas PUPR", "topsis", {"condition": 2.0}) == number
    with pytest.raises(ProfileError, match="perencana lain"):
        keep_profile(undone, OTHER, "Dinas PUPR", "topsis", {"condition": 3.0})
    assert [(p.name, p.weights.get("condition")) for p in profiles(undone)][1:] == [("Dinas PUPR", 2.0)]
    for weights, wrong in (({"condition": 0.0}, AllZeroError), ({"condition": -1.0}, NotAWeightError)):
        with pytest.raises(wrong):
            keep_profile(undone, PLANNER, "Nol", "topsis", weights)


def test_among_100_000_candidates_an_index_finds_those_of_a_unit(undone: Connection) -> None:
    undone.execute(
        text("""insert into road_priority (source, source_id, road_id, unit, owner, standing, rests_on, length_m,
                                           cost_made_up, geom)
                select 'uji', n, n, case when n % 500 = 0 then 'uji' else 'ruas' end, 'desa', 'usulan', 0, 1, true,
                       st_multi(st_makeline(st_point(104, -4, 4326), st_point(104.1, -4, 4326)))
                from generate_series(1, 100000) as n""")
    )
    undone.execute(text("analyze road_priority"))
    asked = {"unit": "uji", "own": False, "owners": ["kabupaten"]}
    plan = "\n".join(undone.execute(text("explain " + sql("priority/of_unit.sql").text), asked).scalars())
    assert "Seq Scan on road_priority" not in plan
