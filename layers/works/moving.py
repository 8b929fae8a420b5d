"""A work moves from one stage to the next; what follows when it is finished stands in finishing.py."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from layers.complaints.refusals import ActRefusedError
from layers.layer import Text
from layers.records.actors import Actor
from layers.works import finishing, following
from layers.works.finishing import Outcome
from layers.works.guards import Attempt, Brought, check, refuse
from layers.works.holding import Done, hold, role_of, today, write
from layers.works.stages import AFTERWARDS, BY_ID, BY_PAIR, KEEPER, OVER, Step
from layers.works.table import WorkPhoto

SAID = ("reason", "public_text", "exemption")
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
    attempt = _attempt(connection, work, step, Brought(**brought), at)
    values = {"stage": to, "stage_on": attempt.today, **check(attempt)}
    done = _written(connection, actor, attempt, "move", role, values, **{"from": work.stage})
    following.tell(connection, done.event, following.MOVED, work, {"stage": to})
    if to != "finished":
        return Moved(done)
    return Moved(done, finishing.follow_up(connection, actor, work, attempt, done.event, at))


def conclude(
    connection: Connection,
    actor: Actor,
    work_id: int,
    *,
    seen_version: int | None,
    now: datetime | None = None,
    **brought: Any,
) -> Moved:
    """Let follow what has not yet: of a work that a file says is finished, or of what was linked after the end.

    `brought` is what a work is finished with. Raises ActRefusedError, LookupError where there is no such work.
    """
    at = now or datetime.now(UTC)
    work = hold(connection, work_id, seen_version)
    role = role_of(actor, work.agency, work.village_code, KEEPER)
    told = {"finished_on": work.finished_on, **{name: value for name, value in brought.items() if value is not None}}
    attempt = _attempt(connection, work, AFTERWARDS, Brought(**told), at)
    left = finishing.left_over(connection, work)
    if work.stage not in OVER or not (left or attempt.stretches):
        raise refuse("nothing", "Tidak ada yang tersisa untuk ditindaklanjuti.", "There is nothing left to follow.")
    values = {name: value for name, value in check(attempt).items() if value is not None}
    done = _written(connection, actor, attempt, "conclude", role, values)
    if left.untold:
        following.tell(connection, done.event, following.MOVED, work, {"stage": "finished"})
    return Moved(done, finishing.follow_up(connection, actor, work, attempt, done.event, at))


def _attempt(connection: Connection, work: Row[Any], step: Step, brought: Brought, at: datetime) -> Attempt:
    """Gather what a step is judged by; which stretches are still to be declared hangs on the day that is told now."""
    stretches = finishing.undeclared(connection, work, brought.finished_on)
    photos = connection.scalar(select(func.count()).where(WorkPhoto.work_id == work.id)) or 0
    return Attempt(work, step, brought, today(connection, at), len(stretches), photos)


def _written(
    connection: Connection, actor: Actor, attempt: Attempt, act: str, role: str, values: dict[str, Any], **detail: Any
) -> Done:
    words = {name: getattr(attempt.brought, name) for name in SAID}
    noted = {name: _noted(value) for name, value in values.items() if value and name not in UNNOTED}
    return write(connection, actor, attempt.work, act, role, values, words, **detail, **noted)


def _noted(value: Any) -> Any:
    return value if isinstance(value, int | float) else str(value)


def _impossible(start: str, target: str) -> Text:
    here, there = BY_ID[start].title, BY_ID[target].title if target in BY_ID else Text(target, target)
    return Text(
        f"Dari “{here.id}” tidak bisa langsung ke “{there.id}”.", f"“{there.en}” cannot follow “{here.en}” directly."
    )
