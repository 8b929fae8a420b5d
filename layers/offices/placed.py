"""The offices on the road network, and the nearest five of each node, as files that all processes share."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo import graph
from geo.labels import Labels
from geo.snapping import Places
from layers.roads import networks
from layers.roads.networks import Report, RoadNetwork
from layers.roads.speeds import MODES, SEASONS, Mode, Season

FOLDER = "nearest"
LAYOUT = 1  # of the files: those of another layout are not seen, and made anew
POINTER = f"current-{LAYOUT}-{networks.LAYOUT}.json"
OFFICES, PLACES, FEW = "offices", "places", "few"
ANY = ""  # the kind of all offices together
MOST = 5  # offices that are kept for each node and kind


@dataclass(frozen=True)
class Offices:
    """The numbers of the offices that were placed, and the kind of each as its position in the list of kinds."""

    id: NDArray[np.int64]
    kind: NDArray[np.int64]


@dataclass(frozen=True)
class Few:
    """The nearest few offices of each kind from each node (kinds, nodes, 5), as in geo.labels."""

    labels: Labels


class PlacedOffices:
    """The offices as they meet the roads of one network, for each mode and season."""

    def __init__(self, network: RoadNetwork, kinds: tuple[str, ...], made_at: datetime, folder: Path) -> None:
        self.network = network
        self.kinds = kinds
        self.made_at = made_at
        self.offices = graph.load(folder, OFFICES, Offices)
        every = [(mode, season) for mode in MODES for season in SEASONS]
        self._places = {key: graph.load(folder, named(PLACES, *key), Places) for key in every}
        self._few = {key: graph.load(folder, named(FEW, *key), Few) for key in every}

    def places(self, mode: Mode, season: Season, kind: str = ANY) -> Places:
        """Tell where the offices meet the roads open to a mode in a season; those of another kind meet none."""
        every = self._places[mode, season]
        if kind == ANY:
            return every
        return Places(np.where(self._of(kind), every.edge, -1), every.along, every.walk)

    def few(self, mode: Mode, season: Season, kind: str = ANY) -> Labels | None:
        """Give the nearest five offices of a kind from each node (n, 5); None where there is no such office."""
        return self._few[mode, season].labels[self.kinds.index(kind)] if kind in self.kinds else None

    def _of(self, kind: str) -> NDArray[np.bool_]:
        number = self.kinds.index(kind) if kind in self.kinds else -1
        return np.asarray(self.offices.kind == number)


def current(data_dir: Path) -> PlacedOffices | None:
    """Open the offices in use, the same object until others take their place.

    None before the first are ready, and where their files or those of their network are lost: they are placed anew.
    """
    pointer = data_dir / FOLDER / POINTER
    try:
        state = pointer.stat()
        return _open(pointer, (state.st_ino, state.st_mtime_ns))
    except FileNotFoundError:
        return None


def made_from(data_dir: Path) -> Mapping[str, Any]:
    """Tell what the offices in use were made from and when; nothing before the first."""
    pointer = data_dir / FOLDER / POINTER
    return json.loads(pointer.read_text()) if pointer.exists() else {}


def needed(data_dir: Path) -> set[str]:
    """Name the network on which the offices in use were placed, which has to stay until they are placed on another."""
    network = made_from(data_dir).get("network")
    return {network["version"]} if network else set()


def publish(data_dir: Path, version: str, network: Report, kinds: tuple[str, ...], sources: Mapping[str, Any]) -> None:
    """Let the offices of a version, on a network, take the place of those in use, in one step."""
    told = {"version": version, "network": network.written(), "kinds": kinds, "sources": dict(sources)}
    pointer = data_dir / FOLDER / POINTER
    unfinished = pointer.with_suffix(".new")
    unfinished.write_text(json.dumps(told | {"made_at": datetime.now().astimezone().isoformat()}))
    unfinished.replace(pointer)


def named(part: str, mode: Mode, season: Season) -> str:
    """Name the files of a part for a mode and season."""
    return f"{part}_{networks.graph_name(mode, season)}"


@lru_cache(maxsize=2)
def _open(pointer: Path, _state: tuple[int, int]) -> PlacedOffices:
    told = json.loads(pointer.read_text())
    report = Report.read(told["network"])
    network = RoadNetwork(report, pointer.parent.parent / networks.FOLDER / report.version)
    made_at = datetime.fromisoformat(told["made_at"])
    return PlacedOffices(network, tuple(told["kinds"]), made_at, pointer.parent / told["version"])
