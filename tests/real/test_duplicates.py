"""How well duplicates are told among the real reports of a city, beside the rules of other systems."""

import tomllib
from typing import Any

import pytest

from layers.complaints import duplicates
from scripts.likeness import cases, learning, measuring, page
from scripts.likeness.cases import Cases, Pairs
from scripts.likeness.parameters import SPLIT, written
from tests.conftest import ROOT, SHARED
from tests.real.conftest import real

pytestmark = [pytest.mark.real, real]


@pytest.fixture(scope="module")
def city() -> tuple[Cases, Pairs]:
    reports = cases.read(SHARED / "complaints_311_geotagged.parquet")
    return reports, cases.same_category(reports)


def test_the_file_holds_the_labelled_reports_of_one_city(city: tuple[Cases, Pairs]) -> None:
    reports, _ = city
    lights = reports.category == "BGE-StLight(s) Out"
    assert (len(reports.came), reports.duplicate.sum(), (reports.duplicate & lights).sum()) == (52_563, 5_645, 4_284)


def test_at_the_recall_of_each_rule_our_precision_is_higher(city: tuple[Cases, Pairs]) -> None:
    reports, pairs = city
    tested = reports.since(SPLIT)
    chances = learning.decide(reports, pairs, duplicates.learnt().patterns)
    for rule in measuring.rules(reports, pairs).values():
        line = measuring.compare(reports.duplicate[tested], rule[tested], chances[tested])
        assert line.our_recall >= line.recall
        assert line.our_precision > line.precision


def test_the_parameters_are_learnt_from_what_was_settled_before_the_split(city: tuple[Cases, Pairs]) -> None:
    reports, pairs = city
    known = reports.settled_before(SPLIT)
    learnt = written(reports, pairs, known, learning.learn(reports, pairs, known))
    kept, again = (_numbers(tomllib.loads(text)) for text in (duplicates.FILE.read_text(), learnt))
    assert again == pytest.approx(kept, rel=0.05)


def test_the_docs_tell_what_was_measured(city: tuple[Cases, Pairs]) -> None:
    told = (ROOT / "docs/duplicates.md").read_text(encoding="utf-8")
    assert "\n".join(page.lines(*city, duplicates.learnt())) in told


def _numbers(content: dict[str, Any]) -> dict[str, float]:
    patterns = {f"{kind} {name}": value for kind, of in content["patterns"].items() for name, value in of.items()}
    return patterns | content["decision"]
