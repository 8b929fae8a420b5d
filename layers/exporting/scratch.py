"""The folder in which files to take along are made, sent and removed."""

import time
from pathlib import Path
from tempfile import mkdtemp

STALE_S = 3600


def folder(data_dir: Path) -> Path:
    """Make an empty folder for one file to take along."""
    home = data_dir / "exports"
    home.mkdir(parents=True, exist_ok=True)
    return Path(mkdtemp(dir=home))


def stale(data_dir: Path, older_than_s: float = STALE_S) -> list[Path]:
    """List the folders that a killed server has left behind, older than a number of seconds."""
    oldest = time.time() - older_than_s
    return [path for path in (data_dir / "exports").glob("*") if path.stat().st_mtime < oldest]
