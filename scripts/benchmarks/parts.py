"""The parts of the measurements, each a section of docs/benchmarks.md that can be measured by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from layers import db
from layers.registry import layers
from scripts.benchmarks import (
    access,
    faults,
    importing,
    ranking,
    rates,
    report,
    sending,
    servers,
    slow_lines,
    waits,
    weight,
    whatif,
)

CACHE_MB = 64


@dataclass(frozen=True)
class Bench:
    """What a part measures with: the database, a folder of its own, and how often a rate is taken."""

    url: str
    folder: Path
    runs: int


@dataclass(frozen=True)
class Part:
    """A section: its title, and what measures it and writes its tables."""

    title: str
    measure: Callable[[Bench], str]


def _requests(bench: Bench) -> str:
    url, folder, runs = bench.url, bench.folder, bench.runs
    with servers.tipg(url, folder, servers.PLAIN) as plain, servers.tipg(url, folder, servers.FAST) as fast:
        tipg = (plain, fast)
        with servers.ours(url, folder, cache_mb=0) as ours:
            lines = [*rates.tiles(folder, ours, tipg, runs), *rates.pages(folder, ours, tipg, runs)]
        with servers.ours(url, folder, CACHE_MB) as ours:
            lines += rates.kept_tiles(folder, ours, tipg, runs)
    return f"{report.SERVERS.format(runs=runs, tipg=' with '.join(servers.TIPG))}\n{report.table(lines)}"


def _nearest(bench: Bench) -> str:
    with servers.ours(bench.url, bench.folder, cache_mb=0) as ours:
        lines = list(rates.nearest(bench.url, bench.folder, ours, bench.runs))
    return f"Requests a second over 4 connections, the median of {bench.runs} runs.\n\n{report.rates(lines)}"


def _tiles(bench: Bench) -> str:
    engine = db.connect(bench.url, pool_size=1)
    drawn = report.weights(list(weight.weigh(engine, layers()["complaints"])))
    engine.dispose()
    return f"{report.TILES}\n{drawn}"


def _waits(bench: Bench) -> str:
    engine = db.connect(bench.url, pool_size=1)
    with servers.ours(bench.url, bench.folder, CACHE_MB) as ours:
        waited = list(waits.measure(ours, engine, bench.folder))
    engine.dispose()
    aim = (
        f"{waits.PEOPLE} people at once, each of whom looks at an answer for about a second before the next question; "
        f"then {waits.PEOPLE} programs at once that never pause. The aim: p95 under 100 ms for {waits.PEOPLE} people."
    )
    return f"{aim}\n\n{report.waits(waited)}"


def _sending(bench: Bench) -> str:
    engine = db.connect(bench.url, pool_size=1)
    with servers.ours(bench.url, bench.folder, CACHE_MB) as ours:
        sent = sending.measure(ours, engine, servers.files(bench.folder, CACHE_MB))
    engine.dispose()
    return report.rows(sent)


def _slow(bench: Bench) -> str:
    engine = db.connect(bench.url, pool_size=1)
    with servers.ours(bench.url, bench.folder, CACHE_MB) as ours:
        try:
            measured = slow_lines.measure(ours)
            measured.append(("largest web worker afterwards (under 300)", round(sending.heaviest(ours)), "MB"))
        finally:
            with engine.begin() as connection:
                connection.execute(text("delete from complaint where source = 'warga'"))
    engine.dispose()
    return report.rows(measured)


def _faults(_: Bench) -> str:
    about = "The web server and the database are killed in turn with `kill -9` at random moments while phones report."
    return f"{about}\n\n{report.rows(faults.measure())}"


def _importing(bench: Bench) -> str:
    return report.rows(importing.measure(bench.url))


def _access(bench: Bench) -> str:
    return f"{access.ABOUT}\n\n{report.rows(access.measure(bench.url, bench.folder))}"


def _whatif(bench: Bench) -> str:
    about = "Made-up towns of crossings in a grid; every repair is valued exactly. Times once compiled."
    return f"{about}\n\n{report.rows(whatif.measure())}"


def _ranking(bench: Bench) -> str:
    return f"{ranking.ABOUT}\n\n{report.rows(ranking.measure(bench.runs))}"


PARTS = {
    "requests": Part("Requests a second", _requests),
    "nearest": Part("Nearest office by time", _nearest),
    "tiles": Part("Tiles of a million complaints", _tiles),
    "waits": Part("Waiting for answers about a million complaints", _waits),
    "sending": Part("Sending reports", _sending),
    "slow": Part("Slow lines", _slow),
    "faults": Part("Reports while servers are killed", _faults),
    "importing": Part("Importing", _importing),
    "access": Part("Access of a whole regency", _access),
    "whatif": Part("What if", _whatif),
    "ranking": Part("Ranking", _ranking),
}
