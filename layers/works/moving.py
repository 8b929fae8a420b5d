"""A work moves from one stage to the next; what follows when it is finished stands in finishing.py."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from layers.complaints.refusals import ActRefusedError
from layers.layer import Text
from layers.records.actors import Actor
from layers.records.calendar import calendar
from layers.works import finishing, following
from layers.works.finishing import Outcome
from layers.works.guards import Attempt, Brought, check
from layers.works.holding import Done, hold, role_of, write
from layers.works.stages import BY_ID, BY_PAIR
from layers.works.table import WorkPhoto, WorkRoad

UNNOTED = ("contractor",)  # it may be a person's name, and the trail keeps what is noted for good


@dataclass(frozen=True)
class Moved:
    """What a step left: version and event, and what followed from it where the work was finished."""

    done: Done
    outcome: Outcome | None = None


def move(
    connection: Connection,
    actor: Actor,
    work_id: int,
    to: str,
    *,
    seen_version: int | None,
    now: datetime | None = None,
    **brought: Any,
) -> Moved:
    """Move a work to another stage; `brought` are the fields of `guards.Brought`.

    Raises ActRefusedError where the table of steps or a guard does not allow it, LookupError where there is no such
    work. All that follows is written in the caller's transaction.
    """
    at = now or datetime.now(UTC)
    work = hold(connection, work_id, seen_version)
    step = BY_PAIR.get((work.stage, to))
    if step is None:
        raise ActRefusedError("impossible", _impossible(work.stage, to))
    role = role_of(actor, work.agency, work.village_code, step.roles)
    today = at.astimezone(calendar(connection).zone).date()
    attempt = Attempt(work, step, Brought(**brought), today, *_held(connection, work))
    values = {"stage": to, "stage_on": today, **check(attempt)}
    words = {name: getattr(attempt.brought, name) for name in ("reason", "public_text", "exemption")}
    noted = {name: _noted(value) for name, value in values.items() if value and name not in UNNOTED}
    done = write(connection, actor, work, "move", role, values, words, **{"from": work.stage}, **noted)
    following.tell(connection, done.event, following.MOVED, work, {"stage": to})
    if to != "finished":
        return Moved(done)
    return Moved(done, finishing.follow_up(connection, actor, work, attempt, done.event, at))


def _held(connection: Connection, work: Row[Any]) -> tuple[int, int]:
    """Count the roads and the photos of a work."""
    tables = (WorkRoad, WorkPhoto)
    counted = (select(func.count()).select_from(t).where(t.work_id == work.id).scalar_subquery() for t in tables)
    roads, photos = connection.execute(select(*counted)).one()
    return roads, photos


def _noted(value: Any) -> Any:
    return value if isinstance(value, int | float) else str(value)


def _impossible(start: str, target: str) -> Text:
    here, there = BY_ID[start].title, BY_ID[target].title if target in BY_ID else Text(target, target)
    return Text(
        f"Dari “{here.id}” tidak bisa langsung ke “{there.id}”.", f"“{there.en}” cannot follow “{here.en}” directly."
    )
