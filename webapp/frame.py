"""What frames every page: the regency's name, and the band that says which layers still hold sample data."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, g
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from layers.areas.queries import Regency, regency
from layers.layer import Layer
from layers.registry import menu
from webapp import remembered


@dataclass(frozen=True)
class Frame:
    """The regency's name, and its layers that still hold sample data, in the order of menus."""

    regency: str = ""
    sampled: tuple[Layer, ...] = ()

    @property
    def layers(self) -> int:
        """Count the layers of the map."""
        return len(menu())

    @property
    def all_sampled(self) -> bool:
        """Say whether nothing on the map is real yet."""
        return len(self.sampled) == self.layers


def install(app: Flask) -> None:
    """Lend every template what the frame shows."""
    app.jinja_env.globals.update(frame=frame)


def home_regency(connection: Connection) -> Regency | None:
    """Tell which regency this installation serves, read once a request."""
    if "regency" not in g:
        g.regency = regency(connection)
    return cast(Regency | None, g.regency)


def frame() -> Frame:
    """Tell what the frame shows, read once a request."""
    if "frame" not in g:
        g.frame = _read()
    return cast(Frame, g.frame)


def _read() -> Frame:
    """Read what the frame shows; nothing while the database is away or busy, so that pages of errors still show."""
    try:
        with current_app.extensions["engine"].connect() as connection:
            home = home_regency(connection)
            sampled = remembered.sampled_layers(connection)
    except (DBAPIError, PoolTimeout):
        return Frame()
    return Frame(home.name if home else "", tuple(layer for layer in menu() if layer.id in sampled))
