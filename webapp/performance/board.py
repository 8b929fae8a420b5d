"""What a page of figures shows: the board in words, its chart, its maps; the same for the public and for staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any

from babel.dates import format_date
from cachetools import LRUCache, cached
from cachetools.keys import hashkey
from flask_babel import get_locale, gettext
from sqlalchemy import Connection

from layers.complaints import figures
from layers.complaints.categories import CATEGORIES
from layers.complaints.figures import Asked, Board, Figures, Standing
from layers.hotspots.queries import hottest, spots
from layers.overview.queries import state
from layers.records.agencies import agencies
from webapp import remembered
from webapp.language import in_language, language
from webapp.performance.asking import Wish, beginning
from webapp.performance.charts import Chart, Line, chart
from webapp.performance.maps import Choropleth, choropleth, outlines, patches
from webapp.sheet import Sheet, home_view, sheet

HOTTEST = 5
KEPT = 500  # boards that a web worker remembers


@dataclass(frozen=True)
class Page:
    """The figures that somebody asked for, with what everything in them is called."""

    wish: Wish
    standing: Standing
    asked: Asked
    board: Board
    titles: Mapping[str, Mapping[str, str]]

    @cached_property
    def lines(self) -> list[Line]:
        """List the lines of the table: months in their order, all else by what came in, the unknown last."""
        found = self.board.by[self.wish.by]
        if self.wish.by == "month":
            return [_month_line(month, found) for month in _months(self.asked, self.standing)]
        keys = sorted(found, key=lambda key: (key == "", -found[key].received, self.called(key)))
        return [Line(key, self.called(key), self.called(key), found[key]) for key in keys]

    @cached_property
    def chart(self) -> Chart:
        """Lay out the chart of the table."""
        return chart(self.lines, upright=self.wish.by == "month")

    def called(self, key: str) -> str:
        """Name a line's agency, category or kecamatan."""
        return self.titles[self.wish.by].get(key, key) if key else str(gettext("Belum diketahui"))


def page(connection: Connection, wish: Wish, standing: Standing, asked: Asked) -> Page:
    """Find the figures of a wish."""
    return Page(wish, standing, asked, board(connection, asked, standing.counted_at), titles(connection))


@cached(LRUCache(KEPT), key=lambda _, *asked: hashkey(*asked), lock=Lock())
def board(connection: Connection, asked: Asked, _counted_at: object) -> Board:
    """Ask for a board, anew only once the figures have been counted again."""
    return figures.board(connection, asked)


def titles(connection: Connection) -> dict[str, dict[str, str]]:
    """Say what agencies, categories and kecamatan are called in the language of the request, in the order of menus."""
    english = language() == "en"
    return {
        "agency": {each.id: (english and each.name_en) or each.name for each in agencies(connection)},
        "category": {choice.id: in_language(choice.title) for choice in CATEGORIES},
        "district": {each.code: each.name for each in outlined(connection)},
    }


def outlined(connection: Connection) -> Any:
    """Give the outlines of the kecamatan in the view of the regency."""
    return outlines(connection, home_view(connection), state(remembered.states(connection)))


def map_of(connection: Connection, shown: Page) -> tuple[Sheet, Choropleth]:
    """Lay out the map of the kecamatan by the measure that was asked for."""
    ground = sheet(connection, home_view(connection))
    return ground, choropleth(outlined(connection), shown.board.by["district"], shown.wish.measure)


def gathering(connection: Connection) -> dict[str, Any]:
    """Give what the page says of hot spots: where they are, the strongest of them, and which days were counted."""
    known = _spots(connection, home_view(connection), remembered.states(connection).of("hotspots"))
    return {"patches": known[0], "days": known[1], "hottest": known[2]}


@cached(LRUCache(8), key=lambda _, *asked: hashkey(*asked), lock=Lock())
def _spots(connection: Connection, view: Any, _state: str) -> tuple[Any, ...]:
    found = spots(connection)
    days = (found[0].since, found[0].until) if found else None
    return patches(found, view), days, hottest(connection, HOTTEST)


def month_words(month: date, short: bool = False) -> str:
    """Write a month: November 2026, or Nov."""
    return str(format_date(month, "MMM" if short else "MMMM y", locale=get_locale()))


def _month_line(month: date, found: Mapping[str, Figures]) -> Line:
    known = found.get(month.isoformat(), Figures())
    return Line(month.isoformat(), month_words(month), month_words(month, short=True), known)


def _months(asked: Asked, known: Standing) -> list[date]:
    """List the months of a period, without those that are still to come."""
    last = min(asked.until, max(known.last or asked.since, known.counted_at.date().replace(day=1)))
    first = beginning(asked, known)
    number = (last.year - first.year) * 12 + last.month - first.month
    steps = [divmod(first.month - 1 + step, 12) for step in range(max(number, 0) + 1)]
    return [date(first.year + years, index + 1, 1) for years, index in steps]
