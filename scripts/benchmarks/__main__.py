"""scripts/bench: fill a database, measure, print the tables, write them into docs/benchmarks.md."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from layers import db
from layers.settings import ROOT, driver_url
from scripts.benchmarks import filling, load, report
from scripts.benchmarks.parts import PARTS, Bench
from scripts.cluster import Cluster
from scripts.database import home, migrate
from scripts.setup.progress import Trouble, say

FOLDER = ROOT / ".data" / "bench"
PAGE = ROOT / "docs" / "benchmarks.md"


def main() -> None:
    """Measure what is asked for; ends with status 1 and one line where something is missing."""
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS), metavar="PART", help=_named())
    asked = parser.parse_args()
    try:
        load.require_wrk()
        FOLDER.mkdir(parents=True, exist_ok=True)
        with _database() as url:
            for name in asked.only:
                _measure(name, Bench(url, FOLDER, asked.runs))
    except Trouble as trouble:
        sys.exit(str(trouble))
    say(f"Written to {PAGE.relative_to(ROOT)}")


def _named() -> str:
    return f"measure these parts alone and leave the rest of the page as it is: {', '.join(PARTS)}"


def _measure(name: str, bench: Bench) -> None:
    """Measure one part and put it into the page at once, so that a run that stops leaves what it has."""
    part = PARTS[name]
    say(f"• {part.title} …")
    body = part.measure(bench)
    say(f"\n{body}\n")
    titles = [each.title for each in PARTS.values()]
    PAGE.write_text(report.page(PAGE.read_text(), titles, part.title, f"{body}\n\n{report.machine()}"))


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


if __name__ == "__main__":
    main()
