"""What if: the same as the ranking says of one repair, and what a flood, the rain or a new office changes."""

import json

import pytest
from sqlalchemy import Connection, text

from geo.catchments import near_all_season
from layers import db
from layers.access.all_season import all_season
from layers.access.ground import ground as access_ground
from layers.access.queries import Asked as AskedAccess
from layers.access.queries import rural_access, villages
from layers.layer import named
from layers.priority import runs
from layers.priority.answering import answer
from layers.priority.ranking import candidates
from layers.priority.refusals import WhatIfError
from layers.priority.scenario_questions import Asked, Move, Opening, Where, read
from layers.priority.scenarios import prepare, worked_out
from layers.priority.shaking import shaken
from layers.priority.treatments import treatments
from layers.rasters.acts import ONE_AT_A_TIME
from layers.records.actors import Actor, Grant
from layers.records.preferences import REGENCY, set_preference

CENTRE = (104.9, -4.8)
PLANNER = Actor("account:7", (Grant("planner"),))


def best(connection: Connection) -> dict:
    return max(candidates(connection, "ruas", own=True), key=lambda row: row["saved"] or 0)


def test_a_repair_saves_in_the_dry_what_its_villages_gain_and_nobody_loses(computed: Connection) -> None:
    found = worked_out(computed, Asked((best(computed)["source_id"],), (), wet=False))
    saved = sum(one["saved"] for one in found["kinds"])
    assert saved > 0
    assert sum(one["lost"] + one["cut_off"] for one in found["kinds"]) == 0
    assert sum(one["minutes"] for one in found["villages"]) == pytest.approx(saved, abs=250)  # less than 1 is left out
    assert all(one["within"][0] <= one["within"][1] for one in found["kinds"])


def test_closing_a_road_costs_what_its_detour_says(computed: Connection) -> None:
    row = max(candidates(computed, "ruas", own=True), key=lambda row: row["detour"] or 0)
    found = worked_out(computed, Asked((), (row["source_id"],), wet=False))
    assert sum(one["lost"] for one in found["kinds"]) == pytest.approx(row["detour"], rel=1e-6)
    assert max(one["cut_off"] for one in found["kinds"]) == pytest.approx(row["cut_off"], abs=1e-6)


def test_rain_slows_and_an_office_brings_people_nearer(computed: Connection) -> None:
    wet = worked_out(computed, Asked((), (), wet=True))
    assert sum(one["lost"] for one in wet["kinds"]) > 0
    assert sum(one["saved"] for one in wet["kinds"]) == 0
    village = computed.scalar(text("select min(code) from area where level = 'desa' and code like '18.03.%'"))
    opened = worked_out(computed, Asked((), (), wet=False, opens=(Opening("puskesmas", Where(village)),)))
    by_kind = {one["kind"]: one for one in opened["kinds"]}
    assert by_kind["puskesmas"]["saved"] > 0
    assert by_kind["sd"]["saved"] == 0


def test_in_the_rain_edits_are_compared_with_the_rain_and_the_rain_is_told_apart(undone: Connection) -> None:
    """Every edit at once: minutes before are those the rain alone gives, minutes after those of the same end."""
    road = max(candidates(undone, "ruas", own=True), key=lambda row: row["detour"] or 0)["source_id"]
    village = undone.scalar(text("select min(code) from area where level = 'desa' and code like '18.03.%'"))
    mixed = Asked((), (road,), wet=True, opens=(Opening("puskesmas", Where(village)),))
    alone, old, new = (worked_out(undone, one) for one in (Asked(wet=True), mixed, mixed.like_with_like()))
    for rain, before, now in zip(alone["kinds"], old["kinds"], new["kinds"], strict=True):
        assert now["within"] == pytest.approx([rain["within"][1], before["within"][1]], abs=1e-6)
    assert new["rain"]["lost"] == pytest.approx(sum(one["lost"] for one in alone["kinds"]), rel=1e-9)
    assert new["rain"]["cut_off"] == pytest.approx(max(one["cut_off"] for one in alone["kinds"]))
    assert "rain" not in alone
    assert "rain" not in old
    assert 0 < sum(one["lost"] for one in new["kinds"]) < sum(one["lost"] for one in old["kinds"])
    assert {one["code"]: one["minutes"] for one in new["villages"]}[village] > 0


