"""Keys outside the database: files below keys/ of the data, each made at its first use, readable by their owner alone.

A file holds a ring of keys, the newest first, 32 random bytes a line in URL-safe base64. Whoever loses the files loses
what is sealed with them: scripts/backup keeps them apart from the database.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from hmac import digest
from pathlib import Path
from secrets import token_bytes, token_hex

FOLDER = "keys"
KEY_BYTES = 32


def ring(data_dir: Path, name: str) -> tuple[bytes, ...]:
    """Give the keys of a name, the newest first; the first caller of all makes one."""
    file = data_dir / FOLDER / name
    if not file.exists():
        beside = _written(file, [token_bytes(KEY_BYTES)])
        with suppress(FileExistsError):  # another process was quicker, and its key is the one
            os.link(beside, file)
        beside.unlink()
    return tuple(urlsafe_b64decode(line) for line in file.read_text(encoding="ascii").split())


def newest(data_dir: Path, name: str) -> bytes:
    """Give the key of a name that is in use."""
    return ring(data_dir, name)[0]


def extend(data_dir: Path, name: str) -> None:
    """Put a new key before those of a ring; what the older ones sealed can still be opened."""
    keys = ring(data_dir, name)
    file = data_dir / FOLDER / name
    _written(file, [token_bytes(KEY_BYTES), *keys]).replace(file)


def drop_older(data_dir: Path, name: str) -> None:
    """Forget all keys of a ring but the newest."""
    file = data_dir / FOLDER / name
    _written(file, [newest(data_dir, name)]).replace(file)


def hashed(key: bytes, words: str) -> bytes:
    """Give the HMAC-SHA256 of words, which only the holder of the key can make or compare."""
    return digest(key, words.encode(), "sha256")


def _written(file: Path, keys: list[bytes]) -> Path:
    """Write a ring beside its file, whole and on the disk, so that the file can change in one step."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as content:
        content.write(b"".join(urlsafe_b64encode(key) + b"\n" for key in keys))
        content.flush()
        os.fsync(content.fileno())
    return beside
