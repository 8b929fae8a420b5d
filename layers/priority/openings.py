"""What a scenario opens, moves and closes, placed on the network of what-if questions. Worker only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from geo.crs import to_metres
from geo.scenario import Closed, Edit, Opened, Roads
from geo.spreading import Spread, opened
from layers.priority.network import FARTHEST_M, MODE, Ground
from layers.priority.places import OFFICES, SITES
from layers.priority.refusals import WhatIfError
from layers.priority.scenario_questions import Asked, Where
from layers.roads.speeds import Season

NO_PLACE = "Desa untuk kantor atau TPS baru tidak dikenal; pilih dari daftar."
NO_OFFICE = "Kantor atau TPS yang dipilih tidak ada lagi; pilih lagi dari daftar."
NO_ROAD = (
    f"Tempat untuk kantor atau TPS baru lebih dari {FARTHEST_M / 1000:.0f} km dari jalan yang dapat dilalui; pilih"
    " tempat lain."
)


@dataclass(frozen=True)
class Sited:
    """A ground with the arcs to all that a scenario opens on it, and the node of each such place."""

    known: Ground
    spread: Spread
    node_of: Mapping[Where, int]

    def roads(self, season: Season) -> Roads:
        """Give the arcs with their minutes in a season."""
        if self.spread is self.known.spread:
            return self.known.roads(season)
        return self.spread.roads(*self.known.minutes[season])

    def changes(self, asked: Asked, kind: str) -> Iterator[Edit]:
        """Close and open what is asked for of one kind."""
        keyed = zip(keys_of(self.known), self.known.kinds, strict=True)
        named = [key for key, of in keyed if of == kind]
        nodes = dict(zip(named, self.known.facilities(kind).tolist(), strict=True))
        for key in (*asked.shut, *(one.key for one in asked.moves)):
            if key in nodes:
                yield Closed(nodes[key])
        for where in _wheres(asked, {kind}, nodes):
            yield Opened(self.node_of[where])


def sited(known: Ground, asked: Asked) -> Sited:
    """Place what opens: in a village on the road nearest to its most populous place, at a point with the walk to the
    nearest road.

    Raises WhatIfError for a village that is not known, and where no road is near.
    """
    wheres = dict.fromkeys(_wheres(asked, {trip.kind for trip in known.trips}, set(keys_of(known))))
    if not {where.village for where in wheres if not where.point} <= known.site_of.keys():
        raise WhatIfError(NO_PLACE)
    pointed = [where for where in wheres if where.point]
    spread = known.spread
    if pointed:
        network = known.edges.network
        beside = known.snapper.snap(to_metres(np.array([where.point for where in pointed]), network.epsg), FARTHEST_M)
        spread = opened(spread, network, known.live, beside)
    last = len(spread.facilities) - len(pointed)
    nodes = {where: known.site_of[where.village] for where in wheres if not where.point}
    nodes |= dict(zip(pointed, spread.facilities[last:].tolist(), strict=True))
    if any(spread.starts[node] == spread.starts[node + 1] for node in nodes.values()):
        raise WhatIfError(NO_ROAD)
    return Sited(known, spread, nodes)


def keys_of(known: Ground) -> list[str]:
    """Name the facilities of a ground by their keys."""
    prefix = OFFICES if known.mode == MODE else SITES
    return [f"{prefix}:{number}" for number in known.office.tolist()]


def _wheres(asked: Asked, kinds: set[str], there: Mapping[str, int] | set[str]) -> Iterator[Where]:
    """List where something of these kinds opens, or moves to if it is among those that are there."""
    yield from (one.where for one in asked.opens if one.kind in kinds)
    yield from (one.where for one in asked.moves if one.key in there)