def test_what_closes_in_the_rain_is_told_as_the_map_without_it_tells_in_the_rain(undone: Connection) -> None:
    """The office is taken out and everything read anew: to open it again, in the rain, wins what was lost."""
    office, point = placed(undone, "office", "kind = 'puskesmas'")
    asked = Asked(wet=True, shut=(f"o:{office}",)).like_with_like()
    told = next(one for one in worked_out(undone, asked)["kinds"] if one["kind"] == "puskesmas")
    undone.execute(text("delete from office where id = :id"), {"id": office})
    back = Asked(wet=True, opens=(Opening("puskesmas", Where(point=point)),)).like_with_like()
    anew = next(one for one in worked_out(undone, back)["kinds"] if one["kind"] == "puskesmas")
    assert told["within"] == pytest.approx(anew["within"][::-1], abs=1e-6)
    assert (told["lost"], told["saved"]) == pytest.approx((anew["saved"], anew["lost"]), rel=1e-9, abs=1e-6)
    assert told["lost"] > 0


def counted_anew(connection: Connection) -> float:
    """The Rural Access Index from the database as it is now, nothing of it kept from before."""
    found = access_ground(connection)
    rural = [village.level == "desa" for village in found.villages]
    people = found.settled.people[rural].sum(axis=0)
    roads = found.edges.network.lines[all_season(found.edges, found.rules)]
    return float(people[near_all_season(found.settled.points, roads)].sum() / people.sum())


def share(rural: dict, when: str) -> float:
    return rural[when] / rural["people"]


def test_rural_access_before_is_that_of_the_layer_of_access(computed: Connection) -> None:
    found = worked_out(computed, Asked((), (), wet=True))["rural"]
    told = rural_access(villages(computed, AskedAccess("puskesmas", "motor", "kering")))
    assert found["before"] == found["after"]  # whatever the season
    assert share(found, "before") == pytest.approx(told, abs=1e-4)  # the layer keeps tenths of people


def test_rural_access_after_repairs_is_what_it_is_once_the_roads_are_so(undone: Connection) -> None:
    """The roads are repaired in the database, and everything is read and counted anew."""
    damaged = [row for row in candidates(undone, "ruas", own=True) if (row["condition"] or 0) > 0]
    damaged = sorted(damaged, key=lambda row: -row["length_m"] * row["condition"])[:60]
    found = worked_out(undone, Asked(tuple(row["source_id"] for row in damaged), (), wet=False))["rural"]
    assert found["after"] > found["before"]
    ids = {"ids": [row["road_id"] for row in damaged]}
    table, order = treatments(undone), ["rusak_berat", "rusak_ringan", "sedang", "baik"]
    for name in sorted(table.by_condition, key=order.index, reverse=True):
        for change in (
            "update road_stretch set condition = :new where condition = :old and road_id = any(:ids)",
            "update road set condition = :new where condition = :old and id = any(:ids)",
        ):
            undone.execute(text(change), ids | {"old": name, "new": table.becomes(name)})
    assert share(found, "after") == pytest.approx(counted_anew(undone), abs=1e-9)


def test_rural_access_after_a_flood_is_what_it_is_without_these_roads(undone: Connection) -> None:
    good = [row for row in candidates(undone, "ruas", own=True) if row["condition"] is not None]
    good = sorted(good, key=lambda row: row["condition"] - row["length_m"] / 1e6)[:60]
    found = worked_out(undone, Asked((), tuple(row["source_id"] for row in good), wet=False))["rural"]
    assert found["after"] < found["before"]
    undone.execute(text("update road set load_limit_t = 1 where id = any(:ids)"), {"ids": [r["road_id"] for r in good]})
    assert share(found, "after") == pytest.approx(counted_anew(undone), abs=1e-9)


def lost_without(connection: Connection, tps: int) -> float:
    found = worked_out(connection, Asked((), (), wet=False, shut=(f"w:{tps}",)))
    return sum(one["lost"] for one in found["kinds"] if one["kind"] == "tps")


