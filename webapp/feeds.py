"""Feeds (Atom with GeoRSS) as every room writes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response, render_template, request

from webapp.markup import fit_for_xml

ATOM = "application/atom+xml"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # of a feed in which nothing has happened yet


@dataclass(frozen=True)
class Entry:
    """One entry as a feed shows it: the page it is about, and a `mark` that tells several about one page apart."""

    page: str
    title: str
    text: str
    changed_at: datetime
    lon: float
    lat: float
    mark: str = ""
    category: str = ""


def feed(title: str, page: str, entries: Iterable[Entry], changed_at: datetime = NEVER) -> Response:
    """Write a feed; who has the newest already gets no body.

    `changed_at` is when something that is told besides the entries changed, such as the title.
    """
    listed = list(entries)
    updated = max(changed_at, *(entry.changed_at for entry in listed), NEVER)
    written = render_template("feed.xml", title=title, page=page, entries=listed, updated=updated)
    response = Response(fit_for_xml(written), mimetype=ATOM)
    response.cache_control.no_cache = True
    response.last_modified = updated
    response.add_etag()
    response.make_conditional(request)
    return response
