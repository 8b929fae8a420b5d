"""Many cases at once: each goes through the same act as a single one, and a report says what became of each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog
from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection, Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from layers.complaints import acts, desks, files, saved
from layers.complaints.refusals import ActRefusedError, OvertakenError
from layers.complaints.workflow import BY_ID, BY_PAIR
from layers.records.actors import Actor
from webapp.desk import asking, words
from webapp.desk.workbench import written
from webapp.extensions import engine, reading
from webapp.language import in_language
from webapp.security.access import current_actor

MOST = 500
ASSIGN, ANSWER = "petugas", "jawaban"
TO_AGENCY = ("dispatched", "coordinating")

log = structlog.get_logger()


@dataclass(frozen=True)
class Outcome:
    """What became of one case: done, or why not; `away` where the database was lost over it."""

    number: str
    refused: str = ""
    away: bool = False


@dataclass(frozen=True)
class Wish:
    """What is to be done to every case: a move to a state, an assignment, or a public answer; and what it brings.

    `ready` is the ready text that was chosen, "" for none: it is said where a single case would say it.
    """

    act: str
    assignee: str
    brought: dict[str, Any]
    ready: str = ""

    def do(self, connection: Connection, actor: Actor, case: Row[Any], seen: int) -> None:
        """Do it to one case; raises what a single act would."""
        if self.act == ASSIGN:
            acts.assign(connection, actor, case.id, self.assignee or None, seen_version=seen)
        elif self.act == ANSWER:
            acts.answer(connection, actor, case.id, self._told(case)["public_text"], seen_version=seen)
        else:
            acts.move(connection, actor, case.id, self.act, seen_version=seen, **self._told(case))

    def _told(self, case: Row[Any]) -> dict[str, Any]:
        """Put the ready text behind what was typed: behind the reason where the move needs one, else for everybody."""
        step = BY_PAIR.get((case.state, self.act))
        field = "reason" if step and "reason" in step.needs else "public_text"
        said = "\n".join(filter(None, (self.brought.get(field), self.ready)))
        return {**self.brought, field: said} if said else self.brought


def act() -> ResponseReturnValue:
    """Do one thing to every case that was ticked, each in a transaction of its own, and report on each."""
    ticked = [chosen(each) for each in request.form.getlist("case")]
    if not ticked or len(ticked) > MOST:
        abort(400, gettext("Centang 1 sampai %(most)s laporan, lalu kirim lagi.", most=MOST))
    asked = wish()
    outcomes: list[Outcome] = []
    for number, seen in ticked:
        away = bool(outcomes) and outcomes[-1].away
        outcomes.append(Outcome(number, untried(), away) if away else attempt(asked, number, seen))
    refused = [each for each in outcomes if each.refused]
    told = {"done": [each for each in outcomes if not each.refused], "refused": refused}
    back = asking.written(asking.queue(request.args))
    return render_template("desk/report.html", asked=back, **told), 422 if len(refused) == len(outcomes) else 200


def attempt(asked: Wish, number: str, seen: int) -> Outcome:
    """Do it to one case, or say why not; whatever happens to it in the database, it is told and the others go on."""
    try:
        with engine().begin() as connection:
            actor = current_actor()
            case = desks.case(connection, actor, number)
            if case is None:
                return Outcome(number, gettext("Tidak ada, atau di luar wewenang Anda."))
            asked.do(connection, actor, case, seen)
    except ActRefusedError as refused:
        return Outcome(number, in_language(refused.text))
    except OvertakenError as error:
        return Outcome(number, words.overtaken(error))
    except (DBAPIError, PoolTimeout) as error:
        return failed(number, error)
    return Outcome(number)


def failed(number: str, error: DBAPIError | PoolTimeout) -> Outcome:
    """Say that the database failed over one case: it did nothing to it, or was lost, so that nobody knows."""
    code = getattr(getattr(error, "orig", None), "pgcode", None)
    log.error("a case of many failed", case=number, error=type(error).__name__, code=code)
    if code is None or (isinstance(error, DBAPIError) and error.connection_invalidated):
        told = gettext("Basis data terputus, jadi belum pasti tersimpan. Buka laporan ini dan periksa.")
        return Outcome(number, told, away=True)
    return Outcome(number, gettext("Belum dilakukan karena gangguan di basis data; coba lagi."))


def untried() -> str:
    """Say that a case was not tried, since the database was lost over one before it."""
    return str(gettext("Belum dicoba karena basis data terputus; coba lagi nanti."))


def wish() -> Wish:
    """Read what is to be done; refuses with 400 what is no act, and texts that are missing."""
    asked = written("act")
    if asked not in (ASSIGN, ANSWER, *BY_ID):
        abort(400, gettext("Pilih apa yang dilakukan pada laporan yang dicentang."))
    told = {"reason": written("reason"), "target": written("agency" if asked in TO_AGENCY else "target")}
    told["public_text"], ready = written("public_text"), ready_text(asked)
    brought: dict[str, Any] = {name: text for name, text in told.items() if text}
    if asked == ANSWER and not (ready or "public_text" in brought):
        abort(400, gettext("Tulis isinya dahulu."))
    if written("planned_on"):
        brought["planned_on"] = planned()
    return Wish(asked, written("assignee"), brought, ready)


def ready_text(asked: str) -> str:
    """Give the ready text that was chosen, "" for none; refuses with 400 a text for moves to another state.

    An answer may be any of them.
    """
    with reading() as connection:
        texts = files.templates(connection, saved.agencies_of(current_actor()))
    chosen = [each for each in texts if each.id == written("template")]
    if any(asked != ANSWER and not each.fits(asked) for each in chosen):
        abort(400, gettext("Teks siap pakai itu untuk status lain; pilih teks yang sesuai."))
    return "".join(each.body for each in chosen)


def planned() -> date:
    """Read the planned date; refuses nonsense with 400."""
    try:
        return date.fromisoformat(written("planned_on"))
    except ValueError:
        abort(400, gettext("Tanggal ditulis sebagai tahun-bulan-hari, misalnya 2026-12-09."))


def chosen(ticked: str) -> tuple[str, int]:
    """Read a ticked case, its number and the version that was seen; refuses nonsense with 400."""
    number, _, version = ticked.partition(":")
    if not (version.isascii() and version.isdigit() and len(version) < 9):
        abort(400, gettext("Centang 1 sampai %(most)s laporan, lalu kirim lagi.", most=MOST))
    return number, int(version)
