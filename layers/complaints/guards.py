"""The guards of the workflow: what a move needs, each checked by one function and told in one sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from layers.complaints.company import others
from layers.complaints.refusals import ActRefusedError
from layers.complaints.reporters import reporter_of
from layers.complaints.rules import Rules
from layers.complaints.workflow import PLAIN_CLASSES, Move, Need
from layers.db import sql
from layers.layer import Text
from layers.records.actors import Actor
from layers.records.agencies import is_agency

SHARED = Text(
    "Warga lain juga ikut laporan ini, jadi laporannya tetap ada untuk mereka. Anda dapat keluar dari laporan ini.",
    "Others are in this complaint too, so it stays for them. You can leave it.",
)
UNKNOWN_AGENCY = Text("Pilih dinas dari daftar.", "Choose an agency from the list.")


@dataclass(frozen=True)
class Brought:
    """What somebody brings along to a move; `target` is an agency, another authority, or the number to merge into.

    `after_photo` is the name of a photo of the result, `work` names a finished work, `exemption` says why there is no
    photo. `reason` goes to the reporter and the trail, `public_text` to everyone.
    """

    reason: str | None = None
    public_text: str | None = None
    after_photo: str | None = None
    exemption: str | None = None
    planned_on: date | None = None
    target: str | None = None
    work: str | None = None


@dataclass(frozen=True)
class Attempt:
    """A move that somebody tries: on which complaint, with what, under which rules, and when."""

    connection: Connection
    case: Row[Any]
    move: Move
    actor: Actor
    brought: Brought
    rules: Rules
    at: datetime

    @property
    def target(self) -> str | None:
        """Name where the complaint goes: as was said, or as the routing has proposed."""
        proposed = {"dispatched": self.case.agency, "external": self.case.authority}
        return (self.brought.target or "").strip() or proposed.get(self.move.target)

    @property
    def known(self) -> dict[str, object]:
        """Name complaint and actor as the questions to the trail do."""
        return {"complaint": self.case.id, "number": self.case.number, "actor": self.actor.name}

    @property
    def above(self) -> bool:
        """Say whether who moves it coordinates the whole regency."""
        return self.actor.may("coordinator", None, self.case.village_code)

    @property
    def agency(self) -> str | None:
        """Name the agency that gets it, or is asked to; the one that was asked, unless those above choose another."""
        if self.move.newcomer:
            return (self.brought.target if self.above else None) or self.case.next_agency
        return self.target if self.move.target in ("dispatched", "coordinating") else None


def check(attempt: Attempt) -> None:
    """Raise ActRefusedError for the first thing that a move needs and lacks, and for an agency that there is not."""
    for need in attempt.move.needs:
        met, text = GUARDS[need]
        if not met(attempt):
            raise ActRefusedError(need, text)
    if attempt.agency is not None and not is_agency(attempt.connection, attempt.agency):
        raise ActRefusedError("target", UNKNOWN_AGENCY)


def _said(text: str | None) -> bool:
    return bool(text and text.strip())


def _has_target(attempt: Attempt) -> bool:
    elsewhere = attempt.move.target != "coordinating" or attempt.target != attempt.case.agency
    return attempt.target is not None and elsewhere


def _is_planned(attempt: Attempt) -> bool:
    day = attempt.brought.planned_on
    return day is not None and day >= attempt.rules.days.today(attempt.at)


def _is_proven(attempt: Attempt) -> bool:
    if not attempt.brought.after_photo:
        return _said(attempt.brought.exemption)
    return attempt.brought.after_photo in proofs(attempt.connection, attempt.case)


def proofs(connection: Connection, case: Row[Any]) -> list[str]:
    """Name the photos that may prove a repair: of the result, added since work was last found wanting."""
    mine = {"complaint": case.id, "number": case.number}
    return list(connection.scalars(sql("complaints/result_photos.sql"), mine))


def _is_other_than_doer(attempt: Attempt) -> bool:
    """Whoever has it to do, began it, sent its photo or called it done did the work, not the last to press alone."""
    if attempt.actor.name in (attempt.case.done_by, attempt.case.assignee):
        return False
    return not attempt.connection.scalar(sql("complaints/worked_on.sql"), attempt.known)


def _was_silent(attempt: Attempt) -> bool:
    last = attempt.case.act_by
    return last is not None and attempt.rules.days.today(attempt.at) > last


def has_hops_left(actor: Actor, case: Row[Any], held: Rules) -> bool:
    """Say whether an agency may still say by itself that a complaint is, or is not, its own.

    After too many hops a coordinator of the whole regency decides.
    """
    return case.hops <= held.limit("hops") or actor.may("coordinator", None, case.village_code)


def _was_closed_recently(attempt: Attempt) -> bool:
    closed_at: datetime = attempt.case.state_since
    return attempt.at <= closed_at + timedelta(days=attempt.rules.limit("reopen"))


def _is_alone(attempt: Attempt) -> bool:
    """A verifier may end what its reporter asks him to; one reporter alone does not end what others are in."""
    case = attempt.case
    verifier = attempt.actor.may("verifier", case.agency, case.village_code)
    return verifier or not others(attempt.connection, case.id, reporter_of(case))


GUARDS: Mapping[Need, tuple[Callable[[Attempt], bool], Text]] = {
    "reason": (lambda a: _said(a.brought.reason), Text("Tuliskan alasannya.", "Write down the reason.")),
    "target": (_has_target, Text("Sebutkan ke mana laporan ini.", "Say where the complaint goes.")),
    "planned_on": (_is_planned, Text("Pilih tanggal rencana.", "Choose the planned date.")),
    "public_text": (lambda a: _said(a.brought.public_text), Text("Tulis jawaban umum.", "Write a public answer.")),
    "proof": (
        _is_proven,
        Text(
            "Lampirkan foto hasil yang baru, atau tuliskan mengapa tidak ada foto.",
            "Add a new photo of the result, or write down why there is none.",
        ),
    ),
    "work": (lambda a: _said(a.brought.work), Text("Sebutkan pekerjaannya.", "Name the finished work.")),
    "plain_class": (
        lambda a: a.case.case_class in PLAIN_CLASSES,
        Text(
            "Hanya pertanyaan dan usul yang selesai dengan jawaban saja.",
            "Only questions and proposals are resolved by an answer alone.",
        ),
    ),
    "other_than_sorter": (
        lambda a: not a.connection.scalar(sql("complaints/made_plain.sql"), a.known),
        Text(
            "Yang menjadikannya pertanyaan atau usul tidak boleh menyelesaikannya sendiri.",
            "Whoever made it a question or a proposal may not resolve it alone.",
        ),
    ),
    "alone": (_is_alone, SHARED),
    "silence": (_was_silent, Text("Waktu menjawab belum habis.", "The time to reply is not over yet.")),
    "other_than_doer": (
        _is_other_than_doer,
        Text("Yang memeriksa tidak boleh yang mengerjakan.", "The checker may not be the one who did the work."),
    ),
    "hops_left": (
        lambda a: has_hops_left(a.actor, a.case, a.rules),
        Text(
            "Laporan ini sudah terlalu sering berpindah dinas: koordinator kabupaten yang memutuskan.",
            "The complaint changed agencies too often: the coordinator of the regency decides.",
        ),
    ),
    "first_reopening": (
        lambda a: a.case.reopened < a.rules.limit("reopenings"),
        Text("Laporan ini sudah pernah dibuka kembali.", "The complaint was reopened before."),
    ),
    "first_appeal": (
        lambda a: a.case.appealed < a.rules.limit("appeals"),
        Text("Keberatan sudah pernah diajukan.", "There was an appeal before."),
    ),
    "recently_closed": (
        _was_closed_recently,
        Text("Sudah terlalu lama ditutup: buat laporan baru.", "Closed too long ago: make a new complaint."),
    ),
}
