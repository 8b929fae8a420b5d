"""A choice of works as its page and its report show it: by year and numbered, rules in words, on the map."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext
from sqlalchemy import Connection

from geo.svgmap import path
from layers.areas.queries import districts
from layers.overview.queries import shapes
from layers.priority import LAYER, runs
from layers.priority.budget_questions import Asked, RuleAsked, read
from layers.priority.ranking import candidates
from layers.priority.runs import Run
from webapp import arguments
from webapp.language import number
from webapp.priority.curves import curve
from webapp.sheet import Pin, Shape, Sheet, home_view, sheet, view_of

WIDTH, NUMBERED = 3.5, 40
SHORT_M = 150  # a part shorter than this begins and ends at the same tenth of a kilometre, or nearly
COLOURS = ("#0b6e69", "#7b3294", "#b8630a", "#2b5cad", "#5d5644")  # of the years, one after the other


@dataclass(frozen=True)
class Chosen:
    """A work that was chosen, by its number on the map: cost in rupiah, what it alone brings, its row of today."""

    number: int
    key: str
    name: str
    cost: float
    alone: float
    row: Mapping[str, Any] | None

    @property
    def treatment(self) -> str:
        """Name what is done there; empty where the road is on the list no more."""
        return (self.row["treatment"] or "") if self.row else ""


@dataclass(frozen=True)
class Year:
    """A year's works with its colour: rupiah budgeted and spent, what they deliver together, what their sum claims."""

    year: int
    colour: str
    budget: float
    cost: float
    delivered: float
    claimed: float
    works: tuple[Chosen, ...]


def told(connection: Connection, run: Run) -> dict[str, Any]:
    """Gather what a choice that is worked out says, wherever it is shown."""
    answer, asked = run.answer or {}, read(run.asked)
    rows = {row["source_id"]: row for unit in ("ruas", "bagian") for row in candidates(connection, unit, own=True)}
    names = {key: called(row) for key, row in rows.items()}
    areas = {one.code: one.name for one in districts(connection)}
    return {
        "run": run,
        "asked": asked,
        "answer": answer,
        "rows": rows,
        "names": names,
        "years": list(years(asked, answer, rows, names)),
        "rules": [(worded(one["rule"], names, areas), one["cost"]) for one in answer["rules"]],
        "curve": curve(answer["curve"], sum(asked.budgets)),
        "changed": runs.changed(connection, run),
    }


def called(row: Mapping[str, Any]) -> str:
    """Name a candidate as people do; a part of a road by where it lies."""
    road = str(row["name"] or gettext("jalan tanpa nama"))
    if row["from_m"] is None:
        return road
    digits = 1 if row["to_m"] - row["from_m"] >= SHORT_M else 2
    start, end = (number(row[name] / 1000, digits) for name in ("from_m", "to_m"))
    return f"{road} {gettext('km %(a)s–%(b)s', a=start, b=end)}"


def years(
    asked: Asked, answer: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]
) -> Iterator[Year]:
    """Take an answer apart year by year, all works numbered in one row."""
    n = 0
    for i, plan in enumerate(answer["years"]):
        works = tuple(
            Chosen(at, one["key"], names.get(one["key"], one["key"]), one["cost"], one["alone"], rows.get(one["key"]))
            for at, one in enumerate(plan["works"], n + 1)
        )
        n += len(works)
        sums = {name: plan[name] for name in ("budget", "cost", "delivered", "claimed")}
        yield Year(asked.first_year + i, COLOURS[i], works=works, **sums)


def worded(rule: RuleAsked, names: Mapping[str, str], areas: Mapping[str, str]) -> str:
    """Say a rule in words."""
    kind, *about = rule
    if kind == "share":
        code, least, most = about
        share = gettext(
            "%(least)s sampai %(most)s %% anggaran", least=number(100 * least, 1), most=number(100 * most, 1)
        )
        return f"{areas.get(code, code)}: {share}"
    works = [names.get(key, key) for key in about]
    if kind == "not_both":
        return f"{gettext('Tidak keduanya')}: {' / '.join(works)}"
    return f"{works[0]}: {gettext('harus') if kind == 'must' else gettext('jangan')}"


def drawn(connection: Connection, chosen: list[Year]) -> Sheet:
    """Draw the chosen works in the colours of their years, each with its number."""
    placed = {work.row["id"]: (year.colour, work) for year in chosen for work in year.works if work.row}
    spots = [(work.row["lon"], work.row["lat"]) for _, work in placed.values() if work.row]
    view = arguments.view(request.args, view_of(spots, home_view(connection)))
    lines = shapes(connection, LAYER, list(placed), view)
    marks = [Shape(path(line, 0.6), placed[i][1].name, placed[i][0], WIDTH) for i, line in lines.items()]
    pins = [
        Pin(*spot, work.name, str(work.number), colour=colour, href=f"#kerja-{work.number}")
        for spot, (colour, work) in zip(spots, placed.values(), strict=True)
    ]
    return sheet(connection, view, pins[:NUMBERED], marks)
