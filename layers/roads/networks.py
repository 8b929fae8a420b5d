"""The road network in use, as files that all processes share: found by a pointer that is replaced in one step."""

import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo import graph
from geo.crs import Points, to_metres
from geo.graph import Graph
from geo.network import Network
from geo.polylines import Polylines
from geo.snapping import Places
from geo.squares import Squares, squares
from layers.roads.edges import RoadEdges
from layers.roads.rules import DAMAGED
from layers.roads.speeds import CONDITIONS, MODES, SEASONS, Mode, Season

FOLDER = "networks"
LAYOUT = 3  # of the files: those of another layout are not seen, and made anew
POINTER = f"current-{LAYOUT}.json"
EDGES, SQUARES = "edges", "squares"
Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Report:
    """What a network is: its version, when it was made, its EPSG code, its size and how much of it hangs together.

    `components` counts the parts without a way between them, `connected_m` the metres of road in the largest of them.
    Who walks, also from a door to the road, does so at `walking_kmh`.
    """

    version: str
    built_at: datetime
    epsg: int
    nodes: int
    edges: int
    length_m: float
    components: int
    connected_m: float
    walking_kmh: float

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Report":
        """Read a report that was written as JSON."""
        return cls(**{**written, "built_at": datetime.fromisoformat(written["built_at"])})

    def written(self) -> dict[str, Any]:
        """Write the report for JSON."""
        return asdict(self) | {"built_at": self.built_at.isoformat()}

    @property
    def connected_share(self) -> float:
        """Give the share of all roads that lies in the largest component."""
        return self.connected_m / self.length_m


@dataclass(frozen=True)
class KeptEdges:
    """The arrays of a network of roads as they lie in files, named as in Network and RoadEdges."""

    nodes: Points
    tail: Whole
    head: Whole
    length_m: Numbers
    vertices: Points
    first: Whole
    owner: Whole
    start_m: Numbers
    end_m: Numbers
    direction: Whole
    limit_t: Numbers
    road: Whole
    function: Whole
    surface: Whole
    condition: Whole
    behind_m: Numbers


class RoadNetwork:
    """A network of roads with the graph of each mode and season; arrays are read from disk as they are touched."""

    def __init__(self, report: Report, folder: Path) -> None:
        self.report = report
        self.folder = folder
        self.kept = graph.load(folder, EDGES, KeptEdges)
        self._squares = graph.load(folder, SQUARES, Squares)
        self._graphs = {(m, s): graph.load(folder, graph_name(m, s), Graph) for m in MODES for s in SEASONS}

    @property
    def version(self) -> str:
        """Name what is in the network: equal ones have equal names."""
        return self.report.version

    def graph(self, mode: Mode, season: Season) -> Graph:
        """Give the minutes between nodes for a mode and season."""
        return self._graphs[mode, season]

    def snap(self, mode: Mode, season: Season, lon: float, lat: float) -> Places:
        """Find where one place (EPSG:4326) meets the nearest road that is open to a mode in a season."""
        metres = to_metres(np.array([[lon, lat]]), self.report.epsg)
        return self._squares.snap(self.graph(mode, season), metres, walking_kmh=self.report.walking_kmh)

    @cached_property
    def damaged(self) -> NDArray[np.bool_]:
        """Tell of each edge whether it is damaged, lightly or heavily; what nobody has surveyed is not."""
        return np.isin(self.kept.condition, [CONDITIONS.index(name) for name in DAMAGED])

    @cached_property
    def lines(self) -> Polylines:
        """Give the lines of the edges, in the network's metres."""
        return Polylines(self.kept.vertices, self.kept.first)

    @cached_property
    def edges(self) -> RoadEdges:
        """Give the whole network with a shape for every edge: for work on all of it, too large for a page."""
        k = self.kept
        network = Network(
            self.report.epsg,
            *(k.nodes, k.tail, k.head, k.length_m, self.lines.shapes()),
            *(k.owner, k.start_m, k.end_m, k.direction, k.limit_t),
        )
        return RoadEdges(network, k.road, k.function, k.surface, k.condition, k.behind_m)


def current(data_dir: Path) -> RoadNetwork | None:
    """Open the network in use, the same object until another takes its place.

    None before the first is ready, and where its files are lost: it is then made anew.
    """
    pointer = data_dir / FOLDER / POINTER
    try:
        state = pointer.stat()
        return _open(pointer, (state.st_ino, state.st_mtime_ns))
    except FileNotFoundError:
        return None


def graph_name(mode: str, season: str) -> str:
    """Name the files of a graph."""
    return f"{mode}_{season}"


def keep(data_dir: Path, report: Report, edges: RoadEdges, graphs: Mapping[tuple[Mode, Season], Graph]) -> None:
    """Write a network into a folder of its version, beside the one in use, all or nothing.

    Where none can be opened, what lies in that folder has lost some of its files, and makes room.
    """
    folder = data_dir / FOLDER / report.version
    if folder.exists() and current(data_dir) is None:
        shutil.rmtree(folder)
    named = {graph_name(*key): one for key, one in graphs.items()}
    kept = _kept(edges)
    found = squares(Polylines(kept.vertices, kept.first), kept.length_m)
    graph.save(folder, **{EDGES: kept, SQUARES: found}, **named)


def publish(data_dir: Path, report: Report) -> None:
    """Let the network of a version take the place of the one in use, in one step."""
    pointer = data_dir / FOLDER / POINTER
    unfinished = pointer.with_suffix(".new")
    unfinished.write_text(json.dumps(report.written()))
    unfinished.replace(pointer)


def sweep(folder: Path, used: Collection[str]) -> None:
    """Remove old versions from a folder, except those in use and the newest beside them: somebody may be opening it."""
    old = [each for each in folder.iterdir() if each.is_dir() and each.name not in used]
    for gone in sorted(old, key=lambda each: each.stat().st_mtime)[:-1]:
        shutil.rmtree(gone)


@lru_cache(maxsize=2)
def _open(pointer: Path, _state: tuple[int, int]) -> RoadNetwork:
    report = Report.read(json.loads(pointer.read_text()))
    return RoadNetwork(report, pointer.parent / report.version)


def _kept(edges: RoadEdges) -> KeptEdges:
    network, lines = edges.network, Polylines.of(edges.network.lines)
    return KeptEdges(
        *(network.nodes, network.tail, network.head, network.length_m, lines.vertices, lines.first),
        *(network.owner, network.start_m, network.end_m, network.direction, network.limit_t),
        *(edges.road, edges.function, edges.surface, edges.condition, edges.behind_m),
    )
