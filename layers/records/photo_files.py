"""The files of photos on the disk: two of each, under a name at random, that no web server hands out by itself.

Files are written before their row and taken away after it: what a crash leaves behind is a file without a row, which a
job removes, never a row without its file.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from time import time
from typing import Any, Literal

from sqlalchemy import Connection, select

from layers.records.photos import Photo

ORPHANED = timedelta(hours=1)
Size = Literal["full", "small"]


def path(data_dir: Path, name: str, size: Size, folder: Path) -> Path:
    """Tell where a photo's file lies."""
    return data_dir / folder / name[:2] / (f"{name}.jpg" if size == "full" else f"{name}-small.jpg")


def store(data_dir: Path, photo: Photo, folder: Path) -> str:
    """Write the files of a photo onto the disk under a new name; raises OSError, and then leaves none."""
    name = token_hex(16)
    files = {path(data_dir, name, "full", folder): photo.full, path(data_dir, name, "small", folder): photo.small}
    try:
        for file, content in files.items():
            keep_file(file, content)
    except OSError:
        discard(files)
        raise
    return name


def discard(files: Sequence[Path] | dict[Path, bytes]) -> None:
    """Remove files; those that are gone already do not matter."""
    for file in files:
        file.unlink(missing_ok=True)


def orphans(connection: Connection, data_dir: Path, within: Path, kept: Any) -> Iterator[Path]:
    """Give the files that have had no row for an hour: what a crash, or a photo blacked out, left behind.

    `kept` is the column that names the files which a folder may hold.
    """
    oldest = time() - ORPHANED.total_seconds()
    for folder in sorted((data_dir / within).glob("??")):
        old = {file for file in folder.iterdir() if file.stat().st_mtime < oldest}
        names = {file.stem.removesuffix("-small") for file in old}
        known = set(connection.scalars(select(kept).where(kept.in_(names))))
        yield from (file for file in sorted(old) if file.stem.removesuffix("-small") not in known)


def keep_file(file: Path, content: bytes) -> None:
    """Write a file so that it outlives a crash; raises OSError."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as open_file:
        open_file.write(content)
        open_file.flush()
        os.fsync(open_file.fileno())
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
