"""How the screens speak: Indonesian first, English second, with numbers, distances and dates in either form."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask import Flask, Response, current_app, g, request
from flask_babel import Babel, get_locale, gettext

from geo.geodesy import wind
from layers.areas.estimates import told
from layers.layer import Text
from layers.records.preferences import TIME_ZONE, preference
from webapp.media import wants_html

LANGUAGES = ("id", "en")
COOKIE = "lang"
COOKIE_AGE = timedelta(days=365)
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def install(app: Flask) -> None:
    """Tie translations, the language cookie and the filters of templates to the application."""
    Babel(app, default_locale=LANGUAGES[0], locale_selector=language)
    app.after_request(_remember_language)
    app.jinja_env.filters.update(
        text=in_language,
        people_source=people_source,
        within=within,
        number=number,
        score=score,
        distance=distance,
        direction=direction,
        day=day,
        clock=clock,
        moment=moment,
        rupiah=rupiah,
        rupiah_about=rupiah_about,
    )
    app.jinja_env.globals.update(language=language, other_language=other_language, in_other_language=in_other_language)


def language() -> str:
    """Give the language of this request: as asked in the address, else as remembered, else Indonesian.

    Programs may ask by Accept-Language too; browsers send it unasked, often in English, so pages do not heed it.
    """
    if "language" not in g:
        g.language = _asked_language()
    return g.language  # type: ignore[no-any-return]


def _asked_language() -> str:
    for_program = request.blueprint in ("api", "ogc") and not wants_html()
    accepted = request.accept_languages.best_match(LANGUAGES) if for_program else None
    asked: tuple[str | None, ...] = (request.args.get(COOKIE), request.cookies.get(COOKIE), accepted)
    return next((known for known in asked if known in LANGUAGES), LANGUAGES[0])


def other_language() -> str:
    """Give the language that this request is not in."""
    return LANGUAGES[1 - LANGUAGES.index(language())]


def in_other_language() -> str:
    """Give the address of this page in the other language."""
    return f"?{urlencode({**request.args.to_dict(), COOKIE: other_language()})}"  # a path could read as a host


def in_language(text: Text) -> str:
    """Pick the words of a layer, field or choice in the language of this request."""
    return text.en if language() == "en" else text.id


def people_source(kept: str) -> str:
    """Tell where numbers of people come from, as part of a sentence."""
    return in_language(told(kept))


def within(title: str) -> str:
    """Write a title as part of a sentence: a small first letter, but for abbreviations such as SD and Wi-Fi."""
    first = title.split(maxsplit=1)[0] if title else ""
    return title[:1].lower() + title[1:] if first[1:].isalpha() and first[1:].islower() else title


def number(value: float, digits: int = 1) -> str:
    """Write a number with the separators of the language: 1.234,5 or 1,234.5."""
    pattern = "#,##0." + "#" * digits if digits else "#,##0"
    return str(format_decimal(value, format=pattern, locale=get_locale()))


def score(value: float) -> str:
    """Write a score from 0 to 1 with all its decimals, so that a column of them lines up: 0,380 above 0,763."""
    return str(format_decimal(value, format="0.000", locale=get_locale()))


def rupiah(amount: int) -> str:
    """Write an amount of money in full: Rp1.250.000.000."""
    return f"Rp{number(amount, 0)}"


def rupiah_about(amount: int) -> str:
    """Write an amount of money as people say it: Rp1,25 miliar, Rp900 juta."""
    scales = ((10**12, gettext("triliun")), (10**9, gettext("miliar")), (10**6, gettext("juta")))
    large = next((scale for scale in scales if amount >= scale[0]), None)
    return rupiah(amount) if large is None else f"Rp{number(amount / large[0], 2)} {large[1]}"


def distance(metres: float) -> str:
    """Write a distance as people say it: 850 m, 1,2 km, 39 km."""
    if metres < 995:
        return f"{round(metres, -1):.0f} m"
    kilometres = metres / 1000
    return f"{number(kilometres, 0 if kilometres >= 9.95 else 1)} km"


def direction(degrees: float) -> str:
    """Name the wind's eighth that a bearing points to, with degrees clockwise from north."""
    return wind(degrees, language())


def day(value: date, year: bool = True) -> str:
    """Write a day: 9 Desember 2026, or with its weekday and no year: Rabu 9 Desember."""
    if year:
        return str(format_date(value, "d MMMM y", locale=get_locale()))
    return str(format_date(value, "EEEE d MMMM", locale=get_locale()))


def clock(value: datetime) -> str:
    """Write the time of day in the regency's zone: 07.30, or 07:30 in English."""
    pattern = "HH:mm" if language() == "en" else "HH.mm"
    return str(format_time(value.astimezone(zone()), pattern, locale=get_locale()))


def moment(value: datetime) -> str:
    """Write a moment with its zone: 9 Desember 2026 07.30 WIB."""
    local = value.astimezone(zone())
    return f"{day(local.date())} {clock(local)} {ZONE_NAMES.get(zone().key, local.tzname())}"


def zone() -> ZoneInfo:
    """Give the regency's time zone, read once a request, over a pool of which it holds no connection meanwhile."""
    if "zone" not in g:
        with current_app.extensions["questions"].connect() as connection:
            g.zone = ZoneInfo(preference(connection, TIME_ZONE))
    return g.zone  # type: ignore[no-any-return]


def _remember_language(response: Response) -> Response:
    if request.args.get(COOKIE) in LANGUAGES:
        response.set_cookie(COOKIE, language(), max_age=COOKIE_AGE, samesite="Lax", httponly=True)
    return response
