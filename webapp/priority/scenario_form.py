"""The form of a scenario: what it offers to change, and what was chosen."""

from collections.abc import Mapping
from typing import Any

from flask import abort, request
from flask_babel import gettext
from sqlalchemy import Connection

from layers.areas.queries import villages
from layers.offices.kinds import KINDS
from layers.priority.criteria import OWN
from layers.priority.places import OPENED, is_place, movable
from layers.priority.ranking import board, candidates
from layers.priority.units import COLLECTION, LINK, UNITS
from layers.roads import STATUSES
from layers.waste import KINDS as WASTE
from webapp import arguments
from webapp.language import in_language

OFFERED, LINKS, MOST = 12, 4, 40
TITLES = {kind.id: kind.title for kind in KINDS} | {kind.id: kind.title for kind in WASTE if kind.id == COLLECTION}
WORKS, PLACES = "road:", "place:"


def offered(connection: Connection) -> dict[str, Any]:
    """Offer the candidates that come first, those that a name finds, and what the address has chosen already."""
    words, wished = arguments.words(request.args).lower(), request.args.get("road", "")
    ranked = _ranked(connection, "ruas") + _ranked(connection, LINK)
    first = [row for unit, count in (("ruas", OFFERED), (LINK, LINKS)) for row in _first(ranked, unit, count)]
    every = ranked + (_searched(connection) if words or wished else [])
    found = [row for row in every if words and words in (row["name"] or "").lower()]
    chosen = [row for row in every if row["source_id"] == wished]
    return {
        "rows": list({row["source_id"]: row for row in [*chosen, *found, *first]}.values())[:MOST],
        "wished": wished,
        "words": words,
        "places": movable(connection, words),
        "villages": villages(connection),
        "village": request.args.get("village", ""),
        "kinds": kinds(),
        "kind": request.args.get("kind", ""),
        "titles": TITLES,
        "owners": {one.id: one.title for one in STATUSES if one.id not in OWN},
    }


def _searched(connection: Connection) -> list[Mapping[str, Any]]:
    """List what is found by its name alone: roads of other owners, which flood too, and parts of roads."""
    return candidates(connection, "ruas", own=False) + [
        row for own in (True, False) for row in candidates(connection, "bagian", own)
    ]


def _ranked(connection: Connection, unit: str) -> list[Mapping[str, Any]]:
    of = UNITS[unit]
    return list(board(candidates(connection, unit, own=True), of.usual, "weighted_sum", of.measures).rows)


def _first(ranked: list[Mapping[str, Any]], unit: str, count: int) -> list[Mapping[str, Any]]:
    return [row for row in ranked if row["unit"] == unit][:count]


def kinds() -> list[tuple[str, str]]:
    """List what may be opened."""
    return [(kind, in_language(TITLES[kind])) for kind in OPENED]


def asked() -> dict[str, Any]:
    """Read what was chosen; refuses with 400 what makes no scenario."""
    works, places = (_acts(prefix) for prefix in (WORKS, PLACES))
    kind, village = request.form.get("kind", ""), request.form.get("village", "")
    moved = _of(places, "move")
    if kind and kind not in OPENED:
        abort(400, gettext("Jenis kantor ini tidak dikenal; pilih dari daftar."))
    if not all(map(is_place, places)):
        abort(400, gettext("Kantor atau TPS ini tidak dikenal; pilih dari daftar."))
    if (kind or moved) and not village:
        abort(400, gettext("Pilih desa tempat kantor atau TPS itu dibuka."))
    found = {
        "repair": _of(works, "repair"),
        "close": _of(works, "close"),
        "wet": "wet" in request.form,
        "kind": kind,
        "village": village if kind or moved else "",
        "shut": _of(places, "shut"),
        "move": moved,
    }
    if not any(found.values()):
        abort(400, gettext("Pilih paling sedikit satu perubahan: perbaiki, bangun, tutup, pindah, buka, atau hujan."))
    return found


def _acts(prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): act for key, act in request.form.items() if key.startswith(prefix) and act}


def _of(acts: Mapping[str, str], act: str) -> list[str]:
    return sorted(key for key, chosen in acts.items() if chosen == act)
