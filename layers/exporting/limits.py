"""How large a file to take along may become."""

from pathlib import Path


class TooLargeError(Exception):
    """A file to take along has passed its limit, in MB or in rows."""


def check_folder(folder: Path, limit_mb: int) -> None:
    """Stop the making of a file whose folder has passed its limit; raises TooLargeError."""
    if sum(file.stat().st_size for file in folder.rglob("*")) > limit_mb * 1_000_000:
        raise TooLargeError(f"{limit_mb} MB")
