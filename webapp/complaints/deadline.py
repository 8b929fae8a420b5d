"""A deadline in words: until which day, and how many working days are left or over."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from layers.complaints.deadlines import WorkingDays
from layers.complaints.queries import PublicCase
from webapp.language import day


@dataclass(frozen=True)
class Deadline:
    """A deadline as a page shows it: `until` names its day, `left` says how far off it is, `late` that it is over."""

    until: str
    left: str
    late: bool = False


def deadline(case: PublicCase, days: WorkingDays, now: datetime) -> Deadline | None:
    """Word the deadline of a complaint: "Batas: Rabu 9 Desember", "10 hari kerja lagi"; None where none runs."""
    if case.due_on is None or case.state.clock == "over":
        return None
    until = str(gettext("Batas: %(day)s", day=day(case.due_on, year=False)))
    if case.state.clock == "paused":
        return Deadline(until, str(gettext("berhenti sampai pelapor menjawab")))
    if case.overdue:
        over = days.over(case.due_on, now)
        return Deadline(until, str(gettext("terlambat %(n)s hari kerja", n=over)), True)
    left = days.left(now, case.due_on)
    if left == 0:
        return Deadline(until, str(gettext("hari ini")))
    return Deadline(until, str(gettext("%(n)s hari kerja lagi", n=left)))
