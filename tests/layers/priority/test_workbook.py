"""The workbook of a ranking computes it by itself, also by other weights, and runs nothing that was written into it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from openpyxl import Workbook
from sqlalchemy import Connection

from layers.priority import workbook
from layers.priority.criteria import MEASURES, USUAL
from layers.priority.ranking import Board, board, candidates
from layers.priority.report import Report, of_board
from layers.priority.workbook import BEFORE, FIRST_CRITERION, FIRST_ROW, SUMS, WEIGHTS, TooManyError
from tests.layers.priority.spreadsheet import Spreadsheet

OTHER = {"condition": 10, "people": 0, "saved": 5, "complaints": 60, "detour": 25, "cost": 40}
SOME = 60
METHODS = ["weighted_sum", "topsis"]


@pytest.fixture(scope="module")
def rows(computed: Connection) -> list[dict[str, Any]]:
    """Some roads with gaps, a cost, a road nobody knows anything of, two alike, and a name that would like to run."""
    some = candidates(computed, "ruas", own=True)[:SOME]
    some = [row | {"cost": None if i % 4 == 0 else 100.0 + i % 7} for i, row in enumerate(some)]
    some[7] |= dict.fromkeys((m.key for m in MEASURES), None)
    some[9] |= {m.key: some[8][m.key] for m in MEASURES}
    some[3] |= {"name": '=HYPERLINK("http://x")'}
    return some


def report(ranked: Board) -> Report:
    return of_board(ranked, "Uji", {}, datetime(2026, 11, 29, tzinfo=UTC))


def opened(ranked: Board, folder: Path, computed: bool = False) -> Workbook:
    path = folder / "a.xlsx"
    if not path.exists():
        workbook.write(report(ranked), path, ["Uji", "Kabupaten"], [("Catatan", "+1")])
    return openpyxl.load_workbook(path, data_only=computed)


def scores(sheet: Spreadsheet | Workbook, ranked: Board, column: int) -> list[Any]:
    lines = range(FIRST_ROW + 1, FIRST_ROW + 1 + len(ranked.rows))
    if isinstance(sheet, Spreadsheet):
        return [sheet.cell(SUMS, line, column + 1) for line in lines]
    return [sheet[SUMS].cell(line, column + 1).value for line in lines]


def columns(ranked: Board) -> tuple[int, int, int]:
    """Where score, share of data and rank stand."""
    after = BEFORE + len(MEASURES) * (2 if ranked.method == "weighted_sum" else 3)
    return after, after + 1, after + 2


@pytest.mark.parametrize("method", METHODS)
def test_the_formulas_give_the_scores_and_ranks_of_the_application(
    rows: list[dict[str, Any]], method: str, tmp_path: Path
) -> None:
    ranked = board(rows, USUAL, method)
    sheet = Spreadsheet(opened(ranked, tmp_path))
    score, rests_on, rank = (scores(sheet, ranked, column) for column in columns(ranked))
    assert [s for s in score if s != ""] == pytest.approx([p.score for p in ranked.places if p.rank], abs=1e-11)
    assert [r or None for r in rank] == [place.rank for place in ranked.places]
    assert rests_on == pytest.approx([place.rests_on for place in ranked.places])
    assert sheet.cell(WEIGHTS, FIRST_CRITERION + len(MEASURES) + 2, 4) == pytest.approx(0, abs=1e-18)


@pytest.mark.parametrize("method", METHODS)
def test_other_weights_typed_into_the_cells_give_the_ranking_of_those_weights(
    rows: list[dict[str, Any]], method: str, tmp_path: Path
) -> None:
    ranked, other = board(rows, USUAL, method), board(rows, OTHER, method)
    sheet = Spreadsheet(opened(ranked, tmp_path))
    for j, measure in enumerate(MEASURES):
        sheet.type(WEIGHTS, FIRST_CRITERION + 1 + j, 4, OTHER.get(measure.key, 0))
    found = dict(zip((row["source_id"] for row in ranked.rows), scores(sheet, ranked, columns(ranked)[2]), strict=True))
    wanted = {row["source_id"]: place.rank or "" for row, place in zip(other.rows, other.places, strict=True)}
    assert found == wanted
    first = [sheet.cell(workbook.ANSWER, 5 + i, 3) for i in range(10)]
    assert first == [place.rank for place in other.places[:10]]


@pytest.mark.parametrize("method", METHODS)
def test_a_preview_that_computes_nothing_shows_the_same_numbers(
    rows: list[dict[str, Any]], method: str, tmp_path: Path
) -> None:
    ranked = board(rows, USUAL, method)
    sheet, kept = Spreadsheet(opened(ranked, tmp_path)), opened(ranked, tmp_path, computed=True)
    different = []
    for page in kept:
        for line in page.iter_rows():
            for cell in line:
                told, shown = sheet.cell(page.title, cell.row, cell.column), cell.value
                same = told == pytest.approx(shown, rel=1e-9, abs=1e-9) if isinstance(shown, int | float) else False
                if not same and (told or None) != shown:
                    different.append((page.title, cell.coordinate, told, shown))
    assert different == []


def test_the_parts_sum_to_the_score(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    ranked = board(rows, USUAL, "topsis")
    shown = opened(ranked, tmp_path, computed=True)[workbook.ANSWER]
    for line in shown.iter_rows(min_row=5, max_row=20, values_only=True):
        assert np.sum(line[8:]) == pytest.approx(line[5])


def test_no_text_of_a_road_becomes_a_formula(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    ranked = board(rows, USUAL, "weighted_sum")
    book = opened(ranked, tmp_path)
    names = [cell for cell in book[SUMS]["C"] if "HYPERLINK" in str(cell.value)]
    assert [(cell.data_type, cell.value[0]) for cell in names] == [("s", "'")]
    assert book[workbook.NOTES]["B1"].value == "'+1"
    foreign = {"HYPERLINK", "WEBSERVICE", "INDIRECT", "CALL"}
    formulas = [c.value for page in book for line in page.iter_rows() for c in line if c.data_type == "f"]
    assert len(formulas) > SOME * len(MEASURES)
    assert [f for f in formulas if any(name in f for name in foreign)] == []


def test_what_a_spreadsheet_could_not_rank_in_time_is_refused(tmp_path: Path) -> None:
    row = dict.fromkeys((m.key for m in MEASURES), 1.0) | {"source_id": "a", "name": "a", "length_m": 1.0}
    many = board([row] * (workbook.MOST_ROWS + 1), USUAL, "weighted_sum")
    with pytest.raises(TooManyError):
        workbook.write(report(many), tmp_path / "a.xlsx", [], [])
