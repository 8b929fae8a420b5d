"""The rules that administrators may change: limits of the workflow, class and agency of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from layers.complaints.categories import category_of
from layers.complaints.deadlines import WorkingDays
from layers.complaints.table import ComplaintKind, ComplaintLimit
from layers.records.calendar import calendar

CLASSES = ("informasi", "pengaduan", "pengawasan", "aspirasi")


@dataclass(frozen=True)
class Handling:
    """How a kind is handled: its class, its working days where they differ from those of the class, its agency."""

    case_class: str
    working_days: int | None
    agency: str


@dataclass(frozen=True)
class Rules:
    """The limits of the workflow, by name, and the working days of the calendar."""

    limits: Mapping[str, int | None]
    days: WorkingDays

    def limit(self, name: str) -> int:
        """Give a limit; raises KeyError for an unknown one, ValueError where an administrator has left it empty."""
        amount = self.limits[name]
        if amount is None:
            raise ValueError(f"the limit {name} is empty: fill it in complaint_limit")
        return amount

    def promised(self, handling: Handling) -> int | None:
        """Give the working days within which a kind is handled; None where nothing is promised."""
        return handling.working_days or self.limits[handling.case_class]

    def due(self, handling: Handling, at: datetime) -> date | None:
        """Give the last day for what begins at a moment; None where nothing is promised."""
        days = self.promised(handling)
        return None if days is None else self.days.due(at, days)


def rules(connection: Connection) -> Rules:
    """Read the limits and the calendar."""
    limits = {row.id: row.amount for row in connection.execute(select(ComplaintLimit.id, ComplaintLimit.amount))}
    return Rules(limits, WorkingDays(calendar(connection), limits["office_closes"] or 24))


def handling(connection: Connection, kind: str) -> Handling:
    """Find how a kind is handled, by its own row or that of its category; raises KeyError for an unknown kind."""
    columns = (ComplaintKind.case_class, ComplaintKind.working_days, ComplaintKind.agency)
    known = select(*columns).where(ComplaintKind.id.in_([kind, category_of(kind)]))
    found = connection.execute(known.order_by(ComplaintKind.id != kind).limit(1)).one()
    return Handling(found.case_class, found.working_days, found.agency)
