"""Where files that people bring in lie: in one folder, each under a random name, never under its own."""

import shutil
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection, delete, func, select

from layers.uploads.table import Upload

FOLDER = "imports"
PICTURE = "gambar.png"  # that a trial has drawn of a raster, beside the refused rows of others
MOST_BYTES = 200_000_000
ABANDONED = timedelta(days=1)
REFUSED_KEPT = timedelta(days=30)


def fresh(data_dir: Path) -> Path:
    """Give the path of a new file in the folder of uploads."""
    home = data_dir / FOLDER
    home.mkdir(parents=True, exist_ok=True)
    return home / token_hex(16)


def path(data_dir: Path, stored: str) -> Path:
    """Tell where an uploaded file lies."""
    return data_dir / FOLDER / stored


def refused_folder(data_dir: Path, stored: str) -> Path:
    """Tell where the refused rows of an uploaded file lie."""
    return data_dir / FOLDER / f"{stored}-refused"


def clear_refused(data_dir: Path, stored: str) -> None:
    """Remove the refused rows of an earlier trial."""
    shutil.rmtree(refused_folder(data_dir, stored), ignore_errors=True)


def discard(data_dir: Path, stored: str) -> None:
    """Remove an uploaded file and its refused rows."""
    path(data_dir, stored).unlink(missing_ok=True)
    clear_refused(data_dir, stored)


def forget(connection: Connection) -> list[str]:
    """Forget uploads that nobody came back to for a day, and finished ones after 30; give their random names.

    The files go once this is committed: see `discard`.
    """
    since = func.now() - Upload.moved_at
    taken = Upload.state == "taken"
    old = (taken & (since > REFUSED_KEPT)) | (~taken & (since > ABANDONED))
    return list(connection.scalars(delete(Upload).where(old).returning(Upload.stored)))


def left_behind(connection: Connection, data_dir: Path, now_s: float) -> list[str]:
    """Name the files, older than a day, of which no upload knows: a crash has left them."""
    known = set(connection.scalars(select(Upload.stored)))
    oldest = now_s - ABANDONED.total_seconds()
    files = [file for file in (data_dir / FOLDER).glob("*") if file.stat().st_mtime < oldest]
    return sorted({file.name.removesuffix("-refused") for file in files} - known)
