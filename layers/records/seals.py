"""Seals on the trail: lines of a file outside the database, each an HMAC over the chain's head and the seal before."""

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
    """Read and check every seal, none where there is no file; raises SealFileError for the first line that is wrong."""
    if not file.exists():
        return []
    seals: list[Seal] = []
    for number, line in enumerate(file.read_text(encoding="ascii").splitlines(), start=1):
        seal, before = _parsed(line, number), seals[-1].mac if seals else b""
        made = (_mac(key, seal.at, seal.position, seal.link, before) for key in keys)
        if not any(compare_digest(mac, seal.mac) for mac in made):
            raise SealFileError(f"line {number} of the seals was changed, moved or made with another key")
        seals.append(seal)
    return seals


def append(file: Path, seal: Seal) -> None:
    """Write a seal at the end of the file, down to the disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    line = {"at": seal.at.isoformat(), "position": seal.position, "link": seal.link.hex(), "mac": seal.mac.hex()}
    with file.open("a", encoding="ascii") as content:
        content.write(json.dumps(line) + "\n")
        content.flush()
        os.fsync(content.fileno())


def _parsed(line: str, number: int) -> Seal:
    try:
        told = json.loads(line)
        at, link, mac = datetime.fromisoformat(told["at"]), bytes.fromhex(told["link"]), bytes.fromhex(told["mac"])
        return Seal(at, int(told["position"]), link, mac)
    except (ValueError, KeyError, TypeError):
        raise SealFileError(f"line {number} of the seals cannot be read") from None


def _mac(key: bytes, at: datetime, position: int, link: bytes, before: bytes) -> bytes:
    return digest(key, b"|".join((before, at.isoformat().encode(), str(position).encode(), link)), "sha256")
