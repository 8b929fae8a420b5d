"""Seals on the trail: lines of a file outside the database, each an HMAC over the chain's head and the seal before."""

import errno
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest, digest
from pathlib import Path

FILE = Path("files") / "trail" / "seals.jsonl"
KEY = "trail"


class SealFileError(ValueError):
    """A line of the file of seals that is none, or was not made with a key of ours."""


class UnfinishedSealError(SealFileError):
    """The last line of the file of seals has no end, so it never sealed anything."""


@dataclass(frozen=True)
class Seal:
    """At a moment, the chain had so many links and ended in this one; `mac` binds it to the seal before."""

    at: datetime
    position: int
    link: bytes
    mac: bytes

    @classmethod
    def make(cls, key: bytes, at: datetime, position: int, link: bytes, before: bytes) -> "Seal":
        """Seal a head of the chain after the seal whose mac is `before` (empty for the first)."""
        return cls(at, position, link, _mac(key, at, position, link, before))


def read(file: Path, keys: Sequence[bytes]) -> list[Seal]:
    """Read and check every seal, none where there is no file; raises SealFileError for the first line that is wrong.

    Where that is a last line without an end, it is an UnfinishedSealError.
    """
    if not file.exists():
        return []
    seals: list[Seal] = []
    *lines, rest = file.read_text(encoding="ascii").split("\n")
    for number, line in enumerate(lines, start=1):
        seal, before = _parsed(line, number), seals[-1].mac if seals else b""
        made = (_mac(key, seal.at, seal.position, seal.link, before) for key in keys)
        if not any(compare_digest(mac, seal.mac) for mac in made):
            raise SealFileError(f"line {number} of the seals was changed, moved or made with another key")
        seals.append(seal)
    if rest:
        raise UnfinishedSealError(f"line {len(lines) + 1} of the seals has no end")
    return seals


def append(file: Path, seal: Seal) -> None:
    """Write a seal at the end of the file, down to the disk; where it does not fit, the file stays as it was."""
    file.parent.mkdir(parents=True, exist_ok=True)
    told = {"at": seal.at.isoformat(), "position": seal.position, "link": seal.link.hex(), "mac": seal.mac.hex()}
    line = f"{json.dumps(told)}\n".encode("ascii")
    with file.open("ab", buffering=0) as content:
        end = content.tell()
        try:
            if content.write(line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
            os.fsync(content.fileno())
        except OSError:
            content.truncate(end)
            raise


def drop_unfinished(file: Path) -> None:
    """Take away a last line without an end, which a machine that stopped while it was written has left."""
    written = file.read_bytes() if file.exists() else b""
    if written and not written.endswith(b"\n"):
        os.truncate(file, written.rfind(b"\n") + 1)


def _parsed(line: str, number: int) -> Seal:
    try:
        told = json.loads(line)
        at, link, mac = datetime.fromisoformat(told["at"]), bytes.fromhex(told["link"]), bytes.fromhex(told["mac"])
        return Seal(at, int(told["position"]), link, mac)
    except (ValueError, KeyError, TypeError):
        raise SealFileError(f"line {number} of the seals cannot be read") from None


def _mac(key: bytes, at: datetime, position: int, link: bytes, before: bytes) -> bytes:
    return digest(key, b"|".join((before, at.isoformat().encode(), str(position).encode(), link)), "sha256")
