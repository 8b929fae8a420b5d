"""The table of treatments: filled by the regency it makes costs count, and what makes no sense is told."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection, text

from layers import computing
from layers.priority import LAYER
from layers.priority.treatments import Row, TreatmentError, keep_treatments, treatments
from layers.records.actors import Actor, Grant
from tests.layers.priority.conftest import watched

PLANNER = Actor("account:7", (Grant("planner"),))
REAL = Row(
    "rehab", "Rehabilitasi", "rusak_ringan", "rusak_berat", "baik", 1e9, 8.0, "SK Bupati 12/2026", date(2026, 1, 2)
)


def test_the_first_table_is_sample_data_and_says_what_each_condition_becomes(computed: Connection) -> None:
    table = treatments(computed)
    assert table.made_up
    assert table.becomes("rusak_berat") == "baik"
    assert table.becomes("belum_disurvei") == "belum_disurvei"


def test_once_filled_cost_per_km_counts_and_the_layer_is_due(undone: Connection) -> None:
    before = watched(undone)
    keep_treatments(undone, PLANNER, [REAL])
    assert watched(undone) != before
    computing.compute(undone, LAYER)
    priced = undone.execute(text("select cost, cost_rp, length_m from road_priority where cost is not null")).all()
    assert len(priced) > 100
    assert {round(row.cost, 6) for row in priced} == {1_000.0}
    assert all(row.cost_rp <= 1e9 * row.length_m / 1000 + 1 for row in priced)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "paling sedikit satu"),
        ([replace(REAL, rp_per_km=0.0)], "lebih dari nol"),
        ([replace(REAL, worst="hancur")], "tidak dikenal"),
        ([replace(REAL, best="rusak_berat", worst="sedang")], "lebih baik ke yang lebih buruk"),
        ([REAL, replace(REAL, id="lain")], "sama-sama"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused_in_words(undone: Connection, rows: list[Row], said: str) -> None:
    with pytest.raises(TreatmentError, match=said):
        keep_treatments(undone, PLANNER, rows)


def test_only_planners_change_prices(undone: Connection) -> None:
    with pytest.raises(PermissionError):
        keep_treatments(undone, Actor("account:9", (Grant("officer"),)), [REAL])
