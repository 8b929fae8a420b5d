"""Weights that planners gave a name, so that two weightings can be laid side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from geo.priority import METHODS
from geo.weights import shares
from layers.priority.criteria import BY_KEY, USUAL
from layers.priority.table import WeightProfile
from layers.records import events
from layers.records.actors import Actor

LONGEST_NAME = 60


class ProfileError(ValueError):
    """Weights that cannot be kept; the message says, in Indonesian, what to mend."""


@dataclass(frozen=True)
class Profile:
    """Weights by criterion, of any sum; number 0 are the usual ones."""

    id: int
    name: str
    method: str
    weights: Mapping[str, float]


BASE = Profile(0, "Bobot baku", "weighted_sum", USUAL)


def profiles(connection: Connection) -> list[Profile]:
    """List the usual weights and those that were given a name."""
    columns = (WeightProfile.id, WeightProfile.name, WeightProfile.method, WeightProfile.weights)
    return [BASE, *(Profile(*row) for row in connection.execute(select(*columns).order_by(WeightProfile.name)))]


def keep_profile(connection: Connection, actor: Actor, name: str, method: str, weights: Mapping[str, float]) -> int:
    """Keep weights under a name and give their number; raises ProfileError, PermissionError, WeightsError.

    Weights of the same name by the same planner are replaced.
    """
    if not (actor.may("planner") or actor.may("administrator")):
        raise PermissionError("Only planners keep weights.")
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise ProfileError(f"Beri bobot ini nama, paling panjang {LONGEST_NAME} huruf.")
    if method not in METHODS or not set(weights) <= set(BY_KEY):
        raise ProfileError("Cara atau kriteria bobot ini tidak dikenal.")
    shares(weights)
    row = {"name": name.strip(), "method": method, "weights": dict(weights), "author": actor.name}
    statement = insert(WeightProfile).values(row)
    renewed = {"method": method, "weights": dict(weights), "saved_at": func.now()}
    statement = statement.on_conflict_do_update(
        index_elements=["name"], set_=renewed, where=WeightProfile.author == actor.name
    )
    number = connection.execute(statement.returning(WeightProfile.id)).scalar()
    if number is None:
        raise ProfileError("Nama ini sudah dipakai perencana lain; pilih nama lain.")
    events.record(connection, actor.name, "keep_weights", "priority", str(number))
    return int(number)
