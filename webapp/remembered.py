"""What is dear to find out, or asked all the time, and stays true for a while: counts, sources, the calendar."""

from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from typing import TypeVar, cast

from cachetools import LRUCache, TTLCache
from flask import current_app, g
from sqlalchemy import Connection

from layers import features, legend, provenance, sample
from layers.features import Extent
from layers.layer import Layer
from layers.provenance import Origin
from layers.query import Query
from layers.records import versions
from layers.records.calendar import Calendar, calendar
from layers.records.versions import States
from layers.registry import layers
from layers.search import Place, find_places, searched
from webapp.tile_cache import TileCache

ANSWERS = 2_000
SEARCHES = 100  # each of up to some hundred places
CALENDAR_S = 5  # so soon a holiday that somebody enters counts
Answer = TypeVar("Answer")

changing = Lock()
asking_calendar = Lock()  # of its own: who waits for the database must not keep others from what is known


def states(connection: Connection) -> States:
    """Tell the state of every layer, read once a request."""
    if "states" not in g:
        g.states = versions.states(connection)
    return cast(States, g.states)


def extent(connection: Connection, layer: Layer) -> Extent:
    """Tell where and when a layer's features lie."""
    return answer(layer, "extent", lambda: features.extent(connection, layer))


def number(connection: Connection, query: Query) -> int:
    """Count what a query finds on all its pages."""
    return answer(query.layer, _asked(query), lambda: features.count(connection, query))


def counts(connection: Connection, layer: Layer) -> dict[str, int]:
    """Count a layer's features by the values of its classifying field."""
    return answer(layer, "counts", lambda: legend.counts(connection, layer))


def origins(connection: Connection, layer: Layer) -> list[Origin]:
    """List the sources of a layer's rows, the largest first."""
    return answer(layer, "origins", lambda: provenance.origins(connection, layer))


def sources(connection: Connection, layer: Layer) -> list[str]:
    """List the names of a layer's sources."""
    return answer(layer, "sources", lambda: provenance.sources(connection, layer))


def sampled_layers(connection: Connection) -> set[str]:
    """Name the layers that still show sample data."""
    return _remembered_of(layers().values(), "sampled", lambda: sample.sampled_layers(connection))


def places(connection: Connection, text: str, limit: int) -> list[Place]:
    """Find the places whose names look most like a text."""
    return _remembered_of(
        searched(), (text, limit), lambda: find_places(connection, text, limit), "remembered places", SEARCHES
    )


def working_calendar(connection: Connection) -> Calendar:
    """Give the working calendar as it was at most 5 s ago."""
    kept: TTLCache[str, Calendar] = current_app.extensions.setdefault("calendar", TTLCache(1, CALENDAR_S))
    with asking_calendar:
        if "calendar" not in kept:
            kept["calendar"] = calendar(connection)
        return kept["calendar"]


def _asked(query: Query) -> Hashable:
    """Tell queries apart by what they find on all their pages."""
    return tuple(sorted(query.filters.items())), query.bbox, query.during, query.search


def answer(layer: Layer, question: Hashable, find: Callable[[], Answer]) -> Answer:
    """Answer as before while the layer has the same version, else find out."""
    return _remembered_of([layer], question, find)


def _remembered_of(
    asked: Iterable[Layer],
    question: Hashable,
    find: Callable[[], Answer],
    shelf: str = "remembered",
    room: int = ANSWERS,
) -> Answer:
    """Answer as before while the layers have the same versions, else find out; a shelf keeps the latest answers."""
    tiles: TileCache = current_app.extensions["tiles"]
    key = (*((layer.id, tiles.version(layer)) for layer in asked), question)
    kept: LRUCache[Hashable, object] = current_app.extensions.setdefault(shelf, LRUCache(room))
    with changing:
        if key in kept:
            return cast(Answer, kept[key])
    found = find()
    with changing:
        kept[key] = found
    return found
