"""The table of docs/real-data.md, as the imports themselves tell it."""

from layers.reading.importing import Outcome
from tests.real.files import Given

HEAD = (
    "| file | into | area | came | went in | already there | refused, and why |",
    "|---|---|---|---:|---:|---:|---|",
)


def lines(outcomes: dict[Given, Outcome]) -> list[str]:
    """Write one row a file; what an import changed counts as gone in."""
    return [*HEAD, *(_line(given, outcome) for given, outcome in outcomes.items())]


def _line(given: Given, outcome: Outcome) -> str:
    written = outcome.written
    why = "; ".join(f"{count:,} {kind}" for kind, count in outcome.refused.most_common()) or "0"
    name = f"`{given.file}`" + (f" {given.sheet}" if given.sheet else "")
    area = " ".join(given.area) or "the regency"
    counts = (outcome.came, written.added + written.changed, written.same)
    return f"| {name} | {given.layer} | {area} | " + " | ".join(f"{n:,}" for n in counts) + f" | {why} |"
