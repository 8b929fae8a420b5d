"""CSV and XLSX as clerks send them."""

import csv
import zipfile
from pathlib import Path

import openpyxl
import pytest

from layers.reading.archives import check_workbook
from layers.reading.refusal import FileRefusedError
from layers.reading.tables import LONGEST_HEADER, open_csv
from layers.reading.workbooks import open_xlsx


def test_rows_keep_their_numbers_after_broken_ones_in_a_file_of_several_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.reading.tables.BLOCK_BYTES", 4_000)
    lines = [f"{n},x,y" if n % 7 == 0 else f"{n},x" for n in range(1, 3001)]
    path = tmp_path / "data.csv"
    path.write_text("nomor,nama\n" + "\n".join(lines) + "\n")
    source = open_csv(path)
    chunks = list(source.chunks)
    assert len(chunks) > 1
    for chunk in chunks:
        assert chunk.column("nomor").to_pylist() == [str(number) for number in chunk.numbers]
    assert source.broken == [(n, f"{n},x,y") for n in range(7, 3001, 7)]


def test_a_first_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("x" * (LONGEST_HEADER + 1))
    with pytest.raises(FileRefusedError, match="terlalu panjang"):
        open_csv(path)


def test_a_workbook_whose_words_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"<t>x</t>" * 13_000_000)
        archive.writestr("xl/media/image1.png", bytes(range(256)) * 4_000, zipfile.ZIP_STORED)
    with pytest.raises(FileRefusedError, match="Simpan lembarnya sebagai CSV"):
        check_workbook(path)


@pytest.mark.parametrize("said", ["", "tiga", "inf", "nan", "2.5", "-1", "1e300"])
def test_a_mended_row_without_its_number_is_named(tmp_path: Path, said: str) -> None:
    path = tmp_path / "data.csv"
    path.write_text(f"baris,alasan,nama\n4,x,TPS Pasar\n{said},x,TPS Lama\n")
    with pytest.raises(FileRefusedError, match="pada baris ke-2"):
        list(open_csv(path).chunks)


def test_a_mended_file_saved_as_a_workbook_loses_its_guards_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["baris", "alasan", "'=nama"], [4, "kosong", "'-4,82"]):
        book.active.append(row)
    book.save(tmp_path / "data.xlsx")
    (chunk,) = open_xlsx(tmp_path / "data.xlsx", "").chunks
    assert list(chunk.numbers) == [4]
    assert chunk.rows.to_pydict() == {"=nama": ["-4,82"]}


def test_apostrophes_of_a_file_that_was_never_refused_stay(tmp_path: Path) -> None:
    with (tmp_path / "data.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["nama"], ["'=1+1"]])
    (chunk,) = open_csv(tmp_path / "data.csv").chunks
    assert chunk.rows.to_pydict() == {"nama": ["'=1+1"]}
