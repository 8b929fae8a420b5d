"""The condition that stands: from all surveys of a road to its stretches and its class."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert

from layers.db import sql
from layers.roads.rules import UNSURVEYED
from layers.roads.stretches import Said, Stretch, stretches, whole_condition
from layers.roads.table import RoadStretch

Standing = tuple[int, str, date | None]


def settle(connection: Connection, roads: Collection[int]) -> None:
    """Derive the stretches and the condition of roads anew from their surveys."""
    lengths, said = _said(connection, roads)
    found = {road: stretches(length_m, said[road]) for road, length_m in lengths.items()}
    connection.execute(delete(RoadStretch).where(RoadStretch.road_id.in_(roads)))
    rows = [_row(road, stretch) for road, pieces in found.items() for stretch in pieces]
    if rows:
        connection.execute(insert(RoadStretch), rows)
    _keep(connection, [_standing(road, lengths[road], pieces, said[road]) for road, pieces in found.items()])


def settle_changed(connection: Connection) -> None:
    """Derive the condition anew of the surveyed roads that this transaction has changed, such as in length."""
    settle(connection, connection.scalars(sql("roads/changed_surveyed.sql")).all())


def _said(connection: Connection, roads: Collection[int]) -> tuple[dict[int, float], dict[int, list[Said]]]:
    lengths: dict[int, float] = {}
    said: dict[int, list[Said]] = {}
    for row in connection.execute(sql("roads/surveys_that_count.sql"), {"roads": list(roads)}):
        lengths[row.road_id] = row.length_m
        held = said.setdefault(row.road_id, [])
        if row.survey is not None:
            placed = row.kind != "metres"
            held.append(Said(row.survey, row.surveyed_on, row.from_m, row.to_m, row.metres, placed))
    return lengths, said


def _row(road: int, stretch: Stretch) -> dict[str, Any]:
    named = {"survey_id" if name == "survey" else name: value for name, value in vars(stretch).items()}
    return {"road_id": road, **named}


def _standing(road: int, length_m: float, pieces: list[Stretch], said: list[Said]) -> Standing:
    whole = whole_condition(length_m, pieces)
    days = {one.survey: one.surveyed_on for one in said}
    newest = max((days[piece.survey] for piece in pieces if piece.condition == whole), default=None)
    return road, whole, newest if whole != UNSURVEYED else None


def _keep(connection: Connection, standings: list[Standing]) -> None:
    roads, conditions, days = zip(*standings, strict=True) if standings else ((), (), ())
    asked = {"roads": list(roads), "conditions": list(conditions), "days": list(days)}
    connection.execute(sql("roads/keep_conditions.sql"), asked)
