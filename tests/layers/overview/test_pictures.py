"""Pictures of layers: read by the index, and never a part as if it were all."""

import pytest
from sqlalchemy import Connection, text

from geo.view import View
from layers.overview import pictures
from layers.overview.pictures import picture, statement, subjects
from tests.layers.roads.test_queries import MANY

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
