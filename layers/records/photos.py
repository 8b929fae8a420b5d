"""Photos that people send: made anew from their pixels, or refused in words; nothing else of a file is ever kept."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO

from layers.layer import Text

PROGRAM = Path(__file__).with_name("pixels.py")
MOST_BYTES = 20_000_000
PATIENCE_S = 60
NO_LIBRARY = 3  # as pixels.py says it; importing that would bring its libraries along
AT_ONCE = 1  # in one web worker: a photo takes a second and up to 400 MB, which no other request should wait for

REASONS = {
    "empty": Text("Berkas ini kosong; pilih foto lain.", "This file is empty; choose another photo."),
    "too_heavy": Text(
        "Foto ini lebih dari 20 MB; kirim foto yang lebih kecil.",
        "This photo is larger than 20 MB; send a smaller one.",
    ),
    "too_large": Text(
        "Foto ini lebih dari 50 megapiksel; kirim foto yang lebih kecil.",
        "This photo has more than 50 megapixels; send a smaller one.",
    ),
    "unknown": Text(
        "Berkas ini bukan foto JPEG, PNG, WebP, atau HEIC; ambil foto dengan kamera ponsel.",
        "This file is no JPEG, PNG, WebP or HEIC photo; take a photo with the phone's camera.",
    ),
    "broken": Text(
        "Foto ini rusak atau terpotong; kirim sekali lagi atau ambil foto baru.",
        "This photo is broken or cut off; send it again or take a new one.",
    ),
    "unavailable": Text(
        "Foto sedang tidak dapat diolah; laporan Anda tetap tersimpan, kirim fotonya nanti.",
        "Photos cannot be handled right now; your report is kept, send the photo later.",
    ),
}

Area = tuple[float, float, float, float]
_turn = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Photo:
    """A photo as it is kept: JPEGs of pixels alone, at most 2048 and 480 px, and where the file said it was taken."""

    full: bytes
    small: bytes
    width: int
    height: int
    position: tuple[float, float] | None


class PhotoRefusedError(Exception):
    """Says in words why nothing is kept of a file; `reason` names it, one of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason].id)
        self.reason = reason
        self.words = REASONS[reason]


def develop(file: IO[bytes], black: Sequence[Area] = ()) -> Photo:
    """Make a photo of a file on disk, areas (left, top, right, bottom in parts of 1) blackened.

    The file is opened in a process of its own, so that a hostile one costs neither memory nor more than this answer.
    Raises PhotoRefusedError for whatever is not clearly a photo, and where the libraries are missing.
    """
    if file.seek(0, 2) > MOST_BYTES:
        raise PhotoRefusedError("too_heavy")
    with _turn:
        file.seek(0)
        return _read(*_run(file, json.dumps(list(black))))


def _run(file: IO[bytes], black: str) -> tuple[int, bytes]:
    command = [sys.executable, "-I", str(PROGRAM), black]
    try:
        done = subprocess.run(  # noqa: S603 our own program
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise PhotoRefusedError("broken") from None
    return done.returncode, done.stdout


def _read(status: int, said: bytes) -> Photo:
    if status == NO_LIBRARY:
        raise PhotoRefusedError("unavailable")
    if status != 0:
        raise PhotoRefusedError("broken")
    line, _, content = said.partition(b"\n")
    about = json.loads(line)
    if "refused" in about:
        raise PhotoRefusedError(about["refused"])
    length = about["full"]
    position = about["position"] and (about["position"][0], about["position"][1])
    return Photo(content[:length], content[length:], about["width"], about["height"], position)
