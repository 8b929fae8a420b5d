"""Where the money goes: planned, agreed and spent by kecamatan and budget year, as bars and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, render_template, request
from flask_babel import gettext

from layers.works import queries
from layers.works.queries import Money
from webapp.extensions import reading

PARTS = ("planned", "agreed", "spent")


@dataclass(frozen=True)
class Line:
    """One kecamatan: its money in rupiah, and the lengths of its bars in percent of the longest."""

    name: str
    district: str
    works: int
    money: tuple[int, int, int]
    bars: tuple[float, float, float]


def show() -> str:
    """Show the money of one budget year, or of all."""
    with reading() as connection:
        known = queries.money(connection)
    years = sorted({one.year for one in known if one.year}, reverse=True)
    year = request.args.get("year", "")
    if year and year not in years:
        abort(404, gettext("Tidak ada pekerjaan pada tahun itu; pilih tahun lain."))
    chosen = [one for one in known if not year or one.year == year]
    return render_template(
        "works/money.html", lines=lines(chosen), total=total(chosen), years=years, year=year, by_year=by_year(known)
    )


def lines(known: Sequence[Money]) -> list[Line]:
    """Add up the years of each kecamatan, those with the most planned money first."""
    names = {one.district: one.name or gettext("letak belum diketahui") for one in known}
    sums = {district: total([one for one in known if one.district == district]) for district in names}
    counted = {district: sum(one.works for one in known if one.district == district) for district in names}
    longest = max((max(money) for money in sums.values()), default=0) or 1
    made = [Line(names[d], d, counted[d], sums[d], bars(sums[d], longest)) for d in names]
    return sorted(made, key=lambda line: -line.money[0])


def bars(money: tuple[int, int, int], longest: int) -> tuple[float, float, float]:
    """Give the lengths of three bars in percent."""
    planned, agreed, spent = (round(100 * amount / longest, 1) for amount in money)
    return planned, agreed, spent


def total(known: Sequence[Money]) -> tuple[int, int, int]:
    """Add up what was planned, agreed and spent, in rupiah."""
    planned, agreed, spent = (sum(getattr(one, part) for one in known) for part in PARTS)
    return planned, agreed, spent


def by_year(known: Sequence[Money]) -> list[tuple[str, tuple[int, int, int]]]:
    """Add up each budget year, the newest first; works without one come last."""
    years = sorted({one.year for one in known}, reverse=True)
    return [(year, total([one for one in known if one.year == year])) for year in years]
