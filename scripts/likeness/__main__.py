"""scripts/duplicates: measure on labelled reports how well duplicates are told, or learn the parameters anew."""

import argparse
from pathlib import Path

from layers.complaints import duplicates
from scripts.likeness import cases, learning, page, parameters


def main() -> None:
    """Print the tables of docs/duplicates.md, or write layers/complaints/duplicates.toml."""
    parser = argparse.ArgumentParser(prog="scripts/duplicates")
    parser.add_argument("act", choices=("measure", "learn"))
    parser.add_argument("file", type=Path, help="the labelled reports: complaints_311_geotagged.parquet")
    arguments = parser.parse_args()
    reports = cases.read(arguments.file)
    pairs = cases.same_category(reports)
    if arguments.act == "learn":
        known = reports.settled_before(parameters.SPLIT)
        patterns = learning.learn(reports, pairs, known)
        duplicates.FILE.write_text(parameters.written(reports, pairs, known, patterns), encoding="utf-8")
    else:
        print("\n".join(page.lines(reports, pairs, duplicates.learnt())))


if __name__ == "__main__":
    main()
