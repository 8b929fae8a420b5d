"""What the address of the desk asks for: it holds the whole state, so that a link shows somebody else the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Literal, cast, get_args

from flask import abort
from flask_babel import gettext

from layers.access import LAYER, SHOWN_KIND, SHOWN_MODE
from layers.access.queries import Asked
from layers.layer import Choice, Text
from layers.offices.kinds import KINDS
from layers.overview.pictures import Subject, subjects
from layers.roads.speeds import MODE_CHOICES, SEASON_CHOICES
from webapp import typed
from webapp.language import in_language

Layout = Literal["satu", "sanding", "geser"]
Method = Literal["kuantil", "jenks", "sendiri"]
LAYOUTS = (
    Choice("satu", Text("Satu peta", "One map")),
    Choice("sanding", Text("Dua peta bersanding", "Two maps side by side")),
    Choice("geser", Text("Dua peta bertumpuk, digeser", "Two maps over each other, to swipe")),
)
METHODS = (
    Choice("kuantil", Text("Kuantil: tiap kelas sama banyak", "Quantiles: as many in each class")),
    Choice("jenks", Text("Jenks: yang mirip sekelas", "Jenks: alike in one class")),
    Choice("sendiri", Text("Batas sendiri", "Own limits")),
)
FEWEST, USUAL, MOST = 2, 4, 7  # classes
LONGEST_MIN = 10_000.0
STATE = (
    *("kind", "mode", "season", "lapis2", "kind2", "mode2", "season2", "kecamatan", "tampilan"),
    *("kelas", "jumlah", "batas", "pilih", "sort", "view"),
)
LONGEST_STATE = 2_000  # letters of one parameter
SORTS = ("name", "minutes", "other", "people")


@dataclass(frozen=True)
class Wanted:
    """The state of the desk; `ways` are one or two, `limits` those typed, `problem` what is wrong with them.

    `beside` is the layer on the second map, where that shows no way.
    """

    ways: tuple[Asked, ...]
    beside: Subject | None
    district: str
    layout: Layout
    method: Method
    classes: int
    written: str
    limits: tuple[float, ...]
    problem: str
    picked: frozenset[str]


def wanted(arguments: Mapping[str, str]) -> Wanted:
    """Read the state of the desk; refuses nonsense with 400, save for limits, which stay to be mended."""
    layout = cast(Layout, _chosen(arguments, "tampilan", get_args(Layout), "satu"))
    method = cast(Method, _chosen(arguments, "kelas", get_args(Method), "kuantil"))
    written = arguments.get("batas", "").strip()[:LONGEST_STATE]
    limits, problem = own_limits(written) if method == "sendiri" else ((), "")
    picked = arguments.get("pilih", "")
    if len(picked) > LONGEST_STATE:
        abort(400, gettext("Terlalu banyak yang dipilih; pilih batang di bagan saja."))
    beside = None if layout == "satu" else second(arguments)
    return Wanted(
        _ways(arguments, "satu" if beside else layout),
        beside,
        arguments.get("kecamatan", ""),
        layout,
        method,
        int(_chosen(arguments, "jumlah", [str(n) for n in range(FEWEST, MOST + 1)], str(USUAL))),
        written,
        limits,
        problem,
        frozenset(filter(None, picked.split(","))),
    )


def second(arguments: Mapping[str, str]) -> Subject | None:
    """Read which layer the second map shows; None where it shows a way, as the first does."""
    offered = others()
    chosen = _chosen(arguments, "lapis2", ["", *offered], "")
    return offered.get(chosen)


def others() -> dict[str, Subject]:
    """List what the second map may show instead of a way, by its id: what can be drawn of all other layers."""
    return {key: subject for key, subject in subjects().items() if subject.layer.id != LAYER.id}


def kept(arguments: Mapping[str, str]) -> dict[str, str]:
    """Give what of an address makes up the state of the desk."""
    return {name: arguments[name] for name in STATE if arguments.get(name)}


def sort(arguments: Mapping[str, str]) -> tuple[str, bool]:
    """Read by what the table is sorted, and whether the other way round."""
    written = arguments.get("sort") or "-minutes"
    name = written.removeprefix("-")
    if name not in SORTS:
        abort(400, gettext("Daftar ini tidak dapat diurutkan menurut kolom itu."))
    return name, written.startswith("-")


def own_limits(written: str) -> tuple[tuple[float, ...], str]:
    """Read limits in minutes, such as "15; 30; 60", or say what is wrong with them."""
    read = [typed.number(part) for part in written.replace(";", " ").split()]
    limits = tuple(limit for limit in read if limit is not None)
    if len(limits) < len(read):
        return (), gettext("Batas kelas harus angka menit, dipisah titik koma: 15; 30; 60.")
    if not 1 <= len(limits) < MOST:
        return (), gettext("Tulis 1 sampai 6 batas kelas dalam menit, dipisah titik koma: 15; 30; 60.")
    if not all(isfinite(limit) and 0 < limit <= LONGEST_MIN for limit in limits):
        return (), gettext("Setiap batas kelas harus di atas 0 menit dan paling banyak 10.000 menit.")
    if any(later <= earlier for earlier, later in pairwise(limits)):
        return (), gettext("Batas kelas harus naik: tiap angka lebih besar dari angka sebelumnya, misalnya 15; 30; 60.")
    return limits, ""


def in_words(way: Asked) -> str:
    """Say which way is meant: Puskesmas, motor, musim hujan."""
    kind = next(kind.title for kind in KINDS if kind.id == way.kind)
    mode = next(choice.title for choice in MODE_CHOICES if choice.id == way.mode)
    season = next(choice.title for choice in SEASON_CHOICES if choice.id == way.season)
    return f"{in_language(kind)}, {in_language(mode).lower()}, {in_language(season).lower()}"


def _ways(arguments: Mapping[str, str], layout: Layout) -> tuple[Asked, ...]:
    """Read the ways that are asked for: of a swipe the same in the dry and in the wet."""
    first = _way(arguments, "", Asked(SHOWN_KIND, SHOWN_MODE, "hujan"))
    if layout == "geser":
        return Asked(first.kind, first.mode, "kering"), Asked(first.kind, first.mode, "hujan")
    other = "kering" if first.season == "hujan" else "hujan"
    second = _way(arguments, "2", Asked(first.kind, first.mode, other))
    return (first, second) if layout == "sanding" else (first,)


def _way(arguments: Mapping[str, str], number: str, usual: Asked) -> Asked:
    return Asked(
        _chosen(arguments, f"kind{number}", [kind.id for kind in KINDS], usual.kind),
        _chosen(arguments, f"mode{number}", [mode.id for mode in MODE_CHOICES], usual.mode),
        _chosen(arguments, f"season{number}", [season.id for season in SEASON_CHOICES], usual.season),
    )


def _chosen(arguments: Mapping[str, str], name: str, known: "list[str] | tuple[str, ...]", usual: str) -> str:
    value = arguments.get(name) or usual
    if value not in known:
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    return value
