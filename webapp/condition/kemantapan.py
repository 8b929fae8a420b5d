"""Kemantapan: how much of the roads is baik or sedang, of the whole regency, by status and by kecamatan."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext

from layers.areas.naming import named
from layers.areas.queries import regency
from layers.layer import Text
from layers.roads import CONDITIONS, STATUSES
from layers.roads.queries import Lengths, lengths_in_regency, together
from webapp.extensions import reading


@dataclass(frozen=True)
class Line:
    """One row: a name in both languages, and its lengths by class."""

    name: Text
    lengths: Lengths


def show() -> str:
    """Show the whole first, then who owns the roads, then where they lie."""
    with reading() as connection:
        home = regency(connection)
        found = lengths_in_regency(connection, home.code) if home else {}
        names = {code: area.name for code, area in named(connection, {code for code, _ in found}).items()}
    everything = together(found.values())
    statuses = [Line(one.title, _sum(found, status=one.id)) for one in STATUSES]
    districts = [
        Line(Text(name, name), _sum(found, code=code)) for code, name in sorted(names.items(), key=lambda one: one[1])
    ]
    tables = ((gettext("Menurut status"), statuses), (gettext("Menurut kecamatan"), districts))
    shown = [(title, [line for line in lines if line.lengths.total_m]) for title, lines in tables]
    return render_template("condition/kemantapan.html", home=home, whole=everything, tables=shown, classes=CONDITIONS)


def _sum(found: dict[tuple[str, str], Lengths], code: str = "", status: str = "") -> Lengths:
    """Add up what is of a kecamatan or of a status."""
    held: Iterable[Lengths] = (
        lengths for (of, owner), lengths in found.items() if code in ("", of) and status in ("", owner)
    )
    return together(held)
