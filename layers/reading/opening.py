"""Open a file of any of the formats as one kind of source."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from layers.reading import archives
from layers.reading.apart import read_apart, sheets_apart
from layers.reading.detection import Format
from layers.reading.gdal import layer_names, open_vector
from layers.reading.parquet import open_parquet
from layers.reading.source import Source


@contextmanager
def opened(path: Path, form: Format, layer: str = "") -> Iterator[Source]:
    """Open any format but OSM's; `layer` names the layer or sheet where a file has several."""
    if form is Format.CSV:
        with read_apart("csv", path) as source:
            yield source
    elif form is Format.XLSX:
        archives.check_workbook(path)
        with read_apart("xlsx", path, layer) as source:
            yield source
    elif form is Format.PARQUET:
        with open_parquet(path) as source:
            yield source
    else:
        with TemporaryDirectory(prefix="peta-import-") as folder:
            staged, driver = _staged(path.resolve(), form, Path(folder))
            with open_vector(staged, driver, layer) as source:
                yield source


def parts(path: Path, form: Format) -> list[str]:
    """Name the layers or sheets of a file of any format but OSM's; a format that knows none has one without a name."""
    if form in (Format.CSV, Format.PARQUET):
        return [""]
    if form is Format.XLSX:
        archives.check_workbook(path)
        return sheets_apart(path)
    with TemporaryDirectory(prefix="peta-import-") as folder:
        return layer_names(*_staged(path.resolve(), form, Path(folder)))


def _staged(path: Path, form: Format, folder: Path) -> tuple[Path, str]:
    """Give a file a plain name of its own, since GDAL reads meaning into names and into neighbouring files."""
    if form is Format.ZIPPED_SHAPEFILE:
        return archives.unpack_shapefile(path, folder), Format.SHAPEFILE.value
    if form is Format.SHAPEFILE:
        return archives.copy_shapefile(path, folder), form.value
    suffix = {Format.GEOPACKAGE: "gpkg", Format.FLATGEOBUF: "fgb", Format.GEOJSON: "geojson"}[form]
    link = folder / f"data.{suffix}"
    link.symlink_to(path)
    return link, form.value
