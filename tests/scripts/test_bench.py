"""A part that is measured anew takes its own section's place in the page, and no other's."""

import pytest

from layers.settings import ROOT
from scripts.benchmarks import report
from scripts.benchmarks.parts import PARTS

TITLES = ["One", "Two", "Three"]
PAGE = f"{report.HEADER}\n## One\n\n| 1 |\n\n## Three\n\n| 3 |\n\n### below three\n"


@pytest.mark.parametrize("title", TITLES)
def test_the_other_sections_stay_as_they_are_and_in_order(title: str) -> None:
    told = report.page(PAGE, TITLES, title, "| new |\n")
    bodies = {"One": "| 1 |", "Three": "| 3 |\n\n### below three"} | {title: "| new |"}
    assert told == report.HEADER + "".join(f"\n## {name}\n\n{bodies[name]}\n" for name in TITLES if name in bodies)


def test_a_section_of_a_part_that_is_no_more_goes() -> None:
    assert "Three" not in report.page(PAGE, TITLES[:2], "Two", "| 2 |")


def test_the_page_holds_nothing_but_parts_that_can_be_measured() -> None:
    page = (ROOT / "docs" / "benchmarks.md").read_text()
    assert page.startswith(report.HEADER)
    titles = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]
    assert titles == [part.title for part in PARTS.values() if part.title in titles]
