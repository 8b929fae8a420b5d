"""Answers where to build: settlements that a new site would serve best, with the existing ones kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from sqlalchemy import Connection

from geo.crs import to_degrees
from geo.ramps import RasterError
from geo.sites import Answer, NoAnswerInTimeError, NoNewSiteError, Question
from geo.siting import cover_all, cover_most, shorten_most
from layers.access.existing import costs
from layers.access.ground import Ground, ground
from layers.access.siting_questions import QUEUE, Wish
from layers.computing import NothingToComputeError
from layers.layer import Text
from layers.questions import Taken

SECONDS = 8.0  # for each step of a question: an answer is there in half a minute at the most
MOST_NAMED = 200  # settlements that are still not served, the fullest first
NO_PEOPLE = Text("jumlah penduduk belum tersedia.", "the number of people is not available yet.")
NO_RASTER = Text(
    "berkas raster penduduk tidak dapat dibaca; masukkan lagi rasternya.",
    "the file of the raster of people cannot be read; bring the raster in again.",
)
NO_SETTLEMENTS = Text("permukiman belum ada di data.", "there are no settlements in the data.")
NO_NEW = Text(
    "jumlah atau anggarannya tidak cukup untuk satu pun yang baru.", "neither number nor budget allow a single new one."
)
TOO_LONG = Text("tidak selesai dalam satu menit; kecilkan waktu jangkauannya.", "it took too long; ask for less time.")


@dataclass(frozen=True)
class Plan:
    """Demand and sites of a question by key: settlements `s:ID`, offices `o:ID`, TPS `w:ID`, signal `t:ID`."""

    question: Question
    names: dict[str, str]
    spots: dict[str, tuple[float, float]]


def answer(connection: Connection, taken: Taken) -> None:
    """Answer a question, or note why it cannot be."""

    def answered(asked: Mapping[str, Any]) -> dict[str, Any]:
        """Solve it, or say in words why nobody can."""
        try:
            return solve(connection, Wish(**asked))
        except RasterError as refusal:
            raise NothingToComputeError(NO_RASTER) from refusal
        except NoNewSiteError as refusal:
            raise NothingToComputeError(NO_NEW) from refusal
        except NoAnswerInTimeError as refusal:
            raise NothingToComputeError(TOO_LONG) from refusal

    QUEUE.answer(connection, taken, answered)


def solve(connection: Connection, wish: Wish) -> dict[str, Any]:
    """Find the new sites, who gains and who still does not; raises NothingToComputeError and what `geo.siting` does."""
    plan = planned(connection, ground(connection), wish)
    if wish.method == "lscp":
        answer = cover_all(plan.question, wish.reach, SECONDS)
    elif wish.method == "p_median":
        answer = shorten_most(plan.question, SECONDS)
    else:
        answer = cover_most(plan.question, wish.reach, SECONDS)
    return _told(plan, answer)


def planned(connection: Connection, found: Ground, wish: Wish) -> Plan:
    """Lay the question out: all settlements ask; the largest of each village may get an office.

    People of a village are shared among its settlements by their area. Ways longer than asked for count as none.
    """
    if not found.living:
        raise NothingToComputeError(NO_PEOPLE)
    if not found.settlements:
        raise NothingToComputeError(NO_SETTLEMENTS)
    people, candidates = _people(found)
    costed = costs(connection, found, wish, candidates)
    asking = [f"s:{row.id}" for row in found.settlements]
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
    lonlat = to_degrees(found.spots[len(found.villages) :], found.edges.network.epsg)
    names = {key: str(row.name or row.village_code) for key, row in zip(asking, found.settlements, strict=True)}
    return Plan(question, names, {key: (lon, lat) for key, (lon, lat) in zip(asking, lonlat.tolist(), strict=True)})


def _people(found: Ground) -> tuple[Any, Any]:
    """Share each village's people among its settlements by area, and find the largest of each village."""
    at = {village.code: i for i, village in enumerate(found.villages)}
    zone = np.array([at[row.village_code] for row in found.settlements])
    area = shapely.area(found.settlement_shapes)
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
    lon, lat = plan.spots[key]
    return {"id": int(key.removeprefix("s:")), "name": plan.names[key], "lon": round(lon, 6), "lat": round(lat, 6)}
