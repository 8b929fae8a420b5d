"""The minutes from every crossing of a town to the nearest of its facilities: ours, and as others find them."""

import time
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import networkx
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from geo.access import to_nearest
from geo.graph import Graph, connect
from geo.network import Network
from geo.snapping import Places
from layers import db
from scripts.benchmarks import town
from scripts.benchmarks.importing import Row
from scripts.setup.progress import Trouble, run

SIDES = (158, 708)
FACILITIES = 60
ALIKE = 1e-6  # minutes
EIGHTHS = (2, 24)  # of a minute an edge: pandana cuts each edge to whole thousandths, and these it keeps
PANDANA = ("pandana==0.7", "numpy<2", "pandas<3", "scipy<1.14", "setuptools<81")  # built against numpy 1
SCRIPT = Path(__file__).with_name("on_pandana.py")

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A town: its network, the minutes of each edge both ways, and the crossings at which there are facilities."""

    network: Network
    minutes: Numbers
    facilities: NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """The minutes of each crossing, and how many seconds it took to lay the network out and to find them."""

    laying_s: float
    finding_s: float
    minutes: Numbers


def measure(url: str, folder: Path) -> list[Row]:
    """Ask all four in both sizes; raises Trouble where one finds other minutes than ours."""
    rows: list[Row] = []
    for side in SIDES:
        laid = town.network(side)
        random = np.random.default_rng(5)
        chosen = random.choice(len(laid.nodes), FACILITIES, replace=False)
        case = Case(laid, random.integers(*EIGHTHS, len(laid.tail)) / 8, chosen.astype(np.int64))
        rows += _asked(case, url, folder)
    return rows


def _asked(case: Case, url: str, folder: Path) -> Iterator[Row]:
    mine = ours(case)
    others: dict[str, Callable[[], Found]] = {
        "networkx": lambda: on_networkx(case),
        "pgRouting": lambda: _with_database(case, url),
        "pandana": lambda: on_pandana(case, folder),
    }
    size = f"{len(case.minutes):,} edges"
    yield (f"nearest of {FACILITIES}, {size}: ours", round(mine.finding_s, 3), "s")
    for name, ask in others.items():
        theirs = ask()
        if not np.allclose(theirs.minutes, mine.minutes, atol=ALIKE, rtol=0):
            raise Trouble(f"{name} finds other minutes than ours on {size}: one of both is wrong.")
        yield (f"nearest of {FACILITIES}, {size}: {name}", round(theirs.finding_s, 3), "s")
        yield (f"laying the network out, {size}: {name}", round(theirs.laying_s, 2), "s")


def ours(case: Case) -> Found:
    """Find the minutes as the worker does."""
    started = time.perf_counter()
    graph = connect(case.network, case.minutes)
    laid = time.perf_counter()
    found = to_nearest(case.network, graph, _on(case, graph))
    return Found(laid - started, time.perf_counter() - laid, found.minutes)


def _on(case: Case, graph: Graph) -> Places:
    """Put the facilities on the first edge that leaves their crossing."""
    edge = graph.edge[graph.starts[case.facilities]]
    along = np.where(case.network.tail[edge] == case.facilities, 0.0, 1.0)
    return Places(edge, along, np.zeros(len(edge)))


def on_networkx(case: Case) -> Found:
    """Find the minutes by networkx's search from all facilities at once."""
    started = time.perf_counter()
    drawn = networkx.Graph()
    ways = zip(case.network.tail.tolist(), case.network.head.tolist(), case.minutes.tolist(), strict=True)
    drawn.add_weighted_edges_from(ways)
    laid = time.perf_counter()
    reached = networkx.multi_source_dijkstra_path_length(drawn, set(case.facilities.tolist()))
    took = time.perf_counter() - laid
    return Found(laid - started, took, np.array([reached[node] for node in range(len(case.network.nodes))]))


def _with_database(case: Case, url: str) -> Found:
    engine = db.connect(url, pool_size=1)
    with engine.connect() as connection, connection.begin() as change:
        found = on_pgrouting(case, connection)
        change.rollback()
    engine.dispose()
    return found


def on_pgrouting(case: Case, connection: Connection) -> Found:
    """Find the minutes by one search of pgRouting's from a place that all facilities are at no distance from.

    Its own way to start from many places at once (equicost) gives some crossings more minutes than they need. Leaves
    tables in the transaction.
    """
    connection.execute(text("set local statement_timeout = 0"))
    connection.execute(text("create extension if not exists pgrouting"))
    started = time.perf_counter()
    columns = "id int generated always as identity, source int, target int, cost float8, reverse_cost float8"
    connection.execute(text(f"create temporary table street ({columns}) on commit drop"))
    filled = """
        insert into street (source, target, cost, reverse_cost)
        select a, b, minutes, minutes
        from unnest(cast(:a as int[]), cast(:b as int[]), cast(:minutes as float8[])) as way (a, b, minutes)
        union all
        select :everywhere, facility, 0, -1 from unnest(cast(:facilities as int[])) as facility"""
    everywhere = len(case.network.nodes)
    ways = {"a": case.network.tail.tolist(), "b": case.network.head.tolist(), "minutes": case.minutes.tolist()}
    ways |= {"everywhere": everywhere, "facilities": case.facilities.tolist()}
    connection.execute(text(filled), ways)
    laid = time.perf_counter()
    search = """
        create temporary table reached on commit drop as
        select node, agg_cost from pgr_drivingdistance(
            'select id, source, target, cost, reverse_cost from street', cast(:everywhere as int), 1e9, true)"""
    connection.execute(text(search), {"everywhere": everywhere})
    took = time.perf_counter() - laid
    asked = text("select node, agg_cost from reached where node <> :everywhere order by node")
    rows = connection.execute(asked, {"everywhere": everywhere})
    return Found(laid - started, took, np.array([minutes for _, minutes in rows]))


def on_pandana(case: Case, folder: Path) -> Found:
    """Find the minutes by pandana's contraction hierarchies, in an environment of its own."""
    asked, answered = folder / "pandana-asked.npz", folder / "pandana-answered.npz"
    nodes, tail, head = case.network.nodes, case.network.tail, case.network.head
    np.savez(asked, nodes=nodes, tail=tail, head=head, minutes=case.minutes, facilities=case.facilities)
    run("Ask pandana", [_installed(folder) / "python", SCRIPT, asked, answered])
    with np.load(answered) as told:
        return Found(float(told["laying_s"]), float(told["finding_s"]), told["minutes"])


def _installed(folder: Path) -> Path:
    """Install pandana, ready-made alone, into a virtual environment below the bench's folder; give its programs."""
    home = folder / "pandana"
    if not (home / "installed").exists():
        venv.create(home, with_pip=True, clear=True)
        run("Install pandana", [home / "bin" / "pip", "install", "--quiet", "--only-binary", ":all:", *PANDANA])
        (home / "installed").touch()
    return home / "bin"
