"""The process that GDAL runs in: it knows one driver alone, sees no other, and streams what it reads as Arrow.

Started as a plain script by layers.reading.gdal, with GDAL_SKIP naming every other driver. On standard output: one line
of JSON about the file, then, where rows are asked for, an Arrow stream of them.
"""

import json
import sys

import pyarrow
import pyogrio


def main(driver: str, path: str, what: str, layer: str) -> None:
    """Tell the names of a file's layers ("names") or stream one of them ("rows"), whose name may be left out.

    Where that name does not tell which, the names are all that is told.
    """
    if set(pyogrio.list_drivers()) != {driver}:
        raise SystemExit(f"GDAL must know {driver} alone, but knows {sorted(pyogrio.list_drivers())}")
    output = sys.stdout.buffer
    names = [str(name) for name, _ in pyogrio.list_layers(path)]
    wanted = names[0] if not layer and len(names) == 1 else layer
    if what == "names" or wanted not in names:
        output.write(json.dumps({"names": names}).encode() + b"\n")
        return
    rows = int(pyogrio.read_info(path, layer=wanted, force_feature_count=True)["features"])
    with pyogrio.open_arrow(path, layer=wanted, return_fids=True, use_pyarrow=True) as (about, reader):
        head = {"crs": about["crs"], "geometry": about["geometry_name"] or "wkb_geometry", "rows": rows}
        output.write(json.dumps(head).encode() + b"\n")
        with pyarrow.ipc.new_stream(output, reader.schema) as stream:
            for batch in reader:
                stream.write_batch(batch)


if __name__ == "__main__":
    main(*sys.argv[1:])
