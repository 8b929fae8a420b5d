"""Requests a second, as wrk counts them."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from math import inf
from pathlib import Path
from statistics import median

from scripts.setup.progress import Trouble

SCRIPT = Path(__file__).with_name("addresses.lua")
CONNECTIONS = 4
SECONDS = 4
RATE = re.compile(r"Requests/sec:\s+([0-9.]+)")
TAKEN = re.compile(r"p50 ([0-9.]+) ms\s+p95 ([0-9.]+) ms")
REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")


@dataclass(frozen=True)
class Rate:
    """Requests a second of each run."""

    runs: tuple[float, ...]

    @property
    def middle(self) -> float:
        """Give the median."""
        return median(self.runs)


@dataclass(frozen=True)
class Waits:
    """How long half of the answers took at most, and 95 in 100, in milliseconds; and requests a second."""

    middle_ms: float
    p95_ms: float
    rate: float


def require_wrk() -> None:
    """Raise Trouble where wrk is not installed."""
    if shutil.which("wrk") is None:
        raise Trouble("wrk is missing, which makes the load: apt-get install wrk")


def rate(server: str, paths: Path) -> float:
    """Ask a server for the addresses of a file in turn for some seconds; raises Trouble where it refuses any."""
    return waits(server, paths, CONNECTIONS).rate


def waits(server: str, paths: Path, connections: int, seconds: int = SECONDS, pause_ms: int = 0) -> Waits:
    """Ask over so many connections at once, and tell how long answers take; raises Trouble where any is refused.

    Each connection pauses for about `pause_ms` between two questions.
    """
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}", "--timeout", f"{seconds}s", "-s", str(SCRIPT), server]
    asked = {"ADDRESSES": str(paths), "PAUSE_MS": str(pause_ms)}
    output = subprocess.run(command, env=os.environ | asked, capture_output=True, text=True, check=True)
    if refused := REFUSED.search(output.stdout):
        raise Trouble(f"{server} refused {refused[1]} requests of {paths.name}: see what it says to the first of them.")
    found, taken = RATE.search(output.stdout), TAKEN.search(output.stdout)
    if found is None or taken is None:
        raise Trouble(f"wrk got no answer from {server}: {output.stderr.strip()}")
    if not float(taken[2]):  # wrk writes 0 where none came in time
        return Waits(inf, inf, 0.0)
    return Waits(float(taken[1]), float(taken[2]), float(found[1]))


def side_by_side(runs: int, *series: tuple[str, Path]) -> list[Rate]:
    """Measure each server in turn, run after run, so that what else the machine does falls on all alike."""
    rates = [[rate(server, paths) for server, paths in series] for _ in range(runs)]
    return [Rate(tuple(one)) for one in zip(*rates, strict=True)]
