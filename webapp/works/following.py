"""Following a work: by an address whose owner says yes to a letter, or by a feed."""

from flask import Response, redirect
from flask_babel import gettext

from layers.works import queries
from layers.works.following import ask_to_follow, followable
from webapp import agreement, feeds
from webapp.extensions import engine, reading, settings
from webapp.feeds import Entry
from webapp.language import language
from webapp.works import words
from webapp.works.detail import found, page
from webapp.works.lists import HERE


def follow(work_id: int) -> Response:
    """Ask the owner of an address by a letter; what will not do is shown again as it was typed."""
    problems = agreement.wrong()
    with engine().begin() as connection:
        work = found(connection, work_id)
        if not followable(work.stage):
            problems = {"email": str(gettext("Pekerjaan ini sudah berakhir, jadi tidak ada lagi yang dikabarkan."))}
        if not problems:
            email = agreement.typed()
            ask_to_follow(connection, settings().data_dir, work.id, email, agreement.consent(), language())
    if problems:
        return Response(page(work_id, problems), 422)
    return redirect(f"{HERE}/{work_id}?ikut=surat", 303)  # type: ignore[return-value]


def show_feed(work_id: int) -> Response:
    """Answer all that was done to a work, the newest first."""
    with reading() as connection:
        work = found(connection, work_id)
        stops = words.stops(queries.timeline(connection, work.number))
    here = f"{HERE}/{work_id}"
    entries = [
        Entry(here, stop.words, "\n".join(stop.details), stop.at, work.lon, work.lat, f"#{len(stops) - i}")
        for i, stop in enumerate(stops)
    ]
    return feeds.feed(f"{work.number}: {work.name}", here, entries)
