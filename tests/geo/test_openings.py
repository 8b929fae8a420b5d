"""A new facility at each of some places, held against whole runs of networkx with that facility among the others."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.openings import open_each
from geo.repairs import Service
from tests.geo.networks import by_networkx, cases, roads


@given(cases(), st.data())
def test_each_site_brings_what_a_whole_run_with_it_says(case, data) -> None:
    network, service, _ = case
    nodes = len(network.starts) - 1
    sites = np.array(data.draw(st.lists(st.integers(0, nodes - 1), min_size=1, max_size=5)))
    within = data.draw(st.sampled_from([5.0, 20.0]))
    [found] = open_each(network, [service], sites, within)
    before = by_networkx(network, service.facilities.tolist())
    for i, site in enumerate(sites.tolist()):
        after = by_networkx(network, [*service.facilities.tolist(), site])
        had, people = np.isfinite(before), service.people
        saved = np.minimum(before, service.longest) - np.minimum(after, service.longest)
        assert found.person_minutes[i] == pytest.approx(people[had] @ saved[had], abs=1e-6)
        assert found.connected[i] == pytest.approx(people[~had & np.isfinite(after)].sum())
        assert found.served[i] == pytest.approx(people[(before > within + 1e-9) & (after <= within)].sum())


def test_without_a_site_or_a_service_nothing_is_told() -> None:
    network = roads(2, [(0, 1, 3.0), (1, 0, 3.0)])
    service = Service(np.array([0]), np.array([1.0, 2.0]), 1.0, 60.0)
    [found] = open_each(network, [service], np.empty(0, np.int64), 5.0)
    assert len(found.person_minutes) == len(found.served) == 0
    assert open_each(network, [], np.array([0]), 5.0) == []
