"""Find a place by its name, also when it is misspelt or shortened, in every layer of lasting things."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, TextClause, text

from layers.db import HERE
from layers.layer import Layer
from layers.registry import layers

LEAST_ALIKE = 0.45  # of what was typed, in trigrams: "kemunng" still finds Kemuning, and not every name is like it
CLOSE = 0.8  # of the letters, in order: "kotabmi" has 0.93 of Kotabumi, "jakarta" 0.75 of Surakarta
SHARE = 40  # places a layer may bring
LONGEST = 100  # characters
WEIGHTS = {"MultiPolygon": 0.3, "Point": 0.1, "MultiLineString": 0.0, "Geometry": 0.0}
HINTS = {
    r"kabupaten|kab": "kabupaten",
    r"kecamatan|kec": "kecamatan",
    r"kelurahan|kel": "kelurahan",
    r"desa|ds": "desa",
    r"dusun|dsn": "dusun",
    r"jalan|jln|jl": "MultiLineString",
}
AREA_WORDS = re.compile(r"(?:,|\b(?:kabupaten|kab|kecamatan|kec|kelurahan|kel|desa|ds)\b\.?)\s*")
WORD = re.compile(r"\w+")
IN_FULL = {
    "sdn": "sd negeri",
    "smpn": "smp negeri",
    "sman": "sma negeri",
    "smkn": "smk negeri",
    "pkm": "puskesmas",
    "rs": "rumah sakit",
    "dukcapil": "kependudukan dan pencatatan sipil",
    "disdukcapil": "kependudukan dan pencatatan sipil",
}
PREFIXES = {"kabupaten": "Kab.", "kecamatan": "Kec.", "desa": "Desa", "kelurahan": "Kel."}


@dataclass(frozen=True)
class Spellings:
    """What to look for: the whole text, the ways to spell the name in it, the kind or form that a "kec." asks for."""

    whole: str
    names: tuple[str, ...]
    hint: str


@dataclass(frozen=True)
class Place:
    """A named place with the area it lies in ("Kec. Bukit Kemuning"); lon, lat a point on it in EPSG:4326."""

    layer: str
    id: int
    name: str
    kind: str
    context: str
    lon: float
    lat: float
    source: str


def find_places(connection: Connection, text: str, limit: int = 10) -> list[Place]:
    """Find the places whose names look most like the text, best first; an empty text finds none.

    Asks within one transaction, to which what counts as alike is bound.
    """
    typed = spellings(text)
    if not typed.names:
        return []
    connection.execute(_threshold(), {"least": str(LEAST_ALIKE)})
    wanted = {
        "typed": typed.whole,
        "spellings": list(typed.names),
        "beginnings": [re.sub(r"([\\%_])", r"\\\1", name) + "%" for name in typed.names],
        "hint": typed.hint,
        "each": SHARE,
    }
    found = [_place(row) for row in connection.execute(_statement(), wanted)]
    return _without_repeated_lines(found)[:limit]


def searched() -> list[Layer]:
    """List the layers of lasting things, in which places are looked for."""
    return [layer for layer in layers().values() if _lasting(layer)]


def told_apart(places: list[Place]) -> list[Place]:
    """Keep the best of those that read the same, by name and by what they lie in: people cannot choose among them."""
    kept: dict[tuple[str, str], Place] = {}
    for place in places:
        kept.setdefault((place.name.casefold(), place.context), place)
    return list(kept.values())


def is_meant(place: Place, text: str) -> bool:
    """Say whether a place begins as was typed, or it or its areas have each word of that, give or take a letter."""
    name = place.name.casefold()
    words = [name, *WORD.findall(f"{name} {place.context.casefold()}")]
    return any(
        name.startswith(typed) or all(get_close_matches(word, words, 1, CLOSE) for word in WORD.findall(typed))
        for typed in spellings(text).names
    )


def spellings(text: str) -> Spellings:
    """Read what was typed: "Kec. Bukit Kemuning", "ds Tanjung Baru, Bukit Kemuning", "SDN 1 Kotabumi"."""
    typed = " ".join(text.replace("\0", " ")[:LONGEST].casefold().split())
    hint = ""
    for pattern, kind in HINTS.items():
        stripped = re.sub(rf"^(?:{pattern})\b\.?\s*", "", typed)
        if stripped and stripped != typed:
            typed, hint = stripped, kind
            break
    whole = " ".join(AREA_WORDS.sub(" ", typed).split())
    name = AREA_WORDS.split(typed, maxsplit=1)[0].strip()
    names = dict.fromkeys([name, whole, _in_full(name), _in_full(whole)])
    return Spellings(whole, tuple(filter(None, names)), hint)


def _in_full(words: str) -> str:
    return " ".join(IN_FULL.get(word, word) for word in words.split())


def _place(row: Row[Any]) -> Place:
    around = ((row.level, row.area), (row.district_level, row.district))
    context = ", ".join(_in_words(level, name) for level, name in around if name)
    return Place(row.layer, row.id, row.name, row.kind, context, row.lon, row.lat, row.source)


def _in_words(level: str, name: str) -> str:
    """Name an area with its level, unless the name says it: some sources write "Kabupaten Lampung Utara"."""
    return name if re.match(r"(?:kabupaten|kota) ", name, re.IGNORECASE) else f"{PREFIXES[level]} {name}"


def _without_repeated_lines(places: list[Place]) -> list[Place]:
    """Keep one of the many parts of a road within one area; two schools of one name are two places."""
    kept: dict[tuple[object, ...], Place] = {}
    for place in places:
        line = layers()[place.layer].geometry == "MultiLineString"
        kept.setdefault((place.layer, place.name, place.context) if line else (place.layer, place.id), place)
    return list(kept.values())


@cache
def _threshold() -> TextClause:
    return text("select set_config('pg_trgm.word_similarity_threshold', :least, true)")


@cache
def _statement() -> TextClause:
    """Put the layers' shares together; the names in it come from the registry, never from a request."""
    frame, share = ((HERE / name).read_text(encoding="utf-8") for name in ("search.sql", "search_share.sql"))
    shares = [
        share.format(
            layer=layer.id,
            table=layer.table_name,
            classify=layer.classify,
            geometry=layer.geometry,
            weight=WEIGHTS[layer.geometry],
            shown=layer.public_rows or "true",
        )
        for layer in searched()
    ]
    return text(frame.format(shares="\nunion all\n".join(shares)))


def _lasting(layer: Layer) -> bool:
    """Say whether a layer's features are places one can look for, rather than reports of a day or computed rows."""
    name = layer.by_name.get("name")
    return layer.observed and layer.datetime_field == "checked_on" and name is not None and name.search and name.public
