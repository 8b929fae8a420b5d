"""Several complaints about one thing: followers go along into the one that stays, and back if it was a mistake."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from layers.complaints.holding import COLUMNS, find_role
from layers.complaints.refusals import ActRefusedError
from layers.complaints.table import Complaint
from layers.complaints.workflow import BY_ID, Party
from layers.db import sql
from layers.layer import Text
from layers.records.actors import Actor


def lock_both(connection: Connection, complaint_id: int, number: str) -> None:
    """Lock a complaint and what it is to be merged into, in one order for all, so that no two wait for each other."""
    both = select(Complaint.id).where(or_(Complaint.id == complaint_id, Complaint.number == number))
    connection.execute(both.order_by(Complaint.id).with_for_update())


def merge(connection: Connection, actor: Actor, case: Row[Any], number: str, parties: Sequence[Party]) -> int:
    """Carry the followers and the reporter of a complaint into another one, and give its id.

    Raises ActRefusedError where that is no complaint over which the actor is one of the parties too, is over, or is
    the same one. Secret and open ones do not mix.
    """
    other = connection.execute(select(*COLUMNS).where(Complaint.number == number).with_for_update()).one_or_none()
    reached = other is not None and find_role(actor, other, parties) is not None
    if other is None or not reached or other.id == case.id or not BY_ID[other.state].open:
        told = Text("Sebutkan nomor laporan lain yang masih terbuka.", "Give the number of another open complaint.")
        raise ActRefusedError("target", told)
    if (other.visibility == "secret") != (case.visibility == "secret"):
        told = Text("Laporan rahasia tidak digabung dengan yang terbuka.", "A secret complaint stays by itself.")
        raise ActRefusedError("target", told)
    carry(connection, case.id, other.id)
    return int(other.id)


def carry(connection: Connection, complaint: int, into: int) -> None:
    """Let the followers of a complaint, and its reporter, follow the one that it is merged into."""
    connection.execute(sql("complaints/carry_followers.sql"), {"from": complaint, "into": into})
    count_supporters(connection, into)


def unmerge(connection: Connection, case: Row[Any]) -> None:
    """Take back what a merged complaint has carried along, as far as it went; its own followers were always its own."""
    into, gone = case.merged_into, case.id
    while into is not None:
        pair = {"from": gone, "into": into, "taken_out": case.id}
        connection.execute(sql("complaints/return_followers.sql"), pair)
        connection.execute(sql("complaints/carry_again.sql"), {"into": into, "taken_out": case.id})
        count_supporters(connection, into)
        gone, into = into, connection.scalar(select(Complaint.merged_into).where(Complaint.id == into))


def count_supporters(connection: Connection, complaint: int) -> None:
    """Keep ready how many confirmed people follow a complaint."""
    connection.execute(sql("complaints/count_supporters.sql"), {"complaint": complaint})
