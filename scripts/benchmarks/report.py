"""The table of measurements, as printed and as kept in docs/benchmarks.md."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts.benchmarks import importing
from scripts.benchmarks.load import Rate, Waits
from scripts.benchmarks.waits import Wait
from scripts.benchmarks.weight import Weight

HEADER = """# Benchmarks

Written by `scripts/bench`; `scripts/bench --only PART …` measures some parts anew and leaves the others as they are.
The tables hold the sample; the 6,900 schools of Lampung among the offices; as waste sites as many points as a regency
has schools, at their places; and a million complaints.
"""
SERVERS = """The median of {runs} runs of 4 s, the servers in turn, each with two workers, on one database, asked over
4 connections by wrk on the same machine. tipg is {tipg}:
once with asyncio and h11, as tipg's documentation installs it, once with uvloop and httptools, its fastest way.
"""
TILES = """Spread as the real ones of Baltimore and Los Angeles. Drawn is every tile down to zoom 11, deeper those with
a thousand points or more. The aim: none above 500 KB.
"""


@dataclass(frozen=True)
class Line:
    """One measurement: ours, tipg's in each of its ways, and what was aimed at."""

    title: str
    ours: Rate
    tipg: Sequence[Rate]
    aim: str

    @property
    def times(self) -> list[str]:
        """Tell how many times as fast as tipg in each of its ways we are."""
        return [f"{self.ours.middle / theirs.middle:.1f}" for theirs in self.tipg]


def table(lines: list[Line]) -> str:
    """Write the rates down."""
    rows = ["| | ours /s | tipg /s | times | tipg with uvloop /s | times | aim |", "|---|---:|---:|---:|---:|---:|---|"]
    for line in lines:
        pairs = [f"{theirs.middle:,.0f} | {times}" for theirs, times in zip(line.tipg, line.times, strict=True)]
        beside = " | ".join(pairs or ["|"] * 2)
        rows.append(f"| {line.title} | {line.ours.middle:,.0f} | {beside} | {line.aim} |")
    return "\n".join(rows)


def rates(lines: list[Line]) -> str:
    """Write rates down that nobody else's stand beside."""
    rows = ["| | /s | aim |", "|---|---:|---|"]
    return "\n".join(rows + [f"| {line.title} | {line.ours.middle:,.0f} | {line.aim} |" for line in lines])


def page(before: str, titles: Sequence[str], title: str, body: str) -> str:
    """Put one section into the page in the place of what it held, all sections in the order of their titles."""
    _, *sections = before.split("\n## ")
    known = {name: text.strip() for name, _, text in (section.partition("\n") for section in sections)}
    known[title] = body.strip()
    return HEADER + "".join(f"\n## {name}\n\n{known[name]}\n" for name in titles if name in known)


def weights(found: list[Weight]) -> str:
    """Write the weights of tiles down."""
    rows = ["| zoom | tiles drawn | heaviest, KB | middle, ms |", "|---:|---:|---:|---:|"]
    rows += [f"| {w.zoom} | {w.tiles:,} | {w.heaviest / 1000:.0f} | {w.middle_ms:.1f} |" for w in found]
    return "\n".join(rows)


def waits(found: list[Wait]) -> str:
    """Write down how long people wait."""
    head = "| | people: median, ms | p95, ms | programs: median, ms | p95, ms | requests /s |"
    rows = [head, "|---|---:|---:|---:|---:|---:|"]
    rows += [f"| {w.title} | {_taken(w.looking)} | {_taken(w.pressing)} | {w.pressing.rate:,.0f} |" for w in found]
    return "\n".join(rows)


def _taken(waits: Waits) -> str:
    return f"{waits.middle_ms:.0f} | {waits.p95_ms:.0f}"


def rows(found: list[importing.Row]) -> str:
    """Write down single measurements, such as how long imports take."""
    head = ["| | |", "|---|---:|"]
    return "\n".join(head + [f"| {title} | {value:,} {unit} |" for title, value, unit in found])


def machine() -> str:
    """Describe the machine and how busy it is."""
    model = next(
        (line.split(":")[1].strip() for line in _read("/proc/cpuinfo") if "model name" in line), platform.machine()
    )
    memory = next((int(line.split()[1]) / 1_048_576 for line in _read("/proc/meminfo") if "MemTotal" in line), 0)
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return (
        f"Machine: {os.cpu_count()} cores ({model}), {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load {busy}; {date.today().isoformat()}."
    )


def _read(path: str) -> list[str]:
    file = Path(path)
    return file.read_text().splitlines() if file.exists() else []
