"""GeoPackage, FlatGeobuf, GeoJSON and Shapefile, read by GDAL in a process that knows the one driver alone.

GDAL's drivers for VRT, pipelines (GDALG), WFS and OAPIF open other files and addresses that a file names. They are
never registered there, so that a file cannot make GDAL read anything but itself.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pyarrow as pa
import pyogrio
import shapely

from layers.reading.process import Reading, started
from layers.reading.refusal import FileRefusedError
from layers.reading.source import Chunk, Source, chunk

PROGRAM = Path(__file__).with_name("gdal_process.py")


@contextmanager
def open_vector(path: Path, driver: str, layer: str) -> Iterator[Source]:
    """Open one layer of a file; its name may be left out where the file has but one."""
    with _started(path, driver, "rows", layer) as reading:
        head = reading.head()
        if "names" in head:
            wanted = f"Lapisan {layer} tidak ada." if layer else "Berkas ini berisi beberapa lapisan."
            raise FileRefusedError(f"{wanted} Pilih dengan --layer: {', '.join(head['names'])}.")
        schema, batches = reading.stream()
        fid, shape = schema.names[0], head["geometry"]
        columns = tuple(n for n in schema.names if n not in (fid, shape))
        has_geometry = shape in schema.names
        chunks = (_chunk(batch, fid, shape if has_geometry else "") for batch in batches)
        yield Source(columns, head["rows"], chunks, head["crs"] or "", has_geometry)


def layer_names(path: Path, driver: str) -> list[str]:
    """List the layers of a file that hold features."""
    with _started(path, driver, "names", "") as reading:
        names: list[str] = reading.head()["names"]
        return names


def _started(path: Path, driver: str, what: str, layer: str) -> AbstractContextManager[Reading]:
    others = ",".join(sorted(set(pyogrio.list_drivers()) - {driver}))
    environment = {"GDAL_SKIP": others, "CPL_VSIL_CURL_ALLOWED_FILENAME": "none", "OGR_GEOJSON_MAX_OBJ_SIZE": "200"}
    return started(PROGRAM, driver, str(path), what, layer, environment=environment)


def _chunk(batch: pa.RecordBatch, fid: str, shape: str) -> Chunk:
    rows = pa.Table.from_batches([batch])
    numbers = rows.column(fid).to_numpy()
    if not shape:
        return chunk(rows.drop_columns([fid]), numbers)
    wkb = rows.column(shape).to_numpy(zero_copy_only=False)
    return chunk(rows.drop_columns([fid, shape]), numbers, shapely.from_wkb(wkb, on_invalid="ignore"))
