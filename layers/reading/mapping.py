"""What the columns of a known file mean: small TOML files beside the layer, and how the right one is found."""

import fnmatch
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from layers.layer import Layer
from layers.reading.meaning import Meaning
from layers.reading.refusal import FileRefusedError
from layers.reading.source import REASON, ROW_NUMBER

CONTENT, NUMBER = "@isi", "@nomor"
LAYERS = Path(__file__).parent.parent


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Match(_Strict):
    """By what a file is known: glob patterns of its name, names of its layer, columns it must have, its format."""

    files: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    format: str = ""

    def fits(self, name: str, layer: str, columns: tuple[str, ...], form: str) -> bool:
        """Say whether a file meets every condition that is given; without any, none does."""
        asked = self.files or self.columns or self.format
        return bool(
            asked
            and (not self.files or any(fnmatch.fnmatch(name.lower(), pattern.lower()) for pattern in self.files))
            and (not self.layers or layer in self.layers)
            and set(self.columns) <= set(columns)
            and self.format in ("", form)
        )


class Place(_Strict):
    """Where a row's place stands: in a geometry (nothing given), in columns, or at two ends of a straight line.

    `key` names the field by which rows find a feature that is already on the map: such a file brings no geometry.
    `longest_km` is the most that two ends may lie apart.
    """

    lon: str = ""
    lat: str = ""
    start: tuple[str, str] | None = None
    end: tuple[str, str] | None = None
    crs: str = ""
    key: str = ""
    longest_km: float = 0


class Terms(_Strict):
    """Under which licence a source is published."""

    name: str
    url: str = Field("", pattern=r"^(https?://\S+)?$")  # it becomes a link


class FileMap(_Strict):
    """A saved mapping.

    `id` lists the columns that identify a row, or @nomor (its number) or @isi (all it says). `supersedes` names the
    sources whose rows give way to a row of this file with the same code. Where a value alone does not tell a field's
    code, `patterns` does: by field and value the code whose pattern, as the only one, fits what the columns
    `described_by` say of the row ("name=SD 1; operator=…"), without regard to case.
    """

    name: str
    source: str
    licence: Terms | None = None
    match: Match = Match()
    id: tuple[str, ...] = (CONTENT,)
    columns: dict[str, str] = {}
    constants: dict[str, Any] = {}
    values: dict[str, dict[str, str]] = {}
    patterns: dict[str, dict[str, dict[str, str]]] = {}
    described_by: tuple[str, ...] = ()
    factors: dict[str, float] = {}
    leave_out: dict[str, tuple[str, ...]] = {}
    place: Place = Place()
    osm: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Name the columns of the file that identify a row."""
        return tuple(column for column in self.id if not column.startswith("@"))

    @property
    def used(self) -> set[str]:
        """Name every column of the file that the mapping reads."""
        ends = [*(self.place.start or ()), *(self.place.end or ()), self.place.lon, self.place.lat]
        return {c for c in (*self.columns.values(), *self.described_by, *self.leave_out, *self.identifiers, *ends) if c}


def saved(layer: Layer) -> list[FileMap]:
    """Read the saved mappings of a layer."""
    return [load(path) for path in sorted((LAYERS / layer.id / "mappings").glob("*.toml"))]


def load(path: Path) -> FileMap:
    """Read one mapping; raises FileRefusedError where it is not one."""
    try:
        return FileMap.model_validate({"name": path.stem, **tomllib.loads(path.read_text(encoding="utf-8"))})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as problem:
        raise FileRefusedError(f"Pemetaan {path} tidak dapat dibaca: {_fault(problem)}.") from problem


def _fault(problem: Exception) -> str:
    """Say where a mapping is wrong: the line that is no TOML, or the words that mean nothing there."""
    if isinstance(problem, ValidationError):
        places = dict.fromkeys(".".join(map(str, error["loc"])) for error in problem.errors())
        return f"periksa {', '.join(places)}; docs/importing.md menyebut apa yang boleh ditulis"
    line = re.search(r"line (\d+)", str(problem))
    if line:
        return f"baris {line[1]} tidak mengikuti aturan TOML"
    return "berkasnya tidak ada, tidak boleh dibaca, atau bukan teks UTF-8"


def pick(layer: Layer, wanted: str, name: str, file_layer: str, columns: tuple[str, ...], form: str) -> FileMap | None:
    """Find the mapping asked for by name or path, or the saved one that fits the file; None where none fits."""
    if wanted.endswith(".toml"):
        return load(Path(wanted))
    known = saved(layer)
    if wanted:
        named = [one for one in known if one.name == wanted]
        if not named:
            names = ", ".join(one.name for one in known)
            raise FileRefusedError(f"Pemetaan {wanted} tidak ada. Yang ada untuk lapisan {layer.id}: {names}.")
        return named[0]
    fitting = [one for one in known if one.match.fits(name, file_layer, columns, form)]
    return max(fitting, key=lambda one: (len(one.match.files), len(one.match.columns)), default=None)


def mended(columns: tuple[str, ...]) -> bool:
    """Say whether a file holds rows that were refused once, and so but a part of what its source says."""
    return {ROW_NUMBER, REASON} <= set(columns)


def unmended(columns: tuple[str, ...], stem: str) -> str:
    """Give the name of a file as its source; mended rows belong to the source that they had, which must be named."""
    if mended(columns):
        raise FileRefusedError(
            "Berkas ini berisi baris yang pernah ditolak. Sebut sumbernya dengan --source, seperti pada perintah yang"
            " ditampilkan waktu itu."
        )
    return stem


def guessed(meaning: Meaning, columns: tuple[str, ...], stem: str, has_geometry: bool) -> FileMap:
    """Map a file nobody has mapped, by the usual names of columns; raises FileRefusedError where nothing is known."""
    by_name = {_plain(column): column for column in columns}

    def find(names: tuple[str, ...]) -> str:
        """Find the first of some names among the file's columns."""
        return next((by_name[_plain(n)] for n in names if _plain(n) in by_name), "")

    found = {field: find((field, *names)) for field, names in meaning.columns.items()}
    place = Place() if has_geometry else Place(lon=find(LONGITUDES), lat=find(LATITUDES))
    mapped = {field: column for field, column in found.items() if column}
    if not has_geometry and not (place.lon and place.lat):
        raise FileRefusedError(
            "Berkas ini tidak berisi letak: tidak ada titik, garis, atau bidang, dan tidak ada kolom bujur dan lintang."
            f" Kolom berkas: {', '.join(columns)}."
        )
    if not mapped and not meaning.constants:
        raise FileRefusedError(
            f"Tidak ada kolom yang dikenal. Kolom berkas: {', '.join(columns)}. Buat pemetaan dan pakai --map."
        )
    key = find(IDENTIFIERS) or mapped.get(meaning.identified_by, "")
    return FileMap(name="", source=stem, id=(key or CONTENT,), columns=mapped, place=place)


IDENTIFIERS = ("source_id", "id", "kode", "code", "npsn", "osm_id")  # no "nomor", which a list sorted anew gives anew
LONGITUDES = ("lon", "lng", "long", "longitude", "bujur", "koordinat_x", "x")
LATITUDES = ("lat", "latitude", "lintang", "koordinat_y", "y")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
