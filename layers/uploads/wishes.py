"""How a clerk wants a file to be read, and what is wrong with that before anything is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from layers.layer import Field, Layer, Text
from layers.reading.checks import NAMES, NEEDED, TYPES
from layers.reading.incoming import readable_columns
from layers.reading.mapping import CONTENT, FileMap, Place
from layers.reading.meaning import meaning

LON, LAT = "@bujur", "@lintang"


@dataclass(frozen=True)
class Wishes:
    """A clerk's choices for one layer or sheet (`part`) of a file.

    `columns` tells for each column of the file the field it goes to, or LON or LAT; `constants` what holds for every
    row, `id` which columns identify a row. `base` is the mapping the choices begin with: what it says of values,
    factors and licence stays.
    """

    part: str
    base: FileMap
    columns: tuple[tuple[str, str], ...]
    constants: Mapping[str, str] = field(default_factory=dict)
    id: tuple[str, ...] = (CONTENT,)
    source: str = ""
    crs: str = ""
    area: tuple[str, ...] = ()
    whole: bool = False

    def mapping(self) -> FileMap:
        """Write the choices as the mapping that the importer follows; an OSM extract shows no columns to choose."""
        if not self.columns:
            return self.base.model_copy(update={"source": self.source, "id": self.id})
        fields = {wanted: column for column, wanted in self.columns if wanted not in ("", LON, LAT)}
        fields |= self._also(fields)
        described = self.base.described_by if set(self.base.described_by) <= self._there else ()
        return self.base.model_copy(
            update={
                "source": self.source,
                "columns": fields,
                "constants": {**_without(self.base.constants, fields), **self.constants},
                "id": self.id,
                "place": self._place(),
                "leave_out": {c: v for c, v in self.base.leave_out.items() if c in self._there},
                "described_by": described,
                "patterns": self.base.patterns if described else {},
            }
        )

    @property
    def _there(self) -> set[str]:
        return {column for column, _ in self.columns}

    def _also(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Give the further fields that the base mapping fills from a column which still goes where it went."""
        kept = {c for f, c in self.base.columns.items() if fields.get(f) == c}
        return {f: c for f, c in self.base.columns.items() if f not in fields and c in kept}

    def _place(self) -> Place:
        lon, lat = self.column_for(LON), self.column_for(LAT)
        crs = self.crs or self.base.place.crs
        if lon and lat:
            return Place(lon=lon, lat=lat, crs=crs)
        return self.base.place.model_copy(update={"crs": crs, "lon": "", "lat": ""})

    def column_for(self, wanted: str) -> str:
        """Find the column that goes to a field; "" where none does."""
        return next((column for column, chosen in self.columns if chosen == wanted), "")


def _without(constants: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in constants.items() if name not in fields}


def offered(layer: Layer) -> list[Field]:
    """List the fields of a layer that a file may fill."""
    return [f for f in layer.fields if f.name in meaning(layer).columns]


def required(layer: Layer) -> list[Field]:
    """List the fields without which each row of a layer is refused."""
    means = meaning(layer)
    needed = {c.name for c in readable_columns(layer) if not c.nullable and c.server_default is None}
    return [f for f in offered(layer) if f.name in {*needed, *means.named} - set(means.constants)]


def choices(layer: Layer) -> list[Field]:
    """List the fields whose values are known ones, so that one of them may hold for every row."""
    return [f for f in offered(layer) if f.choices]


def wrong(layer: Layer, wishes: Wishes, part: Mapping[str, Any]) -> list[Text]:
    """Say what is wrong with a clerk's choices for a part of a file; nothing where it can be tried."""
    found = [*_doubled(layer, wishes)]
    if not wishes.base.place.key:
        found += [*_unfilled(layer, wishes), *_nowhere(layer, wishes, part)]
    if not wishes.source:
        found.append(Text("Tulis sumber datanya, misalnya Dinas Pendidikan 2026.", "Name the source of the data."))
    return found


def _doubled(layer: Layer, wishes: Wishes) -> list[Text]:
    wanted = [chosen for _, chosen in wishes.columns if chosen]
    twice = [name for name in dict.fromkeys(wanted) if wanted.count(name) > 1]
    return [_twice(title(layer, name), [c for c, chosen in wishes.columns if chosen == name]) for name in twice]


def _twice(where: Text, columns: Sequence[str]) -> Text:
    named = ", ".join(columns)
    return Text(
        f"Kolom {named} dipetakan ke isian yang sama, {where.id}. Sisakan satu.",
        f"The columns {named} go to the same field, {where.en}. Leave one.",
    )


def title(layer: Layer, name: str) -> Text:
    """Name a field, or a coordinate, as the page of columns does."""
    places = {LON: Text("Bujur (longitude)", "Longitude"), LAT: Text("Lintang (latitude)", "Latitude")}
    return places.get(name) or layer.by_name[name].title


def _unfilled(layer: Layer, wishes: Wishes) -> list[Text]:
    filled = wishes.mapping()
    lacking = [f.title for f in required(layer) if f.name not in {**filled.columns, **filled.constants}]
    return [
        Text(
            f"Isian wajib {one.id} belum punya kolom. Pilih kolomnya, atau isi yang sama untuk semua baris.",
            f"The required field {one.en} has no column yet. Choose one, or a value that holds for every row.",
        )
        for one in lacking
    ]


def _nowhere(layer: Layer, wishes: Wishes, part: Mapping[str, Any]) -> list[Text]:
    lon, lat, place = wishes.column_for(LON), wishes.column_for(LAT), wishes.base.place
    if bool(lon) != bool(lat):
        return [Text("Pilih kolom bujur dan kolom lintang, keduanya.", "Choose both a longitude and a latitude.")]
    if lon or place.start:
        return _points_only(layer) if lon else []
    if not part["has_geometry"]:
        return [
            Text(
                "Berkas ini tidak berisi titik, garis, atau bidang: pilih kolom bujur dan kolom lintang.",
                "This file holds no points, lines or areas: choose the columns of longitude and latitude.",
            )
        ]
    return [*_unlike(layer, part["shapes"]), *_unstated(wishes, part)]


def _points_only(layer: Layer) -> list[Text]:
    return _unlike(layer, [0])


def _unlike(layer: Layer, shapes: Sequence[int]) -> list[Text]:
    """Say that the geometry of a part is not what the layer is made of."""
    if not shapes or set(shapes) & set(TYPES[layer.geometry]):
        return []
    held = ", ".join(dict.fromkeys(NAMES[kind] for kind in shapes))
    return [
        Text(
            f"Letak di sini berupa {held}, padahal {layer.title.id} memerlukan {NEEDED[layer.geometry]}."
            " Pilih lapisan berkas atau lapisan tujuan yang lain.",
            f"What lies here is of another kind than {layer.title.en} needs. Choose another layer.",
        )
    ]


def _unstated(wishes: Wishes, part: Mapping[str, Any]) -> list[Text]:
    if part["crs"] or wishes.mapping().place.crs:
        return []
    return [
        Text(
            "Berkas ini tidak menyebut sistem koordinatnya: tulis misalnya EPSG:4326 (derajat)"
            " atau EPSG:32748 (UTM 48S).",
            "This file states no CRS: write such as EPSG:4326 (degrees) or EPSG:32748 (UTM 48S).",
        )
    ]
