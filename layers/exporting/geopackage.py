"""GeoPackage: what QGIS and ArcGIS open without questions."""

from collections.abc import Sequence
from pathlib import Path

from layers.exporting import notes
from layers.exporting.batches import FILE_BATCH, Rows, batches
from layers.exporting.frames import frame
from layers.exporting.limits import check_folder
from layers.layer import Layer
from layers.provenance import Origin


def write(layer: Layer, rows: Rows, folder: Path, limit_mb: int, origins: Sequence[Origin]) -> Path:
    """Write a GeoPackage batch by batch; raises TooLargeError."""
    path = folder / f"{layer.id}.gpkg"
    about = {"title": layer.title.id, **notes.credit(origins)}
    for number, batch in enumerate(batches(rows, FILE_BATCH)):
        frame(layer, batch).to_file(
            path,
            engine="pyogrio",
            driver="GPKG",
            layer=layer.id,
            mode="a" if number else "w",
            use_arrow=True,
            geometry_type="Unknown" if layer.geometry == "Geometry" else layer.geometry,
            **({"layer_metadata": about} if number == 0 else {}),
        )
        check_folder(folder, limit_mb)
    return path