def test_a_tps_that_moves_is_one_that_closes_here_and_opens_there(computed: Connection) -> None:
    """One to which people go; some of them lose, who lives where it moves gains, and no other service changes."""
    known = computed.scalars(text("select id from waste_site where kind = 'tps' and village_code like '18.03.%'"))
    tps = max(list(known)[:8], key=lambda number: lost_without(computed, number))
    there = computed.scalar(text("select max(code) from area where level = 'desa' and code like '18.03.%'"))
    moved = worked_out(computed, Asked((), (), wet=False, moves=(Move(f"w:{tps}", Where(there)),)))
    both = worked_out(computed, Asked((), (), wet=False, opens=(Opening("tps", Where(there)),), shut=(f"w:{tps}",)))
    assert moved["kinds"] == both["kinds"]
    by_kind = {one["kind"]: one for one in moved["kinds"]}
    assert 0 < by_kind["tps"]["lost"] <= lost_without(computed, tps) + 1e-6
    assert by_kind["tps"]["saved"] > 0
    assert {one["saved"] + one["lost"] for kind, one in by_kind.items() if kind != "tps"} == {0}
    minutes = {one["code"]: one["minutes"] for one in moved["villages"]}
    assert minutes[there] > 0 > min(minutes.values())


def test_closing_an_office_gives_what_the_map_without_it_gives(undone: Connection) -> None:
    """The office is taken out of the database and everything is read anew: before is what after was."""
    closed = undone.scalar(text("select min(id) from office where kind = 'puskesmas' and village_code like '18.03.%'"))
    told = worked_out(undone, Asked((), (), wet=False, shut=(f"o:{closed}",)))
    undone.execute(text("delete from office where id = :id"), {"id": closed})
    anew = worked_out(undone, Asked((), (), wet=True))
    [before], [after] = ([one for one in found["kinds"] if one["kind"] == "puskesmas"] for found in (told, anew))
    assert before["within"][1] == pytest.approx(after["within"][0], abs=1e-6)
    assert before["lost"] + before["cut_off"] > 0


def placed(connection: Connection, table: str, where: str) -> tuple[int, tuple[float, float]]:
    """The first facility of a kind with its point."""
    chosen = f"select id, st_x(geom), st_y(geom) from {table} where {where} and village_code like '18.03.%' order by id"
    number, lon, lat = connection.execute(text(f"{chosen} limit 1")).one()
    return number, (lon, lat)


def put(connection: Connection, table: str, number: int, point: tuple[float, float]) -> None:
    there = {"lon": point[0], "lat": point[1], "id": number}
    connection.execute(text(f"update {table} set geom = st_point(:lon, :lat, 4326) where id = :id"), there)


def test_several_openings_and_moves_to_points_are_told_as_the_map_with_them_tells(undone: Connection) -> None:
    """All is put where the scenario says and read anew: to take it back wins what was lost, and loses what was won."""
    spots = text("""select st_x(spot), st_y(spot) from area, lateral st_pointonsurface(geom) as spot
                    where level = 'desa' and code like '18.03.%' order by code desc limit 4""")
    a, b, c, d = (tuple(row) for row in undone.execute(spots))
    office, stood = placed(undone, "office", "kind = 'puskesmas'")
    tps, lay = placed(undone, "waste_site", "kind = 'tps'")
    opens = (Opening("sma", Where(point=a)), Opening("sma", Where(point=b)), Opening("rumah_sakit", Where(point=c)))
    moves = (Move(f"o:{office}", Where(point=d)), Move(f"w:{tps}", Where(point=a)))
    told = worked_out(undone, Asked(opens=opens, moves=moves))["kinds"]
    put(undone, "office", office, d)
    put(undone, "waste_site", tps, a)
    add = text("""insert into office (source, source_id, name, kind, geom)
                  values ('uji', :at, 'Sekolah', :kind, st_point(:lon, :lat, 4326)) returning id""")
    built = [
        undone.scalar(add, {"at": str(one), "kind": one.kind, "lon": one.where.point[0], "lat": one.where.point[1]})
        for one in opens
        if one.where.point
    ]
    back = (Move(f"o:{office}", Where(point=stood)), Move(f"w:{tps}", Where(point=lay)))
    anew = worked_out(undone, Asked(shut=tuple(f"o:{one}" for one in built), moves=back))["kinds"]
    assert [one["kind"] for one in told] == [one["kind"] for one in anew]
    swapped = (("saved", "lost"), ("connected", "cut_off"))
    for there, here in zip(told, anew, strict=True):
        assert there["within"] == pytest.approx(here["within"][::-1], abs=1e-6)
        for one, other in (*swapped, *(pair[::-1] for pair in swapped)):
            assert there[one] == pytest.approx(here[other], rel=1e-9, abs=1e-6)
    changed = {one["kind"] for one in told if one["saved"] + one["lost"] > 0}
    assert changed == {"sma", "rumah_sakit", "puskesmas", "tps"}


