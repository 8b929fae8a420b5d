"""What a layer is: its table, its fields, how it looks and where it comes from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Literal

Geometry = Literal["Point", "MultiLineString", "MultiPolygon", "Geometry"]
ValueKind = Literal["text", "integer", "number", "date", "datetime", "choice", "hours", "link"]


@dataclass(frozen=True)
class Text:
    """A text of the screens in Indonesian and English."""

    id: str
    en: str


@dataclass(frozen=True)
class Choice:
    """One value of a classifying field, with its title and how the legend and the map draw it.

    `icon` names a maki icon (points), `colour` is #rrggbb, `width` px (lines), `dashed` stands for "unknown".
    """

    id: str
    title: Text
    colour: str = "#5b7f7c"
    icon: str = "marker"
    width: float = 2.0
    dashed: bool = False


@dataclass(frozen=True)
class Field:
    """A column as people meet it: who may see it, and where it serves as filter, search text or tile attribute.

    `digits`: how many decimals of a number are shown; `least`: below which a file's number is refused.
    """

    name: str
    title: Text
    kind: ValueKind = "text"
    unit: str = ""
    digits: int = 1
    least: float | None = None
    public: bool = True
    tile: bool = False
    filter: bool = False
    search: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Licence:
    """Under which terms the layer's data may be used."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Zooms:
    """From which zoom the layer is drawn (`first`), in full detail (`near`), and the deepest tiles (`last`)."""

    first: int = 5
    near: int = 12
    last: int = 16


@dataclass(frozen=True)
class Layer:
    """Everything that pages, tiles, exports, OGC and the importer need to know of one layer.

    `public_rows` is a condition in SQL on the rows that anyone may see, where that is not all of them.

    `watches` names what is kept and not drawn that a computed layer comes from as well (see `watch_layer`).
    `compute` takes a connection and the layer, and makes the layer's rows what the layers it needs tell now.
    `classify` names the field whose choices make the legend. `sample`, `compute` and `related` (what belongs to one
    feature: takes a connection and its row, gives values by name) are "module:function" texts, see `named`. `sort` is
    the field that orders its list where nobody asks for another.
    """

    id: str
    title: Text
    about: Text
    table: type[Any]
    geometry: Geometry
    classify: str
    fields: tuple[Field, ...]
    licence: Licence
    source: Text
    datetime_field: str = "checked_on"
    zooms: Zooms = Zooms()
    needs: tuple[str, ...] = ()
    watches: tuple[str, ...] = ()
    sample: str = ""
    compute: str = ""
    related: str = ""
    public_rows: str = ""
    order: int = 50
    sort: str = ""
    by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {f.name: f for f in self.fields})

    @property
    def observed(self) -> bool:
        """Say whether the layer is entered by people rather than computed from other layers."""
        return not self.compute

    @property
    def table_name(self) -> str:
        """Name the layer's table in the database."""
        return str(self.table.__tablename__)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """List what the legend shows, in its order."""
        return self.by_name[self.classify].choices

    @property
    def public_fields(self) -> tuple[Field, ...]:
        """List the fields that anyone may see."""
        return tuple(f for f in self.fields if f.public)

    @property
    def tile_fields(self) -> tuple[Field, ...]:
        """List the fields that a tile carries."""
        return tuple(f for f in self.fields if f.tile)

    def related_to(self, connection: Any, row: dict[str, Any]) -> dict[str, Any]:
        """Find what belongs to a feature, by the names under which its page shows it."""
        found: dict[str, Any] = named(self.related)(connection, row) if self.related else {}
        return found

    def choice(self, value: str | None) -> Choice | None:
        """Find the legend entry of a value of the classifying field."""
        return next((c for c in self.choices if c.id == value), None)


def named(function: str) -> Callable[..., Any]:
    """Import a function "module:name" when it is needed: what a layer brings along may weigh much, or need others."""
    module, _, name = function.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
