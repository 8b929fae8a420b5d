"""What the pages of works say: what was done, in which role, and how the stages follow each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import Row

from layers.works.queries import Entry
from layers.works.stages import BY_ID, STAGES
from webapp.language import day, in_language, number, rupiah
from webapp.roles import ROLES

WAY = tuple(stage.id for stage in STAGES if stage.id != "cancelled")
MONEY = ("budget", "contract_value", "spent", "old_value", "new_value")
DAYS = ("contract_on", "planned_end", "started_on", "finished_on", "old_end", "new_end")


@dataclass(frozen=True)
class Stop:
    """One act on the way of a work, in words."""

    words: str
    at: datetime
    role: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Amount:
    """An amount of money with its share of the largest one beside it, in percent of a bar."""

    title: str
    rupiah: int | None
    percent: float


def stops(entries: Sequence[Entry]) -> list[Stop]:
    """Tell the trail of a work, the newest first."""
    return [Stop(act(entry), entry.at, role(entry.role), details(entry)) for entry in reversed(entries)]


def act(entry: Entry) -> str:
    """Say what was done."""
    if entry.act == "move" and entry.stage in BY_ID:
        return in_language(BY_ID[entry.stage].title)
    known: dict[str, str] = {
        "register": gettext("Diusulkan"),
        "link_road": gettext("Ruas ditambahkan"),
        "unlink_road": gettext("Ruas dilepas"),
        "link_complaint": gettext("Laporan warga dikaitkan"),
        "unlink_complaint": gettext("Laporan warga dilepas"),
        "conclude": gettext("Selesainya ditindaklanjuti"),
        "progress": gettext("Kemajuan dicatat"),
        "change_terms": gettext("Biaya atau waktu berubah"),
        "add_photo": gettext("Foto ditambahkan"),
        "add_document": gettext("Dokumen ditambahkan"),
    }
    return known.get(entry.act, entry.act)


def role(name: str) -> str:
    """Name the role in which something was done."""
    return next((in_language(title) for each, title in ROLES.items() if each == name), gettext("Sistem"))


def details(entry: Entry) -> tuple[str, ...]:
    """Tell what was noted and what was said, each in a line."""
    titles = noted_titles()
    noted = [
        f"{titles[name]}: {_written(name, value)}"
        for name, value in entry.noted.items()
        if name in titles and value is not None
    ]
    said = [text for name, text in entry.words.items() if name != "exemption"]
    return (*noted, *said)


def noted_titles() -> dict[str, str]:
    """Name what an act may note, in the order in which it is told."""
    return {
        "budget": gettext("Anggaran"),
        "contract_value": gettext("Nilai kontrak"),
        "percent": gettext("Kemajuan"),
        "progress": gettext("Kemajuan"),
        "spent": gettext("Sudah dibayar"),
        "planned_end": gettext("Rencana selesai"),
        "started_on": gettext("Mulai"),
        "finished_on": gettext("Tanggal selesai"),
        "old_value": gettext("Nilai semula"),
        "new_value": gettext("Nilai baru"),
        "old_end": gettext("Rencana selesai semula"),
        "new_end": gettext("Rencana selesai baru"),
    }


def amounts(work: Row[Any]) -> list[Amount]:
    """Put the money of a work side by side."""
    told = (
        (gettext("Dianggarkan"), work.budget),
        (gettext("Nilai kontrak"), work.contract_value),
        (gettext("Sudah dibayar"), work.spent),
    )
    largest = max((value or 0 for _, value in told), default=0)
    return [Amount(title, value, round(100 * (value or 0) / largest, 1) if largest else 0) for title, value in told]


def way(stage: str) -> list[tuple[str, str]]:
    """Give the stages in their order, each as done, now or next."""
    if stage not in WAY:
        return []
    here = WAY.index(stage)
    names = ("done", "now", "next")
    return [(in_language(BY_ID[each].title), names[(i > here) - (i < here) + 1]) for i, each in enumerate(WAY)]


def _written(name: str, value: Any) -> str:
    if name in MONEY:
        return rupiah(int(value))
    if name in DAYS:
        return day(date.fromisoformat(value))
    return f"{number(float(value), 0)} %"
