"""The process that GDAL runs in: it knows one driver alone, sees no other, and streams what it reads as Arrow.

Started as a plain script by layers.reading.gdal, with GDAL_SKIP naming every other driver. On standard output: one line
of JSON about the file, then an Arrow stream of the rows.
"""

import json
import resource
import sys

import pyarrow
import pyogrio

MEMORY_BYTES = 4_000_000_000


def main(driver: str, path: str, layer: str) -> None:
    """Stream one layer of a file; without a layer's name only the names of the layers are told."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    if set(pyogrio.list_drivers()) != {driver}:
        raise SystemExit(f"GDAL must know {driver} alone, but knows {sorted(pyogrio.list_drivers())}")
    output = sys.stdout.buffer
    if not layer:
        found = [[str(name), kind and str(kind)] for name, kind in pyogrio.list_layers(path)]
        output.write(json.dumps(found).encode() + b"\n")
        return
    rows = int(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])
    with pyogrio.open_arrow(path, layer=layer, return_fids=True, use_pyarrow=True) as (about, reader):
        head = {"crs": about["crs"], "geometry": about["geometry_name"] or "wkb_geometry", "rows": rows}
        output.write(json.dumps(head).encode() + b"\n")
        with pyarrow.ipc.new_stream(output, reader.schema) as stream:
            for batch in reader:
                stream.write_batch(batch)


if __name__ == "__main__":
    main(*sys.argv[1:])
