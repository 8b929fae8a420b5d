"""A computed layer is due when a layer it needs has changed, says from when it is, and writes what differs alone."""

from typing import Any

import pytest
from sqlalchemy import Connection, text

from layers import computing
from layers.hotspots import LAYER
from layers.layer import Layer, Text
from layers.records import computed
from layers.records.preferences import REGENCY, RETENTION, set_preference
from layers.records.versions import fold, versions
from layers.registry import layers
from tests.layers.access.world import lay_road, settle

ADD = text(
    "insert into complaint (source, source_id, number, category, state, reported_at, geom)"
    " values ('uji', :id, :id, 'lampu_jalan', 'received', now(), st_point(104.88, -4.83, 4326))"
)
SQUARE = "SRID=4326;MULTIPOLYGON(((104 -5,104.1 -5,104.1 -4.9,104 -5)))"


def row(name: str, **values: Any) -> dict[str, Any]:
    days = dict.fromkeys(("checked_on", "period_from", "period_to"), "2026-11-21")
    numbers = {"reports": 1, "around": 3, "usual": 2.5, "z": 0.1, "p": 0.9}
    return {"source": "uji", "source_id": name, "kind": "none", "geom": SQUARE, **days, **numbers, **values}


def held(connection: Connection) -> dict[str, Any]:
    return {one.source_id: one for one in connection.execute(text("select * from hotspot where source = 'uji'"))}


def test_it_is_due_until_it_is_computed_and_again_after_a_change(connection: Connection) -> None:
    settle(connection)
    connection.execute(ADD, {"id": "0"})
    assert computing.standing(connection, LAYER) == computing.Standing(None, stale=True)
    assert LAYER in computing.due(connection)
    computing.compute(connection, LAYER)
    standing = computing.standing(connection, LAYER)
    assert standing is not None
    assert standing.at == connection.scalar(text("select now()"))
    assert not standing.stale
    assert LAYER not in computing.due(connection)
    connection.execute(ADD, {"id": "1"})
    assert LAYER in computing.due(connection)
    assert computing.standing(connection, LAYER) == computing.Standing(standing.at, stale=True)


