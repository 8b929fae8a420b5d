"""What a step of a work needs, each checked by one function and told in one sentence."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from layers.complaints.refusals import ActRefusedError
from layers.layer import Text
from layers.works.holding import check_days, check_money, check_words
from layers.works.stages import Need, Step
from layers.works.vocabulary import CONDITIONS, FUNDS

CLASSES = {choice.id for choice in CONDITIONS}
KNOWN_FUNDS = {choice.id for choice in FUNDS}


@dataclass(frozen=True)
class Brought:
    """What somebody brings along to a step; money in whole rupiah. `public_text` is for everyone.

    `condition` is the class of the linked roads after the work; `exemption` says why there is no photo of the result.
    """

    reason: str | None = None
    budget: int | None = None
    fund: str | None = None
    year: str | None = None
    contract_number: str | None = None
    contract_on: date | None = None
    contract_value: int | None = None
    contractor: str | None = None
    planned_end: date | None = None
    started_on: date | None = None
    finished_on: date | None = None
    public_text: str | None = None
    exemption: str | None = None
    condition: str | None = None

    def days(self) -> tuple[date | None, ...]:
        """Give the days among it."""
        return (self.contract_on, self.planned_end, self.started_on, self.finished_on)


@dataclass(frozen=True)
class Attempt:
    """A step that somebody tries: with which work, bringing what, on which day.

    `stretches` counts the stretches of road whose class is still to be told, `photos` those of the result.
    """

    work: Row[Any]
    step: Step
    brought: Brought
    today: date
    stretches: int
    photos: int


def check(attempt: Attempt) -> dict[str, Any]:
    """Give what the step changes in the row; raises ActRefusedError for the first thing that it lacks."""
    check_days(*attempt.brought.days())
    values: dict[str, Any] = {}
    for need in attempt.step.needs:
        values |= GUARDS[need](attempt)
    return values


def refuse(reason: str, indonesian: str, english: str) -> ActRefusedError:
    """Word why a step is not taken."""
    return ActRefusedError(reason, Text(indonesian, english))


def _reason(attempt: Attempt) -> dict[str, Any]:
    if not _said(attempt.brought.reason):
        raise refuse("reason", "Tuliskan alasannya.", "Write down the reason.")
    return {}


def _budget(attempt: Attempt) -> dict[str, Any]:
    budget, fund, year = (getattr(attempt.brought, name) or getattr(attempt.work, name) for name in BUDGET)
    check_money(budget, needed=True)
    if fund not in KNOWN_FUNDS:
        raise refuse("fund", "Pilih sumber dananya.", "Choose the source of funds.")
    if not is_year(year):
        raise refuse("year", "Isi tahun anggaran, misalnya 2027.", "Give the budget year, such as 2027.")
    return {"budget": budget, "fund": fund, "year": year}


def _contract(attempt: Attempt) -> dict[str, Any]:
    brought = attempt.brought
    if not (_said(brought.contract_number) and _said(brought.contractor) and brought.contract_on):
        told = "Isi nomor kontrak, tanggalnya, dan nama penyedia."
        raise refuse("contract", told, "Give the number of the contract, its date and the contractor.")
    for text in (brought.contract_number, brought.contractor):
        check_words(text or "", 200)
    check_money(brought.contract_value, needed=True)
    _not_later(brought.contract_on, attempt.today)
    end = brought.planned_end or attempt.work.planned_end
    check_end(end, brought.contract_on)
    names = ("contract_number", "contract_on", "contract_value", "contractor")
    return {**{name: getattr(brought, name) for name in names}, "planned_end": end}


def _start(attempt: Attempt) -> dict[str, Any]:
    started = attempt.brought.started_on
    if started is None:
        raise refuse("started_on", "Isi tanggal mulai dikerjakan.", "Give the day on which the work began.")
    _not_later(started, attempt.today)
    if attempt.work.contract_on and started < attempt.work.contract_on:
        told = "Tanggal mulai tidak boleh sebelum tanggal kontrak."
        raise refuse("started_on", told, "A work cannot begin before its contract.")
    return {"started_on": started}


def _finish(attempt: Attempt) -> dict[str, Any]:
    brought, work = attempt.brought, attempt.work
    if brought.finished_on is None:
        raise refuse("finished_on", "Isi tanggal selesainya.", "Give the day on which it was finished.")
    _not_later(brought.finished_on, attempt.today)
    if work.started_on and brought.finished_on < work.started_on:
        told = "Tanggal selesai tidak boleh sebelum tanggal mulai."
        raise refuse("finished_on", told, "A work cannot be finished before it began.")
    if not _said(brought.public_text):
        raise refuse("public_text", "Tulis kabar untuk warga tentang hasilnya.", "Write for everyone what was done.")
    if not attempt.photos and not _said(brought.exemption):
        told = "Tambahkan foto hasil dahulu, atau tuliskan mengapa tidak ada foto."
        raise refuse("proof", told, "Add a photo of the result first, or write down why there is none.")
    if attempt.stretches and brought.condition not in CLASSES:
        told = "Pilih kondisi jalan sesudah pekerjaan."
        raise refuse("condition", told, "Choose the condition of the road after the work.")
    condition = brought.condition if attempt.stretches else None  # a class that no road gets is not kept
    return {"finished_on": brought.finished_on, "progress": 100.0, "condition_after": condition}


def check_end(end: date | None, contract_on: date) -> None:
    """Refuse a contract without a day of completion, or with one before the contract; raises ActRefusedError."""
    if end is None or end < contract_on:
        told = "Isi tanggal selesai menurut kontrak, sesudah tanggal kontrak."
        raise refuse("planned_end", told, "Give the day of completion by contract, after the day of the contract.")


def is_year(written: str | None) -> bool:
    """Say whether a text is a budget year of our time, as days are."""
    return re.fullmatch("(19|20)[0-9]{2}", written or "") is not None


def _not_later(day: date, today: date) -> None:
    if day > today:
        raise refuse("day", f"Tanggal {day:%d-%m-%Y} belum tiba.", f"The day {day:%d-%m-%Y} has not come yet.")


def _said(text: str | None) -> bool:
    return bool(text and text.strip())


BUDGET = ("budget", "fund", "year")
GUARDS: Mapping[Need, Callable[[Attempt], dict[str, Any]]] = {
    "reason": _reason,
    "budget": _budget,
    "contract": _contract,
    "start": _start,
    "finish": _finish,
}
