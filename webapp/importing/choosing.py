"""What the page of columns offers, and how its form is read; this brings along what reads files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from layers.layer import Field, Layer, Text
from layers.reading.detection import Format
from layers.reading.mapping import CONTENT, NUMBER, FileMap
from layers.records.actors import Actor
from layers.uploads import mappings, wishes
from layers.uploads.mappings import keep as keep_mapping
from layers.uploads.wishes import LAT, LON, Wishes

GUESSED = "-"
AS_BASE = "@dasar"
LONGEST = 120  # letters of what is typed
HOME, OTHER = "", "lain"

Form = Mapping[str, str]


@dataclass(frozen=True)
class Offer:
    """What may be chosen for one part of a file: its mappings, its columns, the fields of the layer."""

    layer: Layer
    part: Mapping[str, Any]
    base: str
    start: FileMap
    bases: Sequence[mappings.Known]
    begun: Wishes

    @property
    def fields(self) -> list[Field]:
        """List the fields that a column may go to."""
        return wishes.offered(self.layer)

    @property
    def required(self) -> set[str]:
        """Name the fields without which rows are refused."""
        return {field.name for field in wishes.required(self.layer)}

    @property
    def constants(self) -> list[Field]:
        """List the fields that one value may fill in every row."""
        return wishes.choices(self.layer)

    @property
    def places(self) -> list[tuple[str, Text]]:
        """List the coordinates that a column may hold."""
        return [(name, wishes.title(self.layer, name)) for name in (LON, LAT)]

    @property
    def suggested(self) -> dict[str, str]:
        """Give the form as the mapping fills it."""
        begun = self.begun
        told = {f"c{i}": chosen for i, (_, chosen) in enumerate(begun.columns)}
        told |= {f"same-{name}": value for name, value in begun.constants.items()}
        return told | {"id": self._id(begun.id), "source": begun.source, "crs": begun.crs, "area": HOME}

    def chosen(self, form: Form) -> dict[str, str]:
        """Give the form as somebody has filled it."""
        return {name: value[:LONGEST] for name, value in form.items()}

    def read(self, form: Form) -> Wishes:
        """Read the form; what is not among the choices counts as not chosen."""
        names = [column["name"] for column in self.part["columns"]]
        allowed = {LON, LAT, *(field.name for field in self.fields)}
        picked = [form.get(f"c{i}", "") for i in range(len(names))]
        same = {f.name: form.get(f"same-{f.name}", "") for f in self.constants}
        columns = tuple((n, c if c in allowed else "") for n, c in zip(names, picked, strict=True))
        taken = {chosen for _, chosen in columns}
        known = {f.name: {choice.id for choice in f.choices} for f in self.constants}
        return Wishes(
            self.begun.part,
            self.start,
            columns,
            {name: value for name, value in same.items() if value in known[name] and name not in taken},
            self._chosen_id(form.get("id", ""), names),
            _line(form, "source"),
            _line(form, "crs"),
            _area(form),
            form.get("whole") == "1",
        )

    def wrong(self, wished: Wishes) -> list[Text]:
        """Say what is wrong with choices before anything is read."""
        return wishes.wrong(self.layer, wished, self.part)

    def written(self, wished: Wishes, form: Form) -> dict[str, Any]:
        """Write choices as they are kept with the upload: for the worker, and for the clerk to change."""
        return {
            "part": wished.part,
            "base": self.base,
            "mapping": wished.mapping().model_dump(mode="json"),
            "crs": wished.crs,
            "source": wished.source,
            "area": list(wished.area),
            "whole": wished.whole,
            "form": self.chosen(form),
        }

    def _id(self, columns: tuple[str, ...]) -> str:
        names = [column["name"] for column in self.part["columns"]]
        if len(columns) == 1 and columns[0] in names:
            return f"c{names.index(columns[0])}"
        return columns[0] if columns in ((CONTENT,), (NUMBER,)) else AS_BASE

    def _chosen_id(self, written: str, names: list[str]) -> tuple[str, ...]:
        by_index = {f"c{i}": name for i, name in enumerate(names)}
        if written in by_index:
            return (by_index[written],)
        return self.start.id if written == AS_BASE else (NUMBER,) if written == NUMBER else (CONTENT,)


def offer(connection: Connection, row: Row[Any], layer: Layer, part: str, base: str) -> Offer:
    """Gather what the page offers; the mapping asked for, or the one that fits best, is where choices begin."""
    about = row.about
    known = mappings.known(connection, layer, row.name, about, part)
    by_id = {one.id: one for one in known}
    if base not in by_id and base != GUESSED:
        base = next((one.id for one in known if one.fits), GUESSED)
    if base == GUESSED and about["format"] == Format.OSM_PBF.value and known:
        base = known[0].id  # of OSM nothing can be guessed: a mapping names the tags that are wanted
    start = by_id[base].mapping if base in by_id else mappings.first_guess(layer, row.name, about, part)
    return Offer(layer, _held(about, part), base, start, known, mappings.begun(start, about, part))


def _held(about: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    osm = about["format"] == Format.OSM_PBF.value
    blank = {"name": "", "rows": 0, "crs": "EPSG:4326", "has_geometry": osm, "shapes": [], "columns": [], "left_out": 0}
    return next((part for part in about["parts"] if part["name"] == name), blank)


def keep(connection: Connection, actor: Actor, layer: Layer, name: str, wished: Wishes) -> None:
    """Keep choices as a mapping under a name; raises NameTakenError."""
    keep_mapping(connection, actor, layer, name, wished.mapping())


def _line(form: Form, name: str) -> str:
    return form.get(name, "").strip()[:LONGEST]


def _area(form: Form) -> tuple[str, ...]:
    """Read the working area: nothing for the regency, a code, all, or what is typed beside."""
    typed = _line(form, "area_typed")
    if form.get("area") == OTHER:
        return (typed.replace(" ", ""),) if typed.count(",") == 3 else tuple(typed.replace(",", " ").split())
    chosen = _line(form, "area")
    return (chosen,) if chosen else ()
