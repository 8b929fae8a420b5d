"""The page of waste: who is too far from a TPS, as a sentence, a map and a table; what is full or too near."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Response, render_template, request
from sqlalchemy import Connection

from geo.svgmap import path
from layers.areas.queries import district_names
from layers.overview.queries import shapes
from layers.waste import KINDS
from layers.waste_service import CLASSES, LAYER
from layers.waste_service.queries import Line, Site, districts, people_source, sites, together, villages
from layers.waste_service.standards import standards
from webapp import arguments, freshness
from webapp.csv_answer import csv_answer
from webapp.extensions import reading
from webapp.sheet import Pin, Shape, Sheet, home_view, sheet
from webapp.waste import asking

MOST_LINES = 100  # the file holds all
COLOURS = {choice.id: choice for choice in CLASSES}
TITLES = {kind.id: kind.title for kind in KINDS}
FULL_COLOUR, OTHER_COLOUR = "#b2182b", "#5b7f7c"
DROP_OFF = ("tps", "tps3r")
COLUMNS = ("name", "district", "code", "people", "far", "far_share", "limit_m", "metres", "waste_m3", "reports")
SITE_COLUMNS = (
    *("id", "name", "kind", "village_code", "village", "lon", "lat", "capacity", "capacity_unit", "pickup_days"),
    *("people", "nearest_people", "waste_m3", "gap_days", "fill_m3", "capacity_m3", "fullness", "standing"),
    *("river_m", "near_river", "homes_m", "near_homes", "reports"),
)


def show() -> str:
    """Show who is too far from a TPS, and which sites are full or too near."""
    level, district, now = asking.level(request.args), asking.district(request.args), datetime.now(UTC)
    with reading() as connection:
        every, known = villages(connection, now, district), sites(connection, now)
        lines = _sorted(districts(every) if level == "kecamatan" else every)
        full = [site for site in known if site.is_full]
        page: dict[str, Any] = {
            "level": level,
            "district": district,
            "lines": lines[:MOST_LINES],
            "number": len(lines),
            "whole": together(every),
            "counts": Counter(line.kind for line in every),
            "sites": known,
            "judged": [site for site in known if site.kind in DROP_OFF],
            "full": full,
            "near": [site for site in known if site.is_near],
            "rivers": any(site.river_m is not None for site in known),
            "standards": standards(connection),
            "people_source": people_source(connection),
            "freshness": freshness.told(connection, LAYER),
            "districts": district_names(connection),
            "sheet": _drawn(connection, every, known, full),
        }
    return render_template("waste/page.html", colours=COLOURS, layer=LAYER, classes=CLASSES, titles=TITLES, **page)


def table() -> Response:
    """Send all lines of the table as CSV; numbers as they are kept, shares from 0 to 1."""
    level, district = asking.level(request.args), asking.district(request.args)
    with reading() as connection:
        every = villages(connection, datetime.now(UTC), district)
    lines = _sorted(districts(every) if level == "kecamatan" else every)
    rows = [[getattr(line, name) for name in COLUMNS] for line in lines]
    return csv_answer(f"layanan-sampah-{level}.csv", COLUMNS, rows)


def sites_table() -> Response:
    """Send all sites as CSV."""
    with reading() as connection:
        known = sites(connection, datetime.now(UTC))
    rows = [[getattr(site, name) for name in SITE_COLUMNS] for site in known]
    return csv_answer("tempat-sampah.csv", SITE_COLUMNS, rows)


def _drawn(connection: Connection, lines: Sequence[Line], known: Sequence[Site], full: Sequence[Site]) -> Sheet:
    """Draw the villages in the colours of their shares, full sites with their number in the list, others as dots."""
    view = arguments.view(request.args, home_view(connection))
    by_id = {line.id: line for line in lines if line.id is not None}
    marks = [_shape(by_id[i], path(shape, 0.8)) for i, shape in shapes(connection, LAYER, list(by_id), view).items()]
    pins = [_pin(site, str(number), FULL_COLOUR) for number, site in enumerate(full, start=1)]
    pins += [_pin(site, "", OTHER_COLOUR) for site in known if not site.is_full]
    return sheet(connection, view, pins, marks)


def _pin(site: Site, label: str, colour: str) -> Pin:
    return Pin(site.lon, site.lat, site.name or "", label, colour=colour, href=f"/layers/waste/{site.id}")


def _shape(line: Line, drawing: str) -> Shape:
    look = COLOURS[line.kind]
    return Shape(drawing, line.name, look.colour, 0.8, filled=not look.dashed, dashed=look.dashed)


def _sorted(lines: list[Line]) -> list[Line]:
    """Sort as the address asks; what is not known comes last."""
    name, backwards = asking.sort(request.args)
    known = [line for line in lines if getattr(line, name) is not None]
    unknown = [line for line in lines if getattr(line, name) is None]
    return sorted(known, key=lambda line: getattr(line, name), reverse=backwards) + unknown
