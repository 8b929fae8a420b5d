"""The clocks of a complaint in words: every deadline that it has had, and until when its present step should last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext

from layers.complaints.deadlines import Clock, WorkingDays, in_force
from layers.complaints.workflow import STEPS
from webapp.language import day


@dataclass(frozen=True)
class Told:
    """One deadline as pages list it: why it was set, when, over how many working days, until when, and if it counts."""

    why: str
    began: datetime
    days: int
    until: str
    counts: bool


@dataclass(frozen=True)
class Step:
    """Until when the present step should last, and by how many working days it is late, "" where it is not."""

    until: str
    late: str = ""


def told(clocks: Iterable[Clock]) -> list[Told]:
    """Put all deadlines that a complaint has had into words, in the order in which they were set."""
    held = list(clocks)
    counting = {clock.id for clock in in_force(held)}
    return [
        Told(_why(clock.reason), clock.started_at, clock.working_days, day(clock.due_on), clock.id in counting)
        for clock in held
    ]


def step(state: str, agency: str | None, act_by: date | None, days: WorkingDays, now: datetime) -> Step | None:
    """Word until when a state should last; None where nothing says so."""
    words = _waited_for(state, agency)
    if act_by is None or words is None:
        return None
    until = f"{words} {day(act_by, year=False)}"
    if state not in STEPS or act_by >= days.today(now):
        return Step(until)
    return Step(until, str(gettext("terlambat %(n)s hari kerja", n=days.over(act_by, now))))


def _waited_for(state: str, agency: str | None) -> str | None:
    known = {
        "received": gettext("Verifikasi sampai"),
        "dispatched": gettext("Tanggapan dinas sampai") if agency else gettext("Dinas lain dipilih sampai"),
        "needs_info": gettext("Jawaban pelapor ditunggu sampai"),
        "resolved": gettext("Dapat dibantah sampai"),
    }
    return str(known[state]) if state in known else None


def _why(reason: str) -> str:
    known = {
        "received": gettext("Laporan masuk"),
        "category": gettext("Jenis diubah"),
        "resumed": gettext("Dilanjutkan setelah pelapor ditanya"),
        "disputed": gettext("Disanggah"),
        "reopened": gettext("Dibuka lagi"),
        "appealed": gettext("Keberatan"),
    }
    return str(known.get(reason, reason))
