"""Feeds of complaints (Atom with GeoRSS): all, of a village or kecamatan, of a category, and the steps of one case."""

from datetime import UTC, datetime

from flask import Response, abort
from flask_babel import gettext

from layers.areas.naming import Named, named
from layers.complaints import queries
from layers.complaints.categories import CATEGORIES
from layers.complaints.feeds import Changed, latest
from webapp.complaints.case import heading
from webapp.extensions import reading
from webapp.feeds import Entry, feed
from webapp.language import in_language
from webapp.milestones import milestone


def show_all() -> Response:
    """Answer what changed last anywhere."""
    with reading() as connection:
        changed = latest(connection)
        areas = named(connection, (one.village_code for one in changed))
    return feed(gettext("Laporan warga"), "/layers/complaints", (_entry(one, areas) for one in changed))


def show_area(code: str) -> Response:
    """Answer what changed last in a village or kecamatan."""
    with reading() as connection:
        area = named(connection, [code]).get(code)
        if area is None or area.level == "kabupaten":
            abort(404, gettext("Desa atau kecamatan dengan kode ini tidak ada; periksa kodenya."))
        changed = latest(connection, area=code)
        areas = named(connection, (one.village_code for one in changed))
    title = gettext("Laporan warga di %(area)s", area=area.name)
    return feed(title, f"/layers/areas/{area.id}", (_entry(one, areas) for one in changed))


def show_category(category: str) -> Response:
    """Answer what changed last among complaints of a category."""
    known = next((choice for choice in CATEGORIES if choice.id == category), None)
    if known is None:
        abort(404, gettext("Jenis laporan ini tidak ada; pilih dari daftar laporan."))
    with reading() as connection:
        changed = latest(connection, category=category)
        areas = named(connection, (one.village_code for one in changed))
    title = gettext("Laporan warga: %(kind)s", kind=in_language(known.title))
    return feed(title, f"/layers/complaints?category={category}", (_entry(one, areas) for one in changed))


def show_case(number: str) -> Response:
    """Answer the public steps of one case; a secret one is not there for anybody."""
    with reading() as connection:
        case = queries.case(connection, number, datetime.now(UTC))
        if case is None:
            abort(404, gettext("Laporan dengan nomor ini tidak ada, atau tidak untuk umum; periksa nomornya."))
        title = heading(connection, case)
    entries = [
        Entry(
            f"/laporan/{number}",
            milestone(step),
            step.text or "",
            step.at,
            case.lon,
            case.lat,
            f"#{position}",
        )
        for position, step in enumerate(case.timeline, start=1)
        if step.told
    ]
    return feed(f"{number}: {title}", f"/laporan/{number}", reversed(entries), case.updated_at)


def _entry(changed: Changed, areas: dict[str, Named]) -> Entry:
    kind, village = in_language(changed.kind), areas.get(changed.village_code or "")
    plain = gettext("%(kind)s di %(village)s", kind=kind, village=village.name) if village else kind
    text = ". ".join(part for part in (in_language(changed.state.label), changed.story) if part)
    return Entry(
        f"/laporan/{changed.number}",
        f"{changed.title or plain} ({in_language(changed.state.label)})",
        text,
        changed.changed_at,
        changed.lon,
        changed.lat,
        category=changed.category,
    )