def test_a_question_of_the_time_when_all_had_one_village_means_the_same_as_ever() -> None:
    old = {"repair": [], "close": [], "wet": False, "kind": "sd", "village": "18.03.01.2001", "shut": ["o:3"]}
    here = Where("18.03.01.2001")
    asked = Asked(opens=(Opening("sd", here),), shut=("o:3",), moves=(Move("w:7", here), Move("o:1", here)))
    assert read(old | {"move": ["w:7", "o:1"]}) == asked
    assert read(json.loads(json.dumps(asked.written()))) == asked
    rainy = Asked(("a",), wet=True)
    assert read(json.loads(json.dumps(rainy.like_with_like().written()))) == rainy.like_with_like() != rainy
    assert Asked(wet=True).like_with_like() == Asked(wet=True)
    assert read({"repair": ["a"], "close": [], "wet": True, "kind": "", "village": ""}) == Asked(("a",), wet=True)


def test_a_scenario_does_not_wait_while_people_are_being_counted_anew(undone: Connection, sample_url: str) -> None:
    """Another village's number makes another raster of people, which somebody else is writing."""
    undone.execute(text("update area set population = population + 1 where level = 'desa'"))
    asked = Asked(wet=True).written()
    run = runs.ask(undone, PLANNER, "scenario", asked)
    engine = db.connect(sample_url)
    with engine.begin() as computing:
        computing.execute(ONE_AT_A_TIME)
        answer(undone, run)
    engine.dispose()
    kept = runs.run(undone, run)
    assert kept
    assert kept.problem == "Data sedang dihitung ulang; coba lagi sebentar."
    assert runs.ask(undone, PLANNER, "scenario", asked) == run
    answer(undone, run)
    kept = runs.run(undone, run)
    assert kept
    assert kept.answer


def test_what_cannot_be_worked_out_is_told_in_words(computed: Connection) -> None:
    key = best(computed)["source_id"]
    for asked, said in (
        (Asked((key,), (key,), wet=False), "sekaligus diperbaiki dan ditutup"),
        (Asked(("contoh:tidak-ada",), (), wet=False), "tidak ada lagi"),
        (Asked((), (), wet=False, opens=(Opening("sd", Where("99.99")),)), "tidak dikenal"),
        (Asked((), (), wet=False, shut=("o:999999999",)), "tidak ada lagi"),
        (Asked((), (), wet=False, moves=(Move("o:999999999", Where(point=CENTRE)),)), "tidak ada lagi"),
        (Asked((), (), wet=False, opens=(Opening("sd", Where(point=(101.0, -4.0))),)), "lebih dari 2 km dari jalan"),
    ):
        with pytest.raises(WhatIfError, match=said):
            worked_out(computed, asked)


def test_before_a_boundary_or_a_road_is_known_there_is_nothing_to_prepare_and_this_is_said(undone: Connection) -> None:
    set_preference(undone, REGENCY, "18.99")
    prepare(undone)
    run = runs.ask(undone, PLANNER, "scenario", Asked(wet=True).written())
    answer(undone, run)
    kept = runs.run(undone, run)
    assert kept
    assert kept.problem == "Tidak dapat dihitung: batas kabupaten dan desa belum ada; masukkan lapisan Wilayah."


def test_the_worker_answers_a_question_once_and_keeps_what_it_found(undone: Connection) -> None:
    asked = {"repair": [best(undone)["source_id"]], "close": [], "wet": False, "kind": "", "village": ""}  # as of old
    run = runs.ask(undone, PLANNER, "scenario", asked)
    assert runs.ask(undone, PLANNER, "scenario", asked) == run
    waiting = text("select args ->> 'run' from procrastinate_jobs where task_name = :task")
    assert list(undone.scalars(waiting, {"task": runs.TASK})) == [run]
    undone.execute(text("update priority_run set made_at = now() - interval '1 hour'"))
    assert runs.ask(undone, PLANNER, "scenario", asked) == run
    assert list(undone.scalars(waiting, {"task": runs.TASK})) == [run, run]  # a worker had left it unanswered
    assert named("layers.priority.answering:answer") is answer
    answer(undone, run)
    found = runs.run(undone, run)
    assert found
    assert found.done
    assert found.answer
    assert found.answer["kinds"]


def test_an_answer_from_before_any_office_was_known_is_told_as_one_that_changes_nothing() -> None:
    found = shaken([])
    assert (found.ranges, found.most, found.share) == ({"saved": (0, 0), "lost": (0, 0)}, "", 0)
