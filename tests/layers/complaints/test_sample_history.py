"""The complaints of the sample stand where the workflow could have brought them, with deadlines and a timeline."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Connection, create_engine, text

from layers.complaints import queries
from layers.complaints.sample_history import PATHS
from layers.records import proof
from tests.layers.complaints.test_workflow import ALLOWED, NAMES


@pytest.fixture(scope="module")
def sample(sample_url: str) -> Iterator[Connection]:
    engine = create_engine(sample_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_every_path_goes_by_steps_that_are_allowed() -> None:
    assert set(PATHS) == set(NAMES)
    for state, path in PATHS.items():
        steps = ("received", *path)
        assert steps[-1] == state
        assert set(pairwise(steps)) <= set(ALLOWED)


def test_each_has_an_agency_that_exists_a_class_and_its_deadline(sample: Connection) -> None:
    rows = sample.execute(text("select * from complaint where source = 'contoh'")).all()
    agencies = set(sample.scalars(text("select id from agency")))
    assert {row.agency for row in rows} <= agencies
    assert all(row.case_class and row.why and row.kind for row in rows)
    clocks = dict(sample.execute(text("select complaint_id, due_on from complaint_clock")).all())
    assert {row.id: row.due_on for row in rows if row.due_on} == clocks
    assert all((row.merged_into is None) == (row.state != "merged") for row in rows)


def test_each_timeline_leads_to_the_state_in_the_order_of_time(sample: Connection) -> None:
    for row in sample.execute(text("select * from complaint where source = 'contoh' order by id limit 200")).all():
        seen = queries.case(sample, row.number, datetime.now(UTC))
        assert seen is not None
        moments = [step.at for step in seen.timeline]
        assert moments == sorted(moments)
        assert moments[0] == row.reported_at
        assert seen.timeline[-1].state == seen.state
        assert len(seen.timeline) == row.version
        ended = {step.at for step in seen.timeline if step.state and step.state.id in (row.state, "resolved")}
        assert row.closed_at is None or min(abs(at - row.closed_at) for at in ended) < timedelta(seconds=1)


def test_its_events_are_proven_like_any_other(sample: Connection) -> None:
    assert proof.verify(sample, []).faults == []
