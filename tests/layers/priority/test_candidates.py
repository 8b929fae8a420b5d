"""What can be repaired of a road: its damaged parts, named by the metres on which they lie."""

from datetime import date

import numpy as np
import pytest
from sqlalchemy import Connection, text

from layers.priority.candidates import candidates
from layers.records.actors import Actor, Grant
from layers.roads.acts import Order, survey
from layers.roads.edges import road_edges
from tests.layers.access.world import lay_road, settle

OFFICER = Actor("account:7", (Grant("officer"),))
TODAY = date(2026, 11, 21)
BOX = (104.9, -5.0, 105.3, -4.5)


def test_a_damaged_part_lies_where_it_was_surveyed_even_where_another_road_is_drawn_on_the_beginning(
    connection: Connection,
) -> None:
    """The first 600 m are drawn on another road, which owns them; the survey found metres 1,200 to 2,000 broken."""
    connection.execute(text("delete from road"))
    settle(connection)
    lay_road(connection, (0, 3_000), (600, 3_000), name="di bawah")
    lay_road(connection, (0, 3_000), (2_500, 3_000), name="ruas")
    road = connection.execute(text("select id, source, source_id, status from road where source_id = 'ruas'")).one()
    for first, last, found in ((0, 1_200, "baik"), (1_200, 2_000, "rusak_berat"), (2_000, 2_500, "baik")):
        seen = Order(road.id, "eye", TODAY, "Petugas", {"condition": found}, first, last)
        survey(connection, OFFICER, seen, TODAY)
    edges = road_edges(connection, BOX)
    assert edges.network.length_m[edges.road == road.id].sum() == pytest.approx(1_900, abs=5)
    (part,) = (one for one in candidates(edges, [road]) if one.unit == "bagian")
    assert (part.from_m, part.to_m) == pytest.approx((1_200, 2_000), abs=2)
    assert edges.along_m(np.flatnonzero(edges.road == road.id)) == pytest.approx((600, 2_500), abs=2)
