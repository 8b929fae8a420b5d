"""Travel times over a network for one mode and season, as sparse arrays that many processes can share.

Pages import this module, so that scipy is imported where it is used alone.
"""

from dataclasses import dataclass, fields
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from geo.network import BACKWARD, FORWARD, Network

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from scipy.sparse import csr_array

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Small = NDArray[np.int32]
WALKING_KMH = 4.0
Part = TypeVar("Part", bound="DataclassInstance")


@dataclass(frozen=True)
class Graph:
    """Minutes from node to node: for node i the arcs `starts[i]:starts[i + 1]` lead to `ends`, each in `minutes`.

    Of parallel edges the fastest is kept; `edge` tells which it is. `forward` and `backward` give the minutes of every
    edge of the network from tail to head and back, infinite where that way is closed.
    """

    starts: Small
    ends: Small
    minutes: Numbers
    edge: Whole
    forward: Numbers
    backward: Numbers

    def matrix(self) -> "csr_array":
        """Give the arcs as a sparse matrix that shares their memory, a row for each node that is left."""
        from scipy.sparse import csr_array

        n = len(self.starts) - 1
        return csr_array((self.minutes, self.ends, self.starts), shape=(n, n), copy=False)


def minutes_of_edges(
    network: Network, speeds: NDArray[Any], function: NDArray[Any], surface: NDArray[Any], condition: NDArray[Any]
) -> Numbers:
    """Compute the minutes on each edge by a table of km/h [function, surface, condition]; 0 km/h means closed: inf."""
    kmh = np.asarray(speeds, float)[function, surface, condition]
    with np.errstate(divide="ignore"):
        return np.asarray(network.length_m / 1000 / kmh * 60)


def both_ways(
    network: Network, minutes: Numbers, weight_t: float = 0.0, one_way: bool = True
) -> tuple[Numbers, Numbers]:
    """Give the minutes (m,) of every edge from tail to head and back, infinite where that way is closed.

    For a vehicle of a weight in tonnes. Who walks may go against the direction of a road: `one_way` says whether it
    binds.
    """
    usable = np.where(network.limit_t >= weight_t, minutes, np.inf)
    forward = np.where(one_way & (network.direction == BACKWARD), np.inf, usable)
    backward = np.where(one_way & (network.direction == FORWARD), np.inf, usable)
    return forward, backward


def connect(network: Network, minutes: Numbers, weight_t: float = 0.0, one_way: bool = True) -> Graph:
    """Make the graph of a network whose edges take some minutes, closed as `both_ways` has it."""
    forward, backward = both_ways(network, minutes, weight_t, one_way)
    m = np.arange(len(minutes))
    tail = np.concatenate([network.tail, network.head])
    head = np.concatenate([network.head, network.tail])
    taking, edge = np.concatenate([forward, backward]), np.concatenate([m, m])
    open_ = np.isfinite(taking) & (tail != head)
    return _sorted(len(network.nodes), tail[open_], head[open_], taking[open_], edge[open_], forward, backward)


def save(folder: Path, **parts: Any) -> None:
    """Write the arrays of dataclasses into a folder by their names, all or nothing; a folder that is there stays."""
    if folder.exists():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    for name, part in parts.items():
        for field in fields(part):
            np.save(unfinished / f"{name}.{field.name}.npy", getattr(part, field.name), allow_pickle=False)
    try:
        unfinished.rename(folder)
    except OSError:  # another process was faster, with the same content: the folder's name is its version
        rmtree(unfinished)


def load(folder: Path, name: str, kind: type[Part]) -> Part:
    """Open a dataclass of arrays that was saved, as memory that all processes share; raises FileNotFoundError."""
    arrays = {field.name: np.load(folder / f"{name}.{field.name}.npy", mmap_mode="r") for field in fields(kind)}
    return kind(**arrays)


def _sorted(
    n: int, tail: Whole, head: Whole, minutes: Numbers, edge: Whole, forward: Numbers, backward: Numbers
) -> Graph:
    """Put arcs in the order of a sparse matrix and keep the fastest of each pair of nodes; scipy would add them up."""
    order = np.lexsort((minutes, head, tail))
    tail, head = tail[order], head[order]
    first = np.ones(len(order), bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    kept = order[first]
    starts = np.searchsorted(tail[first], np.arange(n + 1)).astype(np.int32)
    return Graph(starts, head[first].astype(np.int32), minutes[kept], edge[kept], forward, backward)
