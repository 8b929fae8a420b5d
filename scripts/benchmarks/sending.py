"""How many reports a second are taken, without photos and with, and how large the web workers get by it."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Engine, text

from scripts.benchmarks import importing, reports
from scripts.benchmarks.slow_lines import form, photo

AT_ONCE = 8
PLAIN, PICTURED = 3_000, 200
RSS = re.compile(r"VmRSS:\s+(\d+) kB")


def measure(server: str, engine: Engine, data_dir: Path) -> list[importing.Row]:
    """Send reports to a server whose files and keys are in `data_dir`; they are gone afterwards."""
    try:
        plain = _rate(server, engine, data_dir, PLAIN, None)
        pictured = _rate(server, engine, data_dir, PICTURED, form(photo()))
    finally:
        with engine.begin() as connection:
            connection.execute(text("delete from complaint where source = 'warga'"))
    return [
        ("reports a second without photos (200 is the aim)", round(plain), "/s"),
        ("reports a second, each with a photo of 1,600 × 1,200", round(pictured, 1), "/s"),
        ("largest web worker afterwards (under 300)", round(heaviest(server)), "MB"),
    ]


def _rate(server: str, engine: Engine, data_dir: Path, many: int, picture: bytes | None) -> float:
    with engine.begin() as connection:
        tokens = reports.write(connection, data_dir, many)
    place = urlsplit(server)
    phones = list(reports.phones(str(place.hostname), int(place.port or 80), tokens))
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as senders:
        list(senders.map(lambda phone: phone.report(picture) if picture else phone.send(), phones))
    return many / (time.monotonic() - began)


def heaviest(server: str) -> float:
    """Give the memory (MB) of the largest process that serves an address of this machine."""
    bound = urlsplit(server).netloc.encode()
    serving = [process for process in Path("/proc").glob("[0-9]*") if bound in _read(process / "cmdline")]
    sizes = [RSS.search(_read(process / "status").decode()) for process in serving]
    return max(int(size[1]) for size in sizes if size) / 1000


def _read(file: Path) -> bytes:
    """Read what the system tells of a process; nothing where it has just ended."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""
