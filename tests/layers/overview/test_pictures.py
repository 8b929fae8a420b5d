"""Pictures of layers: read by the index, and never a part as if it were all."""

import pytest
from sqlalchemy import Connection, text

from geo.view import View
from layers.overview import pictures
from layers.overview.pictures import Subject, picture, statement, subjects
from layers.registry import layers
from tests.layers.roads.test_queries import MANY

ROADS = text("""insert into road (source, source_id, status, surface, geom)
    select 'uji', n, :status, :surface,
           st_multi(st_makeline(st_point(104.95 + n * 0.001, -5.15, 4326), st_point(104.95 + n * 0.001, -5.14, 4326)))
    from generate_series(cast(:first as int), cast(:last as int)) as n""")
VIEW = View(104.955, -5.15, 13.0)
SITES = text("""insert into waste_site (source, source_id, name, kind, geom)
    select 'uji', n, 'TPS ' || n, 'tps', st_setsrid(st_makepoint(104.95 + n * 0.001, -5.15), 4326)
    from generate_series(1, 6) as n""")


def test_the_features_of_a_view_are_found_by_the_index(connection: Connection) -> None:
    connection.execute(text(MANY))
    connection.execute(text("analyze road"))
    asked = {"west": 104.95, "south": -5.2, "east": 104.96, "north": -5.1, "unit": 1e-5, "most": 20_001}
    question = f"explain {statement(subjects()['roads.condition'], 'tile').text}"
    plan = "\n".join(connection.scalars(text(question), asked))
    assert "idx_road_geom" in plan
    assert "Seq Scan on road " not in plan


def test_what_is_not_drawn_takes_no_place_of_what_is(connection: Connection) -> None:
    connection.execute(text("delete from road"))
    connection.execute(ROADS, {"status": "desa", "surface": None, "first": 1, "last": 4})
    connection.execute(ROADS, {"status": "desa", "surface": "aspal", "first": 5, "last": 8})
    asked = {"west": 104.9, "south": -5.2, "east": 105.0, "north": -5.1, "unit": 1e-5, "most": 3}
    by_surface = Subject(layers()["roads"], layers()["roads"].by_name["surface"])
    found = connection.execute(statement(by_surface, "tile"), asked)
    assert {row.kind: len(row.shapes) for row in found} == {"aspal": 3}


def test_too_many_roads_are_drawn_as_from_afar_or_not_at_all_and_it_is_said(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST", 5)
    connection.execute(text("delete from road"))
    connection.execute(ROADS, {"status": "nasional", "surface": "aspal", "first": 1, "last": 2})
    connection.execute(ROADS, {"status": "desa", "surface": "aspal", "first": 3, "last": 9})
    subject = subjects()["roads"]
    told = picture(connection, subject, VIEW)
    colours = {choice.id: choice.colour for choice in subject.field.choices}
    assert told.afar and not told.crowded
    assert colours["nasional"] in told.svg and colours["desa"] not in told.svg
    for status in ("desa", "nasional"):  # none is seen from afar, or again too many
        connection.execute(text("update road set status = :status"), {"status": status})
        told = picture(connection, subject, VIEW)
        assert told.crowded and not told.counts and not told.svg


def test_points_that_are_too_many_are_told_as_such_and_none_is_drawn(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.execute(text("delete from waste_site"))
    connection.execute(SITES)
    assert picture(connection, subjects()["waste"], VIEW).counts == {"tps": 6}
    monkeypatch.setattr(pictures, "MOST", 5)
    connection.execute(text("update waste_site set name = 'lain'"))
    told = picture(connection, subjects()["waste"], VIEW)
    assert told.crowded and not told.counts and not told.svg
