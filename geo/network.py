"""A road network as arrays: places where roads meet, edges between them, and what may be driven on each.

Pages import this module, so that scipy is imported where it is used alone.
"""

import hashlib
from dataclasses import dataclass, fields
from typing import Any, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import Points
from geo.noding import GRID_M, Lines, Noded, cut_at_vertices, node, passed_over

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]

TOLERANCE_M = 1.0  # gaps up to this at the ends of lines are slips of the pen; at 1:50,000 a metre is 0.02 mm
BOTH, FORWARD, BACKWARD = 0, 1, -1


class Edges(Protocol):
    """What finding a way needs of a network: its nodes, and where its edges lead and how long they are."""

    @property
    def nodes(self) -> Points:
        """Give the nodes (n, 2) in metres."""

    @property
    def tail(self) -> Whole:
        """Give the node at which each edge begins."""

    @property
    def head(self) -> Whole:
        """Give the node at which each edge ends."""

    @property
    def length_m(self) -> Numbers:
        """Give the length of each edge in metres."""


@dataclass(frozen=True)
class Network:
    """Nodes (n, 2) in metres of `epsg`, and m edges between them.

    `tail` and `head` number the nodes at an edge's ends, `length_m` is its length as drawn; `owner` is the row of the
    road it belongs to, on which it runs from `start_m` to `end_m`. `direction` is 0 for both ways, 1 along the edge
    alone, -1 against it alone; `limit_t` is the heaviest vehicle in tonnes, infinite where nobody set a limit.
    """

    epsg: int
    nodes: Points
    tail: Whole
    head: Whole
    length_m: Numbers
    lines: Lines
    owner: Whole
    start_m: Numbers
    end_m: Numbers
    direction: Whole
    limit_t: Numbers

    @property
    def version(self) -> str:
        """Name the network by what is in it: equal networks have equal names, whoever built them."""
        digest = hashlib.sha256(str(self.epsg).encode())
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "lines":
                digest.update(b"".join(shapely.to_wkb(value)))
            elif isinstance(value, np.ndarray):
                digest.update(np.ascontiguousarray(value).tobytes())
        return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Components:
    """Which nodes hang together: the number of the component of each node, the largest being 0, and their sizes."""

    of_node: Whole
    sizes: Whole


def build(
    lines: Lines,
    epsg: int,
    *,
    direction: NDArray[Any] | None = None,
    limit_t: NDArray[Any] | None = None,
    bridged: NDArray[np.bool_] | None = None,
    tolerance_m: float = TOLERANCE_M,
) -> Network:
    """Build a network of lines (LineString in metres of `epsg`), with direction and weight limit by line.

    Where lines cross they are joined, gaps up to the tolerance closed; those that are `bridged` are joined to each
    other at shared vertices alone, as OpenStreetMap means it. Raises ValueError where there is no line.
    """
    if not len(lines):
        raise ValueError("A network needs at least one road.")
    over = np.zeros(len(lines), bool) if bridged is None else bridged
    noded = cut_at_vertices(lines) if over.all() else node(lines, tolerance_m)
    nodes, at = _nodes(noded, lines, over)
    tail, head = at[: len(noded.lines)], at[len(noded.lines) :]
    way = np.zeros(len(lines), np.int64) if direction is None else np.asarray(direction, np.int64)
    limit = np.full(len(lines), np.inf) if limit_t is None else np.asarray(limit_t, float)
    along = np.where(noded.start_m <= noded.end_m, 1, -1)
    return Network(
        epsg,
        nodes,
        tail.astype(np.int64),
        head.astype(np.int64),
        shapely.length(noded.lines),
        noded.lines,
        noded.owner,
        noded.start_m,
        noded.end_m,
        way[noded.owner] * along,
        limit[noded.owner],
    )


def _nodes(noded: Noded, lines: Lines, bridged: NDArray[np.bool_]) -> tuple[Points, Whole]:
    """Give the places at which pieces begin and end, and at which of them each begins and then where it ends."""
    ends = np.vstack([shapely.get_coordinates(shapely.get_point(noded.lines, i)) for i in (0, -1)])
    steps, at = np.unique(np.round(ends / GRID_M).astype(np.int64), axis=0, return_inverse=True)
    nodes = np.asarray(steps * GRID_M, np.float64)
    if bridged.all() or not bridged.any():
        return nodes, at
    of = np.concatenate([noded.owner, noded.owner])
    apart = np.where(passed_over(at, nodes, of, lines, bridged), of, -1)
    parted, at = np.unique(np.column_stack([at, apart]), axis=0, return_inverse=True)
    return nodes[parted[:, 0]], at


def components(network: Network) -> Components:
    """Find which nodes hang together, whatever the direction of the roads between them."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n = len(network.nodes)
    joined = coo_array((np.ones(len(network.tail)), (network.tail, network.head)), shape=(n, n))
    count, label = connected_components(joined, directed=False)
    sizes = np.bincount(label, minlength=count)
    order = np.argsort(-sizes, kind="stable")
    rank = np.empty(count, np.int64)
    rank[order] = np.arange(count)
    return Components(rank[label], sizes[order])
