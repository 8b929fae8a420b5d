"""Road networks between places: who is joined to whom, which links carry most, and how the lines run."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import Delaunay

from geo.crs import Points

Edges = NDArray[np.int_]
Numbers = NDArray[np.float64]

SHARPEST_TURN = np.radians(60)


def lengths(points: Points, edges: Edges) -> Numbers:
    """Measure the straight length of each edge (m, 2) in the units of the points (n, 2)."""
    return np.asarray(np.hypot(*(points[edges[:, 1]] - points[edges[:, 0]]).T))


def triangulation(points: Points) -> Edges:
    """Join neighbouring points (Delaunay): every link worth a road, none crossing another, lower number first."""
    corners = Delaunay(points).simplices
    sides = np.sort(np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]), axis=1)
    return np.unique(sides, axis=0).astype(np.int_)


def relative_neighbours(points: Points) -> Edges:
    """Join points where no third is nearer to both than they are to each other (Toussaint 1980); always connected."""
    edges = triangulation(points)
    long = lengths(points, edges)
    kept = []
    for (a, b), length in zip(edges, long, strict=True):
        farther = np.maximum(_distances(points, points[a]), _distances(points, points[b]))
        farther[[a, b]] = np.inf
        kept.append(farther.min() >= length)
    return edges[kept]


def add_shortcuts(points: Points, edges: Edges, detour: float) -> Edges:
    """Add, shortest first, links between near points whose way round is over `detour` times the straight line."""
    present = set(map(tuple, edges))
    spare = np.array([e for e in triangulation(points) if tuple(e) not in present])
    for edge in spare[np.argsort(lengths(points, spare), kind="stable")]:
        straight = float(lengths(points, edge[None])[0])
        reach = dijkstra(_graph(points, edges), directed=False, indices=edge[0], limit=straight * detour)
        if np.isinf(reach[edge[1]]):
            edges = np.vstack([edges, edge])
    return edges


def route(points: Points, edges: Edges, start: int, end: int, costs: Numbers) -> list[int]:
    """Find the edges of the cheapest way between two points, by a cost for each edge; raises ValueError if none."""
    graph = csr_array((costs, (edges[:, 0], edges[:, 1])), shape=(len(points),) * 2)
    _, before = dijkstra(graph, directed=False, indices=start, return_predecessors=True)
    number = {tuple(sorted(map(int, e))): i for i, e in enumerate(edges)}
    way, here = [], end
    while here != start:
        if before[here] < 0:
            raise ValueError(f"No way leads from point {start} to point {end}.")
        way.append(number[min(here, int(before[here])), max(here, int(before[here]))])
        here = int(before[here])
    return way[::-1]


def traffic(points: Points, edges: Edges, people: Numbers) -> Numbers:
    """Estimate the trips on each edge when everybody visits everybody by the shortest way, fewer the farther it is."""
    distance, before = dijkstra(_graph(points, edges), directed=False, return_predecessors=True)
    trips = people[:, None] * people / (1 + (distance / np.median(distance)) ** 2)
    number = {tuple(sorted(map(int, e))): i for i, e in enumerate(edges)}
    load = np.zeros(len(edges))
    for start in range(len(points)):
        passing = trips[start].copy()
        for here in np.argsort(-distance[start], kind="stable")[:-1]:
            previous = int(before[start, here])
            load[number[min(here, previous), max(here, previous)]] += passing[here]
            passing[previous] += passing[here]
    return load


def continuations(points: Points, edges: Edges, rank: NDArray[np.int_]) -> dict[tuple[int, int], int]:
    """Pair the edges that run on through a point, the same rank and the straightest first: (edge, point) to edge."""
    onward: dict[tuple[int, int], int] = {}
    for point, meeting in _meetings(edges).items():
        pairs = [(a, b) for i, a in enumerate(meeting) for b in meeting[i + 1 :]]
        turns = {(a, b): _turn(points, edges, point, a, b) for a, b in pairs}
        for a, b in sorted(pairs, key=lambda p: (rank[p[0]] != rank[p[1]], max(rank[list(p)]), turns[p])):
            free = (a, point) not in onward and (b, point) not in onward
            if free and turns[a, b] < SHARPEST_TURN:
                onward[a, point], onward[b, point] = b, a
    return onward


def curves(points: Points, edges: Edges, onward: dict[tuple[int, int], int], step: float) -> list[Points]:
    """Draw each edge from its first to its second point, smooth where it runs on into another, a vertex each `step`."""
    return [_curve(points, edges, onward, i, step) for i in range(len(edges))]


def chains(
    edges: Edges, onward: dict[tuple[int, int], int], rank: NDArray[np.int_], stops: Iterable[int]
) -> list[list[int]]:
    """String the edges that run on into each other with the same rank into roads, broken at `stops`."""
    ends = set(stops)

    def follow(edge: int, point: int) -> list[int]:
        """Walk from an edge through its end, as far as the road goes on."""
        road: list[int] = []
        while point not in ends and (edge, point) in onward:
            edge = onward[edge, point]
            if edge in seen or rank[edge] != rank[first]:
                break
            seen.add(edge)
            road.append(edge)
            point = int(edges[edge].sum() - point)
        return road

    seen: set[int] = set()
    roads = []
    for first in range(len(edges)):
        if first not in seen:
            seen.add(first)
            a, b = map(int, edges[first])
            roads.append([*follow(first, a)[::-1], first, *follow(first, b)])
    return roads


def walk(edges: Edges, road: Sequence[int]) -> list[int]:
    """List the points along a road made of edges that follow each other."""
    if len(road) == 1:
        return [int(p) for p in edges[road[0]]]
    shared = set(edges[road[0]]) & set(edges[road[1]])
    points = [int(next(p for p in edges[road[0]] if p not in shared))]
    for edge in road:
        points.append(int(edges[edge].sum()) - points[-1])
    return points


def _distances(points: Points, origin: Points) -> Numbers:
    return np.asarray(np.hypot(*(points - origin).T))


def _graph(points: Points, edges: Edges) -> csr_array:
    return csr_array((lengths(points, edges), (edges[:, 0], edges[:, 1])), shape=(len(points),) * 2)


def _meetings(edges: Edges) -> dict[int, list[int]]:
    meetings: dict[int, list[int]] = {}
    for i, edge in enumerate(edges):
        for point in edge:
            meetings.setdefault(int(point), []).append(i)
    return meetings


def _away(points: Points, edges: Edges, edge: int, point: int) -> Points:
    """Point along an edge away from one of its ends, length 1."""
    gap = points[edges[edge].sum() - point] - points[point]
    return np.asarray(gap / np.hypot(*gap))


def _turn(points: Points, edges: Edges, point: int, a: int, b: int) -> float:
    cosine = _away(points, edges, a, point) @ -_away(points, edges, b, point)
    return float(np.arccos(np.clip(cosine, -1, 1)))


def _tangent(points: Points, edges: Edges, onward: dict[tuple[int, int], int], edge: int, point: int) -> Points:
    """Give the direction in which an edge leaves a point: halfway to the one it continues, length 1."""
    away = _away(points, edges, edge, point)
    if (edge, point) not in onward:
        return away
    through = away - _away(points, edges, onward[edge, point], point)
    return np.asarray(through / np.hypot(*through))


def _curve(points: Points, edges: Edges, onward: dict[tuple[int, int], int], edge: int, step: float) -> Points:
    """Draw a cubic Hermite curve between the ends of an edge."""
    a, b = map(int, edges[edge])
    length = float(np.hypot(*(points[b] - points[a])))
    leave = _tangent(points, edges, onward, edge, a) * length
    arrive = -_tangent(points, edges, onward, edge, b) * length
    t = np.linspace(0, 1, max(2, round(length / step)) + 1)[:, None]
    start, end = 2 * t**3 - 3 * t**2 + 1, 3 * t**2 - 2 * t**3
    line = start * points[a] + end * points[b] + (t**3 - 2 * t**2 + t) * leave + (t**3 - t**2) * arrive
    line[[0, -1]] = points[[a, b]]
    return np.asarray(line)
