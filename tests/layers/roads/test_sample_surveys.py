"""The sample's surveys are plausible: each way of surveying occurs, and unseen roads stay unseen."""

import pytest
from sqlalchemy import Connection, text

from layers.roads.queries import lengths_by_status, lengths_in_regency, together
from layers.roads.rules import CLASSES


def test_every_class_occurs_and_village_roads_are_seen_less_often_than_main_roads(sampled: Connection) -> None:
    lengths = lengths_by_status(sampled)
    assert all(together(lengths.values()).metres[name] > 10_000 for name in CLASSES)
    seen = {status: held.surveyed_m / held.total_m for status, held in lengths.items()}
    assert seen["nasional"] > seen["kabupaten"] > seen["desa"] > seen["tidak_diketahui"] == 0


def test_a_form_gives_the_class_that_it_was_made_up_for(sampled: Connection) -> None:
    kinds = dict(sampled.execute(text("select kind, count(*) from road_survey group by kind")).all())
    assert set(kinds) == {"sdi", "eye"}
    assert {
        cls
        for cls in CLASSES
        if sampled.scalar(
            text("select exists (select from road_survey where kind = 'sdi' and metres ? :cls)"), {"cls": cls}
        )
    } == set(CLASSES)


def test_the_lengths_by_kecamatan_add_up_to_those_of_the_regency(sampled: Connection) -> None:
    inside = lengths_in_regency(sampled, "18.03")
    assert len({code for code, _ in inside}) == 23
    whole, parts = together(lengths_by_status(sampled).values()), together(inside.values())
    assert parts.total_m == pytest.approx(whole.total_m, rel=0.02)
    assert parts.steady_share == pytest.approx(whole.steady_share, abs=0.02)
