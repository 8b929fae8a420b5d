"""What programs of others tell about a complaint: a note that staff read, and act on as they see fit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from layers.complaints.holding import Done, hold, write
from layers.complaints.refusals import ActRefusedError
from layers.db import sql
from layers.layer import Text
from layers.records.actors import Actor

REPEATED = Text("Kabar dengan nomor ini sudah diterima.", "update_id was used before for this request.")


@dataclass(frozen=True)
class Update:
    """What a program tells: under which id of its own, how far things are with it, since when, in its words."""

    id: str
    status: Literal["open", "closed"]
    at: datetime
    text: str


def take_update(connection: Connection, program: Actor, complaint_id: int, update: Update) -> Done:
    """Leave an update of another program for staff to read; moves nothing and shows nothing to the public.

    Raises ActRefusedError where the program has used the id before, and for words that are too long.
    """
    case = hold(connection, complaint_id, None)
    asked = {"number": case.number, "actor": program.name, "update_id": update.id}
    if connection.scalar(sql("complaints/repeated_update.sql"), asked):
        raise ActRefusedError("update_id", REPEATED)
    told = {"update_id": update.id, "status": update.status, "told_at": update.at.isoformat()}
    return write(connection, program, case, "update", "program", {}, {"note": update.text}, **told)
