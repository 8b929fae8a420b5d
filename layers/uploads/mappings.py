"""Which mapping a file's columns are read with: saved beside the layer, kept by somebody, or guessed by names."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from layers.layer import Layer
from layers.reading.detection import Format
from layers.reading.mapping import FileMap, Match, guessed, saved
from layers.reading.meaning import meaning
from layers.reading.refusal import FileRefusedError
from layers.records.actors import Actor
from layers.records.events import record
from layers.uploads.acts import NameTakenError, check_reach
from layers.uploads.table import KeptMapping
from layers.uploads.wishes import LAT, LON, Wishes

LONGEST_NAME = 60  # letters
KEPT = "+"  # before the name of a mapping that somebody has kept


@dataclass(frozen=True)
class Known:
    """A mapping by the name under which pages offer it; `fits` says that it was made for such files."""

    id: str
    mapping: FileMap
    fits: bool


def known(connection: Connection, layer: Layer, name: str, about: Mapping[str, Any], part: str) -> list[Known]:
    """List the mappings of a layer, those that fit a part of a file first, the most exact one before others."""
    columns = tuple(column["name"] for column in _part(about, part)["columns"])
    form = about["format"]
    kept = select(KeptMapping.name, KeptMapping.mapping).where(KeptMapping.layer == layer.id)
    own = [(f"{KEPT}{row.name}", FileMap.model_validate(row.mapping)) for row in connection.execute(kept)]
    all_known = [*own, *((one.name, one) for one in saved(layer) if bool(one.osm) == (form == Format.OSM_PBF.value))]
    found = [Known(id, one, one.match.fits(name, part, columns, form)) for id, one in all_known]
    return sorted(found, key=lambda k: (not k.fits, -len(k.mapping.match.files), -len(k.mapping.match.columns), k.id))


def _part(about: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return next((part for part in about["parts"] if part["name"] == name), {"columns": [], "has_geometry": False})


def first_guess(layer: Layer, name: str, about: Mapping[str, Any], part: str) -> FileMap:
    """Map a part of a file by the usual names of columns; where none is known, nothing is mapped."""
    held = _part(about, part)
    stem = "" if held.get("mended") else PurePath(name).stem
    columns = tuple(column["name"] for column in held["columns"])
    try:
        return guessed(meaning(layer), columns, stem, bool(held["has_geometry"]))
    except FileRefusedError:
        return FileMap(name="", source=stem)


def begun(base: FileMap, about: Mapping[str, Any], part: str) -> Wishes:
    """Begin a clerk's choices with a mapping, as far as a part of a file has its columns."""
    columns = [column["name"] for column in _part(about, part)["columns"]]
    places = {base.place.lon: LON, base.place.lat: LAT} if base.place.lon else {}
    fields = {column: field for field, column in reversed(base.columns.items())}
    there = set(base.identifiers) <= set(columns)
    return Wishes(
        part,
        base,
        tuple((column, places.get(column) or fields.get(column, "")) for column in columns),
        {name: str(value) for name, value in base.constants.items()},
        base.id if there or not columns else FileMap.model_fields["id"].default,
        base.source,
        base.place.crs,
    )


def keep(connection: Connection, actor: Actor, layer: Layer, name: str, mapping: FileMap) -> None:
    """Keep a mapping under a name for files with the same columns, in the place of one's own of that name.

    An administrator may take the place of anybody's; raises ImportRefusedError, NameTakenError.
    """
    check_reach(actor)
    made = mapping.model_copy(update={"name": name, "match": Match(columns=tuple(sorted(mapping.used)))})
    row = {"layer": layer.id, "name": name, "mapping": made.model_dump(mode="json"), "author": actor.name}
    statement = insert(KeptMapping).values(row)
    anew = {"mapping": row["mapping"], "author": actor.name, "saved_at": func.now()}
    own = None if actor.may("administrator") else KeptMapping.author == actor.name
    statement = statement.on_conflict_do_update(index_elements=["layer", "name"], set_=anew, where=own)
    if not connection.execute(statement).rowcount:
        raise NameTakenError(name)
    record(connection, actor.name, "keep_mapping", layer.id, name)
