"""Figures from elsewhere: until somebody brings them in they are unknown; then they count where they belong."""

import pytest
from sqlalchemy import Connection, text

from layers import computing
from layers.priority import LAYER
from layers.priority.figures import FigureError, figure, keep_figures
from layers.records.actors import Actor, Grant
from tests.layers.priority.conftest import watched

PLANNER = Actor("account:7", (Grant("planner"),))
LINE = {"criterion": "traffic", "key": "K.001", "value": "850", "source": "Dishub 2026", "stated_on": "2026-05-04"}


def test_traffic_counts_for_its_ruas_and_poverty_for_the_roads_of_its_village(undone: Connection) -> None:
    village = undone.scalar(text("select min(village_code) from road_priority where owner = 'kabupaten'"))
    poverty = LINE | {"criterion": "poverty", "key": village, "value": "17.5"}
    before = watched(undone)
    keep_figures(undone, PLANNER, [figure(LINE), figure(poverty)])
    assert watched(undone) != before
    computing.compute(undone, LAYER)
    traffic = undone.execute(
        text("select distinct ruas_number, traffic from road_priority p join road on road.id = road_id")
    )
    assert {(row.ruas_number, row.traffic) for row in traffic if row.traffic is not None} == {("K.001", 850.0)}
    poor = undone.scalars(text("select distinct village_code from road_priority where poverty = 17.5")).all()
    assert poor == [village]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"criterion": "cuaca"}, "kriterianya traffic, poverty, ijd"),
        ({"value": "banyak"}, "angka"),
        ({"value": "-1"}, "nol atau lebih"),
        ({"stated_on": "kemarin"}, "tahun-bulan-hari"),
        ({"source": ""}, "sumber harus diisi"),
    ],
)
def test_a_figure_that_makes_no_sense_is_refused_in_words(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(FigureError, match=said):
        figure(LINE | wrong)


def test_the_same_figure_twice_in_a_file_is_refused(undone: Connection) -> None:
    with pytest.raises(FigureError, match="dua kali"):
        keep_figures(undone, PLANNER, [figure(LINE), figure(LINE)])
