"""Answers where to build: places that a new site would serve best, with the existing ones kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection

from geo.crs import Points, to_degrees
from geo.sites import Answer, NoAnswerInTimeError, NoNewSiteError, Question
from geo.siting import cover_all, cover_most, shorten_most
from layers.access.existing import costs
from layers.access.ground import Ground, ground
from layers.access.siting_questions import QUEUE, Wish, basis
from layers.computing import NothingToComputeError
from layers.layer import Text
from layers.questions import Taken

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

SECONDS = 8.0  # for each step of a question: an answer is there in half a minute at the most
MOST_NAMED = 200  # places that are still not served, the fullest first
NO_PEOPLE = Text("jumlah penduduk belum tersedia.", "the number of people is not available yet.")
NO_NEW = Text(
    "jumlah atau anggarannya tidak cukup untuk satu pun yang baru.", "neither number nor budget allow a single new one."
)
TOO_LONG = Text("tidak selesai dalam satu menit; kecilkan waktu jangkauannya.", "it took too long; ask for less time.")


@dataclass(frozen=True)
class Place:
    """Where people live: a settlement, or the village as a whole where no settlement is mapped; lon, lat in degrees."""

    layer: str
    id: int
    name: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Plan:
    """Demand and sites of a question by key: settlements `s:ID`, villages `v:ID`, offices `o:ID`, TPS `w:ID`,
    signal `t:ID`; the places that ask, by their keys; and who says how many people live there.
    """

    question: Question
    places: Mapping[str, Place]
    people_source: str


def answer(connection: Connection, taken: Taken) -> None:
    """Answer a question, or note why it cannot be."""

    def answered(asked: Mapping[str, Any]) -> dict[str, Any]:
        """Solve it, or say in words why nobody can."""
        try:
            return solve(connection, Wish(**asked))
        except NoNewSiteError as refusal:
            raise NothingToComputeError(NO_NEW) from refusal
        except NoAnswerInTimeError as refusal:
            raise NothingToComputeError(TOO_LONG) from refusal

    QUEUE.answer(connection, taken, answered)


def solve(connection: Connection, wish: Wish) -> dict[str, Any]:
    """Find the new sites, who gains and who still does not; raises NothingToComputeError and what `geo.siting` does."""
    rests_on = basis(connection, wish.kind)  # read first: what changes meanwhile is seen to have changed
    plan = planned(connection, ground(connection), wish)
    if wish.method == "lscp":
        answer = cover_all(plan.question, wish.reach, SECONDS)
    elif wish.method == "p_median":
        answer = shorten_most(plan.question, SECONDS)
    else:
        answer = cover_most(plan.question, wish.reach, SECONDS)
    return _told(plan, answer) | {"basis": rests_on}


def planned(connection: Connection, found: Ground, wish: Wish) -> Plan:
    """Lay the question out: all who live somewhere ask; the largest place of each village may get an office.

    People of a village are shared among its settlements by their area; where none is mapped they ask from its middle.
    Ways longer than asked for count as none.
    """
    if not found.living:
        raise NothingToComputeError(NO_PEOPLE)
    bare = _bare(found)
    if not len(found.settlements) + len(bare):
        raise NothingToComputeError(NO_PEOPLE)
    people, candidates = _people(found, bare)
    spots = np.vstack([found.spots[len(found.villages) :], found.village_points[bare]])
    costed = costs(connection, found, wish, spots, candidates)
    places = _places(found, bare, spots)
    asking = list(places)
    columns = [*costed.existing, *(asking[i] for i in candidates)]
    question = Question(
        pd.DataFrame(costed.cost, index=asking, columns=columns),
        pd.Series(people, index=asking),
        tuple(costed.existing),
        wish.number,
        pd.Series(wish.capacity, index=columns, dtype=float) if wish.capacity else None,
        pd.Series(wish.price, index=columns, dtype=float) if wish.price else None,
        wish.budget or np.inf,
    )
    return Plan(question, places, found.living.source)


def _bare(found: Ground) -> Whole:
    """Find the positions of villages where people live and no settlement is mapped."""
    mapped = {row.village_code for row in found.settlements}
    unmapped = np.array([village.code not in mapped for village in found.villages])
    return np.flatnonzero(unmapped & (found.settled.by_zone > 0))


def _places(found: Ground, bare: Whole, spots: Points) -> dict[str, Place]:
    lonlat = to_degrees(spots, found.edges.network.epsg).tolist()
    villages = [found.villages[i] for i in bare.tolist()]
    known = [("s", "settlements", row, str(row.name or row.village_code)) for row in found.settlements]
    known += [("v", "areas", row, str(row.name)) for row in villages]
    return {
        f"{mark}:{row.id}": Place(layer, row.id, name, lon, lat)
        for (mark, layer, row, name), (lon, lat) in zip(known, lonlat, strict=True)
    }


def _people(found: Ground, bare: Whole) -> tuple[Numbers, Whole]:
    """Share each village's people among its settlements by area, and find the largest place of each village."""
    at = {village.code: i for i, village in enumerate(found.villages)}
    zone = np.array([*(at[row.village_code] for row in found.settlements), *bare], np.int64)
    area = np.concatenate([shapely.area(found.settlement_shapes), np.ones(len(bare))])
    built = np.bincount(zone, area, len(at))
    people = found.settled.by_zone[zone] * area / built[zone]
    order = np.lexsort((-area, zone))
    return people, order[np.unique(zone[order], return_index=True)[1]]


def _told(plan: Plan, answer: Answer) -> dict[str, Any]:
    question = plan.question
    gained = (answer.served - answer.served_before).clip(lower=0) * question.demand
    lost = ((1 - answer.served) * question.demand).sort_values(ascending=False)
    return {
        "new": [_site(plan, key) for key in answer.new],
        "people_source": plan.people_source,
        "everybody": round(float(question.demand.sum())),
        "before": round(answer.people_before),
        "after": round(answer.people),
        "gap": answer.gap,
        "gaining": [
            _site(plan, key) | {"people": round(n)}
            for key, n in gained.sort_values(ascending=False).items()
            if n >= 0.5
        ][:MOST_NAMED],
        "unserved": [_site(plan, str(key)) | {"people": round(n)} for key, n in lost.items() if n >= 0.5][:MOST_NAMED],
    }


def _site(plan: Plan, key: Any) -> dict[str, Any]:
    return asdict(plan.places[key]) | {"lon": round(plan.places[key].lon, 6), "lat": round(plan.places[key].lat, 6)}
