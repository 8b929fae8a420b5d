"""Requests a second of our server, beside tipg where it answers the same."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.benchmarks import load, questions, report, sameness, servers, travel
from scripts.setup.progress import say


def tiles(folder: Path, ours: str, tipg: Sequence[str], runs: int) -> Iterator[report.Line]:
    """Ask for tiles that are drawn anew, once both servers are seen to draw the same."""
    for layer in questions.drawn():
        say(f"  Tiles of {layer.id}: {sameness.compare(layer, ours, tipg[0])} features compared, the same …")
        asked = questions.tiles(folder, layer)
        *theirs, mine = load.side_by_side(runs, *((one, asked.tipg) for one in tipg), (ours, asked.ours))
        yield _said(report.Line(f"tiles of {layer.id}, z8 to z14, drawn anew", mine, theirs, "5 times, better 8"))


def pages(folder: Path, ours: str, tipg: Sequence[str], runs: int) -> Iterator[report.Line]:
    """Ask for pages of features."""
    for layer in questions.listed():
        asked = questions.pages(folder, layer)
        *theirs, mine = load.side_by_side(runs, *((one, asked.tipg) for one in tipg), (ours, asked.ours))
        yield _said(report.Line(f"pages of 100 {layer.id} in the same boxes", mine, theirs, "4 times"))


def kept_tiles(folder: Path, ours: str, tipg: Sequence[str], runs: int) -> Iterator[report.Line]:
    """Ask for tiles that our server keeps in memory."""
    for layer in questions.drawn():
        asked = questions.tiles(folder, layer)
        *theirs, mine = load.side_by_side(runs, *((one, asked.tipg) for one in tipg), (ours, asked.ours))
        yield _said(report.Line(f"tiles of {layer.id}, kept in memory", mine, theirs, "15 times"))


def nearest(url: str, folder: Path, ours: str, runs: int) -> Iterator[report.Line]:
    """Ask in a straight line before there is a network, then by time: what is kept, and what has to be searched for."""
    data_dir = servers.files(folder, cache_mb=0)
    travel.forget(data_dir)
    yield _answered(folder, ours, runs, "", "in a straight line", "600 a second")
    say("  Make the road network and place the offices on it …")
    travel.prepare(url, data_dir)
    yield _answered(folder, ours, runs, "", "by motorcycle", "400 a second")
    more = "&wheelchair=true&season=hujan"
    yield _answered(folder, ours, runs, more, "by motorcycle, for wheelchairs, in the wet", "60 a second")


def _answered(folder: Path, ours: str, runs: int, more: str, title: str, aim: str) -> report.Line:
    (mine,) = load.side_by_side(runs, (ours, questions.nearest(folder, more)))
    return _said(report.Line(f"/api/nearest among all schools and offices, {title}", mine, (), aim))


def _said(line: report.Line) -> report.Line:
    beside = " and ".join(f"{times} × tipg" for times in line.times)
    say(f"  {line.title}: {line.ours.middle:,.0f}/s {beside and f'= {beside}'}")
    return line
