"""What people do with an uploaded file: bring it, have it tried, have it taken, take it back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from layers.records.actors import Actor
from layers.uploads.states import MAPPABLE
from layers.uploads.table import Upload

LONGEST_NAME = 120  # letters


class ImportRefusedError(Exception):
    """Somebody may not do that, or the file has moved on meanwhile; `reason` is one of "reach" and "moved"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NameTakenError(ValueError):
    """Somebody else has kept a mapping under that name."""


def check_reach(actor: Actor) -> None:
    """Refuse whoever is neither administrator nor planner for the whole regency: an import changes a whole layer."""
    if not (actor.may("administrator") or actor.may("planner")):
        raise ImportRefusedError("reach")


def sees(actor: Actor, owner: str) -> bool:
    """Say whether somebody may see and move an upload: its owner, and administrators."""
    return actor.name == owner or actor.may("administrator")


def receive(connection: Connection, actor: Actor, layer: str, name: str, stored: str, size: int) -> int:
    """Note a file that has come, for the worker to look into, and give its number."""
    check_reach(actor)
    row = {"layer": layer, "name": _called(name), "stored": stored, "bytes": size, "actor": actor.name}
    return int(connection.execute(insert(Upload).values(**row, state="looking").returning(Upload.id)).scalar_one())


def _called(name: str) -> str:
    """Give the name of a file without the folders that some browsers send along, and without what no line shows."""
    plain = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable()).strip()
    return plain[-LONGEST_NAME:] or "berkas"


def try_out(connection: Connection, actor: Actor, number: int, layer: str, wishes: Mapping[str, Any]) -> None:
    """Have the worker try a file with a mapping; nothing of it is kept."""
    _check_own(connection, actor, number)
    _move(connection, number, MAPPABLE, state="trying", layer=layer, wishes=dict(wishes))


def take(connection: Connection, actor: Actor, number: int) -> None:
    """Have the worker bring a file in that has been tried."""
    _check_own(connection, actor, number)
    _move(connection, number, ("tried",), state="taking")


def cancel(connection: Connection, actor: Actor, number: int) -> str:
    """Take an upload back and give its random name, unless it has gone in or is just going in."""
    _check_own(connection, actor, number)
    begun = (Upload.state == "taking") & (Upload.tries > 0)
    gone = delete(Upload).where(Upload.id == number, ~begun, Upload.state != "taken").returning(Upload.stored)
    stored = connection.scalar(gone)
    if stored is None:
        raise ImportRefusedError("moved")
    return str(stored)


def _check_own(connection: Connection, actor: Actor, number: int) -> None:
    check_reach(actor)
    owner = connection.scalar(select(Upload.actor).where(Upload.id == number))
    if owner is not None and not sees(actor, owner):
        raise ImportRefusedError("reach")


def _move(connection: Connection, number: int, before: tuple[str, ...], **values: Any) -> None:
    fresh = {"moved_at": func.now(), "tries": 0, "progress": None, "problem": None}
    moved = update(Upload).where(Upload.id == number, Upload.state.in_(before)).values(**fresh, **values)
    if not connection.execute(moved).rowcount:
        raise ImportRefusedError("moved")
