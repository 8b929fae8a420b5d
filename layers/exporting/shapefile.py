"""Shapefile, in a zip: one for points, lines and areas each, since one file holds one kind; names have 10 letters."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import geopandas
import pandas

from layers.exporting import notes
from layers.exporting.batches import FILE_BATCH, Rows, batches
from layers.exporting.frames import frame
from layers.exporting.limits import check_folder
from layers.layer import Layer
from layers.provenance import Origin

NAME_LETTERS = 10
TEXT_BYTES = 254
KINDS = {
    "titik": ("Point", "MultiPoint"),
    "garis": ("LineString", "MultiLineString"),
    "luasan": ("Polygon", "MultiPolygon"),
}
KIND_OF_LAYER = {"Point": "titik", "MultiLineString": "garis", "MultiPolygon": "luasan", "Geometry": "titik"}
README = """\
{about}

Nama kolom dalam Shapefile paling panjang 10 huruf; kolom.csv menjelaskan setiap kolom.
Titik, garis, dan luasan ada dalam berkas masing-masing. Teks di atas 254 byte dipotong. Huruf UTF-8, koordinat WGS 84.

Column names in a Shapefile have at most 10 letters; kolom.csv explains each column.
Points, lines and areas are in files of their own. Text beyond 254 bytes is cut. Encoding: UTF-8. Coordinates: WGS 84.
"""


def write(layer: Layer, rows: Rows, folder: Path, limit_mb: int, origins: Sequence[Origin]) -> Path:
    """Write the Shapefiles batch by batch and pack them with their explanation; raises TooLargeError."""
    parts = folder / "parts"
    parts.mkdir()
    names = short_names(["id", *(f.name for f in layer.public_fields)])
    for batch in batches(rows, FILE_BATCH):
        _append(fitting(frame(layer, batch)).rename(columns=names), layer, parts)
        check_folder(folder, limit_mb)
    _explain(layer, names, origins, parts)
    return _pack(parts, folder / f"{layer.id}-shp.zip")


def short_names(names: list[str]) -> dict[str, str]:
    """Shorten names to 10 letters each, all different: population, population_source → population, populatio1."""
    taken: dict[str, str] = {}
    for name in names:
        tries = (name[: NAME_LETTERS - len(end)] + end for end in ("", *map(str, range(1, 100))))
        taken[name] = next(short for short in tries if short not in taken.values())
    return taken


def fitting(table: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Make every value fit: moments as ISO text, text cut to 254 bytes between two letters."""
    for name in table.columns.drop("geometry"):
        kind = table[name].dtype
        if kind == pandas.StringDtype():
            table[name] = table[name].map(cut, na_action="ignore").astype(pandas.StringDtype())
        elif str(kind).startswith("timestamp"):
            moments = table[name].map(lambda moment: moment.isoformat(), na_action="ignore")
            table[name] = moments.astype(pandas.StringDtype())
    return table


def cut(text: str) -> str:
    """Cut a text to 254 bytes of UTF-8."""
    return text.encode()[:TEXT_BYTES].decode(errors="ignore")


def _append(table: geopandas.GeoDataFrame, layer: Layer, parts: Path) -> None:
    for kind, geometries in KINDS.items():
        some = table[table.geom_type.isin(geometries)]
        path = parts / f"{layer.id}_{kind}.shp"
        wanted = len(some) or (kind == KIND_OF_LAYER[layer.geometry] and not any(parts.iterdir()))
        if wanted:
            some.to_file(
                path,
                engine="pyogrio",
                mode="a" if path.exists() else "w",
                use_arrow=True,
                encoding="UTF-8",
                geometry_type=geometries[-1] if kind != "titik" else "Point",
            )


def _explain(layer: Layer, names: dict[str, str], origins: Sequence[Origin], parts: Path) -> None:
    about = "\n".join(f"{what}: {text}" for what, text in notes.origin(layer, origins, datetime.now(UTC)))
    (parts / "README.txt").write_text(README.format(about=about), encoding="utf-8")
    with (parts / "kolom.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(notes.COLUMNS_HEADER)
        writer.writerows(notes.column(f, names[f.name]) for f in layer.public_fields)


def _pack(parts: Path, path: Path) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for file in sorted(parts.iterdir()):
            archive.write(file, file.name)
    return path
