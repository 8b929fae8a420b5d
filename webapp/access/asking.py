"""Which ways a page of access is asked about; nonsense gets 400 and a sentence."""

from collections.abc import Mapping, Sequence
from json import dumps
from typing import Literal, cast, get_args
from urllib.parse import urlencode

from flask import Response, abort
from flask_babel import gettext

from layers.access import SHOWN_KIND, SHOWN_MODE
from layers.access.queries import Asked
from layers.offices.kinds import KINDS
from layers.roads.speeds import MODES, SEASONS
from webapp import question

Level = Literal["desa", "kecamatan", "permukiman"]
Drawn = Literal["desa", "kotak"]
SORTS = ("name", "district", "minutes", "people", "share", "unreachable")


def asked(arguments: Mapping[str, str]) -> Asked:
    """Read which ways are meant."""
    return Asked(
        _chosen(arguments, "kind", [kind.id for kind in KINDS], SHOWN_KIND),
        _chosen(arguments, "mode", MODES, SHOWN_MODE),
        _chosen(arguments, "season", SEASONS, "hujan"),
        question.search(arguments.get("kecamatan", "")),
    )


def level(arguments: Mapping[str, str]) -> Level:
    """Read what the lines of a table are."""
    return cast(Level, _chosen(arguments, "tingkat", get_args(Level), "desa"))


def drawn(arguments: Mapping[str, str]) -> Drawn:
    """Read what the map shows: villages, or the cells of the raster of people."""
    return cast(Drawn, _chosen(arguments, "peta", get_args(Drawn), "desa"))


def sort(arguments: Mapping[str, str]) -> tuple[str, bool]:
    """Read by what a table is sorted, and whether the other way round."""
    written = arguments.get("sort") or "-minutes"
    name = written.removeprefix("-")
    if name not in SORTS:
        abort(400, gettext("Daftar ini tidak dapat diurutkan menurut kolom itu."))
    return name, written.startswith("-")


def address(path: str, **asked: object) -> str:
    """Write an address with what it asks."""
    return f"{path}?{urlencode(asked)}"


def json(document: object) -> Response:
    """Answer a document as GeoJSON."""
    return Response(dumps(document), mimetype="application/geo+json")


def _chosen(arguments: Mapping[str, str], name: str, known: Sequence[str], usual: str) -> str:
    value = arguments.get(name) or usual
    if value not in known:
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    return value
