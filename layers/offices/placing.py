"""Placing the offices on the road network: the nearest five of every node. The worker alone imports this."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row

from geo import graph
from geo.closest import closest_few
from geo.crs import to_metres
from geo.snapping import Places, Snapper
from geo.squares import FARTHEST_M
from layers.db import sql
from layers.offices.placed import (
    ANY,
    FEW,
    FOLDER,
    LAYOUT,
    MOST,
    OFFICES,
    PLACES,
    Few,
    Offices,
    current,
    made_from,
    named,
    publish,
)
from layers.records.versions import versions
from layers.roads import networks
from layers.roads.networks import RoadNetwork
from layers.roads.speeds import MODES, SEASONS, Mode, Season

PAUSE = timedelta(minutes=1)  # between runs for one network: who corrects office after office waits for none


def due(connection: Connection, data_dir: Path) -> bool:
    """Say whether the network in use is another one, or offices have changed, since they were placed."""
    network, last = networks.current(data_dir), made_from(data_dir)
    if network is None:
        return False
    if not last or last["sources"]["network"] != network.version or current(data_dir) is None:
        return True
    rested = datetime.now(UTC) - datetime.fromisoformat(last["made_at"]) > PAUSE
    return rested and last["sources"] != _sources(connection, network)


def place(connection: Connection, data_dir: Path, network: RoadNetwork) -> None:
    """Place all offices on a network, and put them in use with it."""
    sources = _sources(connection, network)
    rows = connection.execute(sql("offices/places.sql")).all()
    kinds = (ANY, *sorted({row.kind for row in rows}))
    version = sha256(f"{LAYOUT} {network.version} {[tuple(row) for row in rows]}".encode()).hexdigest()[:16]
    folder = data_dir / FOLDER / version
    if folder.exists() and current(data_dir) is None:  # some of its files are lost
        shutil.rmtree(folder)
    if not folder.exists():
        graph.save(folder, **_parts(network, rows, kinds))
    publish(data_dir, version, network.report, kinds, sources)
    networks.sweep(folder.parent, {version})


def _sources(connection: Connection, network: RoadNetwork) -> dict[str, Any]:
    return {"network": network.version, "offices": versions(connection).get("offices", 0)}


def _parts(network: RoadNetwork, rows: Sequence[Row[Any]], kinds: tuple[str, ...]) -> dict[str, Any]:
    offices = Offices(np.array([row.id for row in rows], np.int64), np.array([kinds.index(row.kind) for row in rows]))
    points = to_metres(np.array([(row.lon, row.lat) for row in rows]).reshape(-1, 2), network.report.epsg)
    parts: dict[str, Any] = {OFFICES: offices}
    for mode in MODES:
        for season in SEASONS:
            snapper = Snapper(network.edges.network, network.graph(mode, season), network.report.walking_kmh)
            places = snapper.snap(points, FARTHEST_M)
            parts[named(PLACES, mode, season)] = places
            parts[named(FEW, mode, season)] = _few(network, mode, season, places, offices, len(kinds))
    return parts


def _few(network: RoadNetwork, mode: Mode, season: Season, places: Places, offices: Offices, kinds: int) -> Few:
    """Find the nearest five of each kind from each node; the first kind is all of them."""
    wanted = [np.ones(len(places), bool), *(offices.kind == kind for kind in range(1, kinds))]
    road, damaged = network.graph(mode, season), network.damaged
    pace = network.report.walking_kmh
    return Few(np.stack([closest_few(network.kept, road, places, damaged, MOST, some, pace) for some in wanted]))
