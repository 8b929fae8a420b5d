"""scripts/bench: fill a database, measure, print the table, write docs/benchmarks.md."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from layers import db
from layers.registry import layers
from layers.settings import ROOT, driver_url
from scripts.benchmarks import (
    filling,
    importing,
    load,
    questions,
    report,
    sameness,
    sending,
    servers,
    travel,
    waits,
    weight,
    whatif,
)
from scripts.cluster import Cluster
from scripts.database import home, migrate
from scripts.setup.progress import Trouble, say

FOLDER = ROOT / ".data" / "bench"
PAGE = ROOT / "docs" / "benchmarks.md"
CACHE_MB = 64


def main() -> None:
    """Measure everything; ends with status 1 and one line where something is missing."""
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    try:
        load.require_wrk()
        FOLDER.mkdir(parents=True, exist_ok=True)
        with _database() as url:
            PAGE.write_text(_measured(url, runs))
    except Trouble as trouble:
        sys.exit(str(trouble))
    say(f"Written to {PAGE.relative_to(ROOT)}")


@contextmanager
def _database() -> Iterator[str]:
    """Lend a database of the bench's own, kept for the next time."""
    cluster = Cluster(home(FOLDER))
    url = driver_url(cluster.start())
    try:
        migrate(url)
        engine = db.connect(url, pool_size=2)
        filling.fill(engine)
        engine.dispose()
        yield url
    finally:
        cluster.stop()


def _measured(url: str, runs: int) -> str:
    with servers.tipg(url, FOLDER, servers.PLAIN) as plain, servers.tipg(url, FOLDER, servers.FAST) as fast:
        tipg = (plain, fast)
        with servers.ours(url, FOLDER, cache_mb=0) as ours:
            lines = [*_tiles(ours, tipg, runs), *_pages(ours, tipg, runs), *_nearest(url, ours, runs)]
        with servers.ours(url, FOLDER, CACHE_MB) as ours:
            lines += _kept_tiles(ours, tipg, runs)
    engine = db.connect(url, pool_size=1)
    with servers.ours(url, FOLDER, CACHE_MB) as ours:
        waited = [_told(wait) for wait in waits.measure(ours, engine, FOLDER)]
        say("• Send reports …")
        sent = sending.measure(ours, engine, servers.files(FOLDER, CACHE_MB))
    weights = list(weight.weigh(engine, layers()["complaints"]))
    engine.dispose()
    say("• Import a million points …")
    imports = importing.measure(url)
    say("• Value repairs and choose among them …")
    return _page(lines, weights, waited, sent, imports, whatif.measure(), runs)


def _tiles(ours: str, tipg: Sequence[str], runs: int) -> Iterator[report.Line]:
    for layer in questions.drawn():
        say(f"• Tiles of {layer.id}: {sameness.compare(layer, ours, tipg[0])} features compared, the same …")
        asked = questions.tiles(FOLDER, layer)
        *theirs, mine = load.side_by_side(runs, *((one, asked.tipg) for one in tipg), (ours, asked.ours))
        yield _said(report.Line(f"tiles of {layer.id}, z8 to z14, drawn anew", mine, theirs, "5 times, better 8"))


def _pages(ours: str, tipg: Sequence[str], runs: int) -> Iterator[report.Line]:
    for layer in questions.listed():
        asked = questions.pages(FOLDER, layer)
        *theirs, mine = load.side_by_side(runs, *((one, asked.tipg) for one in tipg), (ours, asked.ours))
        yield _said(report.Line(f"pages of 100 {layer.id} in the same boxes", mine, theirs, "4 times"))


def _kept_tiles(ours: str, tipg: Sequence[str], runs: int) -> Iterator[report.Line]:
    for layer in questions.drawn():
        asked = questions.tiles(FOLDER, layer)
        *theirs, mine = load.side_by_side(runs, *((one, asked.tipg) for one in tipg), (ours, asked.ours))
        yield _said(report.Line(f"tiles of {layer.id}, kept in memory", mine, theirs, "15 times"))


def _nearest(url: str, ours: str, runs: int) -> Iterator[report.Line]:
    """Ask in a straight line before there is a network, then by time: what is kept, and what has to be searched for."""
    data_dir = servers.files(FOLDER, cache_mb=0)
    travel.forget(data_dir)
    yield _answered(ours, runs, "", "in a straight line", "600 a second")
    say("• Make the road network and place the offices on it …")
    travel.prepare(url, data_dir)
    yield _answered(ours, runs, "", "by motorcycle", "400 a second")
    yield _answered(
        ours, runs, "&wheelchair=true&season=hujan", "by motorcycle, for wheelchairs, in the wet", "60 a second"
    )


def _answered(ours: str, runs: int, more: str, title: str, aim: str) -> report.Line:
    (mine,) = load.side_by_side(runs, (ours, questions.nearest(FOLDER, more)))
    return _said(report.Line(f"/api/nearest among all schools and offices, {title}", mine, (), aim))


def _said(line: report.Line) -> report.Line:
    beside = " and ".join(f"{times} × tipg" for times in line.times)
    say(f"  {line.title}: {line.ours.middle:,.0f}/s {beside and f'= {beside}'}")
    return line


def _told(wait: waits.Wait) -> waits.Wait:
    say(f"  {wait.title}: 95 in 100 within {wait.p95_ms:.0f} ms, {wait.rate:,.0f}/s")
    return wait


def _page(
    lines: list[report.Line],
    weights: list[weight.Weight],
    waited: list[waits.Wait],
    sent: list[importing.Row],
    imports: list[importing.Row],
    repairs: list[importing.Row],
    runs: int,
) -> str:
    parts = [
        report.HEADER.format(runs=runs, tipg=" with ".join(servers.TIPG)),
        report.machine(),
        "\n## Requests a second\n",
        report.table(lines),
        "\n## Tiles of a million complaints\n",
        "Spread as the real ones of Baltimore and Los Angeles. Drawn is every tile down to zoom 11, deeper those with",
        "a thousand points or more. The aim: none above 500 KB.\n",
        report.weights(weights),
        "\n## Waiting for answers about a million complaints\n",
        f"{waits.PEOPLE} people at once, none pausing between two questions. The aim: p95 under 100 ms.\n",
        report.waits(waited),
        "\n## Sending reports\n",
        report.imports(sent),
        "\n## Importing\n",
        report.imports(imports),
        "\n## What if\n",
        "Made-up towns of crossings in a grid; every repair is valued exactly. Times once compiled.\n",
        report.imports(repairs),
    ]
    page = "\n".join(parts) + "\n"
    say(f"\n{page}")
    return page


if __name__ == "__main__":
    main()
