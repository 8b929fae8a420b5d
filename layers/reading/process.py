"""A process of its own for formats that can unfold to anything: its memory and time are limited, and it streams Arrow.

On its standard output stand one line of JSON about the file and then, where rows were asked for, an Arrow stream. A
process that refuses the file in words says them as JSON on its standard error, and ends with the status REFUSING.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import pyarrow as pa

from layers.reading.limits import Limits, held
from layers.reading.refusal import FileRefusedError

LAST_WORDS_S = 60  # a busy machine takes its time to end a process that has said everything
LIMITS = Limits(memory_bytes=4_000_000_000, cpu_s=900, clock_s=3_600)
REFUSING = 3
NOTE = "note"
AGAIN = "Simpan ulang dari program asalnya, lalu kirim lagi."
UNREADABLE = f"Berkas ini tidak dapat dibaca: isinya rusak atau terpotong. {AGAIN}"
BROKEN = f"Berkas ini rusak di tengah. {AGAIN}"

log = logging.getLogger(__name__)


class Reading:
    """A running process, of which its head is asked first and then its batches; `note` is what the last one told."""

    def __init__(self, process: "subprocess.Popen[bytes]", said: IO[bytes]) -> None:
        self._process = process
        self._said = said
        self._output: Any = process.stdout
        self.note = ""

    def head(self) -> Any:
        """Give what the process says about the file; raises FileRefusedError where it cannot read it."""
        line = self._output.readline()
        if not line:
            raise self._refusal(UNREADABLE)
        return json.loads(line)

    def stream(self) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
        """Give the columns, and the rows batch by batch; those raise FileRefusedError where the file breaks off."""
        try:
            reader = pa.ipc.open_stream(self._output)
        except pa.ArrowInvalid as problem:
            raise self._refusal(BROKEN) from problem
        return reader.schema, self._batches(reader)

    def _batches(self, reader: pa.ipc.RecordBatchStreamReader) -> Iterator[pa.RecordBatch]:
        while True:
            try:
                told = reader.read_next_batch_with_custom_metadata()
            except StopIteration:
                break
            except (pa.ArrowInvalid, OSError) as problem:
                raise self._refusal(BROKEN) from problem
            self.note = told.custom_metadata[NOTE].decode() if told.custom_metadata else ""
            yield told.batch
        if self._ended() != 0:  # it closes its stream in order even when it fails
            raise self._refusal(BROKEN)

    def _refusal(self, otherwise: str) -> FileRefusedError:
        """Word why the process has ended: as it says itself, by the limit that it passed, or in general.

        What a library complains of is for the log: it is English, and no clerk's business.
        """
        status, said = self._ended(), self._said_all()
        last = said.rpartition("\n")[2]
        if status == REFUSING:
            return FileRefusedError(json.loads(last))
        over = LIMITS.passed(status, said)
        if last and not over:
            log.warning("a reader of files failed: %s", last)
        return FileRefusedError(over or otherwise)

    def _ended(self) -> int:
        """Wait for the end of a process that has nothing more to write; one that will not end is killed."""
        try:
            return self._process.wait(LAST_WORDS_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _said_all(self) -> str:
        self._said.seek(0)
        return self._said.read().decode("utf-8", "replace").strip()


@contextmanager
def started(program: Path, *arguments: str, environment: Mapping[str, str]) -> Iterator[Reading]:
    """Start a program of this folder, and kill it when its reader is done; what it complains of goes into a file."""
    command = [sys.executable, "-P", str(program), *arguments]  # -P: what stands beside it is no module of its own
    with (
        TemporaryFile() as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, env=environment) as process,  # noqa: S603 ours
        held(process, LIMITS),
    ):
        try:
            yield Reading(process, said)
        finally:
            process.kill()
