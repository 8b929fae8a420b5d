"""Small random road networks, and travel times over them as networkx finds them."""

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from geo.repairs import Repairs, Service
from geo.scenario import Numbers, Roads


def roads(nodes: int, arcs: list[tuple[int, int, float]]) -> Roads:
    """Rows of arcs (from, to, minutes) given in any order; arcs keep their order within a row."""
    ordered = sorted(arcs, key=lambda arc: arc[0])
    tails = np.array([tail for tail, _, _ in ordered], np.int64)
    starts = np.concatenate([[0], np.cumsum(np.bincount(tails, minlength=nodes))])
    return Roads(starts, np.array([h for _, h, _ in ordered], np.int64), np.array([m for _, _, m in ordered], float))


def repairs(works: list[list[tuple[int, float]]]) -> Repairs:
    """Repairs, each a list of (arc, minutes once done)."""
    flat = [pair for work in works for pair in work]
    starts = np.concatenate([[0], np.cumsum([len(work) for work in works])]).astype(np.int64)
    return Repairs(starts, np.array([a for a, _ in flat], np.int64), np.array([m for _, m in flat], float))


def by_networkx(network: Roads, facilities: list[int]) -> Numbers:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(len(network.starts) - 1))
    graph.add_weighted_edges_from(
        (int(t), int(h), float(m))
        for t, h, m in zip(network.tails, network.heads, network.minutes, strict=True)
        if np.isfinite(m)
    )
    found = nx.multi_source_dijkstra_path_length(graph, set(facilities))
    return np.array([found.get(node, np.inf) for node in graph])


MINUTES = st.one_of(st.just(np.inf), st.integers(0, 40).map(float), st.floats(0, 40))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Roads, Service, Repairs]:
    """A multigraph with one-way, parallel and closed roads, disconnected parts, and nodes where nobody lives."""
    nodes = draw(st.integers(2, 12))
    node = st.integers(0, nodes - 1)
    network = roads(nodes, draw(st.lists(st.tuples(node, node, MINUTES), min_size=1, max_size=40)))
    arc = st.integers(0, len(network.heads) - 1)
    works = draw(st.lists(st.lists(st.tuples(arc, st.floats(0, 40)), max_size=4), max_size=8))
    people = draw(st.lists(st.sampled_from([0.0, 1.0, 7.0, 250.0]), min_size=nodes, max_size=nodes))
    facilities = draw(st.lists(node, min_size=1, max_size=3))
    return (
        network,
        Service(np.array(facilities), np.array(people), 1.0, draw(st.sampled_from([10.0, 30.0, 1e9]))),
        repairs(works),
    )