def test_what_changes_while_it_is_computed_makes_it_due_again(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compute(during: Connection, _layer: Any) -> None:
        during.execute(ADD, {"id": "meanwhile"})

    monkeypatch.setattr("layers.computing.named", lambda _: compute)
    computing.compute(connection, LAYER)
    assert LAYER in computing.due(connection)


def test_one_that_fails_again_and_again_is_given_up_and_those_that_need_it_wait_no_longer(
    connection: Connection,
) -> None:
    settle(connection)
    connection.execute(ADD, {"id": "0"})
    computing.compute(connection, LAYER)
    before = computing.standing(connection, LAYER)
    connection.execute(ADD, {"id": "1"})
    assert [computing.begin(connection, LAYER) for _ in range(4)] == [True, True, True, False]
    given_up = computing.standing(connection, LAYER)
    assert before is not None and given_up is not None and given_up.problem is not None
    assert (given_up.at, given_up.stale, "gagal 3 kali" in given_up.problem.id) == (before.at, False, True)
    assert LAYER not in computing.due(connection)
    connection.execute(ADD, {"id": "2"})
    assert LAYER in computing.due(connection)
    assert computing.begin(connection, LAYER), "what it needs has changed: it may go well now"
    computing.compute(connection, LAYER)
    assert computing.standing(connection, LAYER).problem is None  # type: ignore[union-attr]


def test_one_that_was_given_up_is_tried_anew_after_a_day(connection: Connection) -> None:
    settle(connection)
    connection.execute(ADD, {"id": "0"})
    assert [computing.begin(connection, LAYER) for _ in range(4)] == [True, True, True, False]
    assert LAYER not in computing.due(connection)
    connection.execute(text("update visit set expires_at = now() - interval '1 second' where key like '%hotspots'"))
    assert LAYER in computing.due(connection)
    assert computing.begin(connection, LAYER)
    computing.compute(connection, LAYER)
    assert LAYER not in computing.due(connection)


def test_what_is_refused_stays_from_the_versions_it_was_computed_from(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_connection: Connection, _layer: Any) -> None:
        raise computing.NothingToComputeError(Text("tidak ada", "nothing"))

    settle(connection)
    connection.execute(ADD, {"id": "old"})
    computing.compute(connection, LAYER)
    before = computed.results(connection)[LAYER.id]
    connection.execute(ADD, {"id": "new"})
    monkeypatch.setattr("layers.computing.named", lambda _: refuse)
    computing.compute(connection, LAYER)
    after = computed.results(connection)[LAYER.id]
    assert after.problem
    assert (after.at, after.versions) == (before.at, before.versions)
    assert after.tried["complaints"] > before.versions["complaints"]
    assert LAYER not in computing.due(connection)


def test_a_change_elsewhere_does_not_make_it_due(connection: Connection) -> None:
    computing.compute(connection, LAYER)
    place = "st_point(104.8, -4.8, 4326)"
    site = f"insert into waste_site (source, source_id, kind, geom) values ('u', '1', 'tps', {place})"
    connection.execute(text(site))
    assert LAYER not in computing.due(connection)


def test_one_that_needs_a_stale_one_waits(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    class Later:
        id, needs, watches, observed = "later", ("hotspots",), (), False

    monkeypatch.setattr("layers.computing.layers", lambda: layers() | {"later": Later})
    assert {"hotspots", "later"} & {layer.id for layer in computing.due(connection)} == {"hotspots"}
    computing.compute(connection, LAYER)
    assert {"hotspots", "later"} & {layer.id for layer in computing.due(connection)} == {"later"}


def test_another_regency_at_home_makes_all_that_is_computed_stale_and_no_other_preference_does(
    connection: Connection,
) -> None:
    set_preference(connection, REGENCY, "18.03")
    while due := computing.due(connection):
        computing.compute(connection, due[0])
    set_preference(connection, REGENCY, "18.03")
    set_preference(connection, RETENTION, "36")
    assert computing.due(connection) == []
    set_preference(connection, REGENCY, "18.12")
    standings = [computing.standing(connection, layer) for layer in layers().values()]
    assert all(standing.stale for standing in standings if standing)


def test_what_rests_on_any_made_up_row_is_called_sample_and_computed_only_without_one(connection: Connection) -> None:
    settle(connection)
    lay_road(connection, (0, 3_000), (10_000, 3_000))
    by_source: dict[str, set[str]] = {}
    for made_up in (None, "road", "area"):
        if made_up:
            connection.execute(text(f"update {made_up} set source = 'contoh'"))
        found = {layer.id for layer in layers().values() if not layer.observed and _called_sample(connection, layer)}
        by_source[made_up or "none"] = found
    assert by_source["none"] == set()
    assert by_source["road"] == {"access", "waste_service", "priority"}
    assert by_source["area"] == {layer.id for layer in layers().values() if not layer.observed}


def _called_sample(connection: Connection, layer: Layer) -> bool:
    return computing.source(connection, layer) == "contoh"


def test_observed_layers_are_never_computed(connection: Connection) -> None:
    assert computing.standing(connection, layers()["complaints"]) is None
    assert all(not layer.observed for layer in computing.due(connection))


def test_what_differs_is_written_and_what_is_gone_goes(connection: Connection) -> None:
    computing.keep(connection, LAYER, [row("stays"), row("changes"), row("goes")])
    before = held(connection)
    computing.keep(connection, LAYER, [row("stays"), row("changes", reports=2), row("comes")])
    after = held(connection)
    assert set(after) == {"stays", "changes", "comes"}
    assert (after["stays"].id, after["changes"].id) == (before["stays"].id, before["changes"].id)
    assert after["changes"].reports == 2


def test_the_same_result_makes_no_new_version(connection: Connection) -> None:
    computing.keep(connection, LAYER, [row("stays")])
    fold(connection)
    before = versions(connection)["hotspots"]
    computing.keep(connection, LAYER, [row("stays")])
    assert versions(connection)["hotspots"] == before
    computing.keep(connection, LAYER, [])
    assert versions(connection)["hotspots"] > before
    assert held(connection) == {}
