"""The maps of the desk: the villages of each side over one ground, in the colours of their classes."""

from dataclasses import dataclass

from sqlalchemy import Connection

from geo.svgmap import path
from geo.view import View, position
from layers.access import LAYER
from layers.areas.queries import District
from layers.overview.queries import shapes
from webapp.planning.sides import Class, Desk
from webapp.sheet import around, home_view

SIMPLER_PX = 0.8


@dataclass(frozen=True)
class Village:
    """A village as it lies in the view: path data in pixels, and its class on the side where it is drawn."""

    code: str
    name: str
    path: str
    held: Class
    marks: frozenset[str]


def usual_view(connection: Connection, district: District | None) -> View:
    """Show the regency, or the kecamatan that was chosen."""
    if district is None:
        return home_view(connection)
    left, bottom, right, top = district.shape.bounds
    return around([position(left, bottom), position(right, top)])


def drawn(connection: Connection, desk: Desk, view: View) -> dict[str, list[Village]]:
    """Draw the villages of each side, by its letter; outlines are read once for both."""
    lines = {line.id: line for line in desk.sides[0].lines if line.id is not None}
    outlines = {
        lines[feature]: path(shape, SIMPLER_PX)
        for feature, shape in shapes(connection, LAYER, list(lines), view).items()
    }
    return {
        side.letter: [
            Village(line.code, line.name, outline, side.held[line.code], desk.marks(line))
            for line, outline in outlines.items()
            if line.code in side.held and outline
        ]
        for side in desk.sides
    }
