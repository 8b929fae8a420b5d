"""Making the road network anew: when it is due, from what, and why one is refused. The worker alone imports this."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from geo.graph import Graph
from geo.network import components
from layers.areas.queries import regency
from layers.records.versions import versions
from layers.roads import edge_rows, networks
from layers.roads.edges import RoadEdges, road_edges
from layers.roads.networks import FOLDER, LAYOUT, Report
from layers.roads.queries import newest_version, rules
from layers.roads.speeds import MODES, SEASONS, Mode, Season
from layers.roads.table import RoadNetwork, RoadNetworkAttempt

BESIDE_DEG = 0.2  # some 22 km around the regency: the nearest service may lie beyond its border
LEAST_CONNECTED = 0.5  # of the length of all roads, in one component; less is a map that was not drawn as a network
PAUSE = timedelta(minutes=1)  # between attempts: who enters survey after survey does not set off a build for each
NO_REGENCY, NO_ROADS, DISCONNECTED = "no_regency", "no_roads", "disconnected"
Graphs = Mapping[tuple[Mode, Season], Graph]


class RefusedError(ValueError):
    """A network that cannot be used, for one of the reasons above."""


def due(connection: Connection, data_dir: Path) -> bool:
    """Say whether roads, surveys, speeds or the regency have changed since the last attempt, or the files are gone."""
    last = connection.execute(select(RoadNetworkAttempt.__table__)).one_or_none()
    if last is None:
        return True
    if datetime.now(UTC) - last.at < PAUSE:
        return False
    return last.made_from != made_from(connection) or _used(data_dir) != _recorded(connection)


def build(connection: Connection, data_dir: Path, needed: Collection[str] = ()) -> str | None:
    """Make the network anew and put it in use; where it cannot be used the last one stays, and the reason is given.

    Old networks go, except those that others still need, such as the one on which offices were placed. What it is made
    from is noted before it is read: what changes in between makes it due again.
    """
    sources = made_from(connection)
    try:
        report, edges, graphs = _made(connection, sources)
    except RefusedError as refused:
        _note(connection, sources, str(refused))
        return str(refused)
    networks.keep(data_dir, report, edges, graphs)
    _record(connection, report, edges)
    _note(connection, sources, None)
    networks.publish(data_dir, report)
    networks.sweep(data_dir / FOLDER, {report.version, *needed})
    return None


def made_from(connection: Connection) -> dict[str, Any]:
    """Name all that a network depends on: roads with their surveys, the rules of speed, the box, the files' layout."""
    home = regency(connection)
    box = home and [round(degrees, 6) for degrees in home.bounds]
    roads = versions(connection).get("roads", 0)
    return {"roads": roads, "rules": newest_version(connection), "box": box, "layout": LAYOUT}


def _made(connection: Connection, sources: Mapping[str, Any]) -> tuple[Report, RoadEdges, Graphs]:
    if sources["box"] is None:
        raise RefusedError(NO_REGENCY)
    west, south, east, north = sources["box"]
    try:
        edges = road_edges(connection, (west - BESIDE_DEG, south - BESIDE_DEG, east + BESIDE_DEG, north + BESIDE_DEG))
    except ValueError:
        raise RefusedError(NO_ROADS) from None
    known = rules(connection, sources["rules"])
    graphs = {(mode, season): edges.graph(known, mode, season) for mode in MODES for season in SEASONS}
    report = _report(edges, _version(edges, graphs), known.walking_kmh)
    if report.connected_share < LEAST_CONNECTED:
        raise RefusedError(DISCONNECTED)
    return report, edges, graphs


def _report(edges: RoadEdges, version: str, walking_kmh: float) -> Report:
    network, found = edges.network, components(edges.network)
    lengths = np.bincount(found.of_node[network.tail], network.length_m)
    sizes = (len(network.nodes), len(network.tail), float(lengths.sum()), len(found.sizes), float(lengths.max()))
    return Report(version, datetime.now(UTC), network.epsg, *sizes, walking_kmh)


def _version(edges: RoadEdges, graphs: Graphs) -> str:
    """Name a network with its speeds by what is in it, and by the layout of its files."""
    digest = sha256(f"{LAYOUT} {edges.network.version}".encode())
    for codes in (edges.road, edges.function, edges.surface, edges.condition):
        digest.update(codes.tobytes())
    for graph in graphs.values():
        digest.update(graph.forward.tobytes() + graph.backward.tobytes())
    return digest.hexdigest()[:16]


def _record(connection: Connection, report: Report, edges: RoadEdges) -> None:
    """Let the database hold this network and its edges, and no other."""
    connection.execute(delete(RoadNetwork).where(RoadNetwork.version != report.version))
    new = insert(RoadNetwork).values(vars(report))
    again = new.on_conflict_do_update(index_elements=["version"], set_={"built_at": report.built_at})
    known = connection.scalar(select(RoadNetwork.version))
    connection.execute(again)
    if known is None:
        edge_rows.write(connection, report.version, edges)


def _note(connection: Connection, sources: Mapping[str, Any], problem: str | None) -> None:
    found = {"at": datetime.now(UTC), "made_from": dict(sources), "problem": problem}
    statement = insert(RoadNetworkAttempt).values(id=1, **found)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=found))


def _used(data_dir: Path) -> str | None:
    used = networks.current(data_dir)
    return used.version if used else None


def _recorded(connection: Connection) -> str | None:
    return connection.scalar(select(RoadNetwork.version))
