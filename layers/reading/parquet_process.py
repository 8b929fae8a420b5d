"""The process that Parquet is unfolded in: a file of a kilobyte may hold gigabytes.

Started as a plain script by layers.reading.parquet. On standard output: one line of JSON about the file, then an Arrow
stream of the rows.
"""

import json
import sys

import pyarrow
import pyarrow.parquet

LARGEST_BATCH_BYTES = 300_000_000


def main(path: str, batch_rows: int) -> None:
    """Stream a Parquet file in batches of rows; a batch that is too large to be handed on ends the stream."""
    file = pyarrow.parquet.ParquetFile(path)
    about = file.metadata
    output = sys.stdout.buffer
    geo = json.loads((about.metadata or {}).get(b"geo", b"{}"))
    output.write(json.dumps({"rows": about.num_rows, "geo": geo}).encode() + b"\n")
    with pyarrow.ipc.new_stream(output, file.schema_arrow) as stream:
        for batch in file.iter_batches(batch_rows, use_threads=False):
            if batch.nbytes > LARGEST_BATCH_BYTES:
                raise MemoryError(f"{batch.num_rows} rows hold {batch.nbytes} bytes")
            stream.write_batch(batch)
            output.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
