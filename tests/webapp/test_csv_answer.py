"""Tables to take along: any spreadsheet reads them, and nothing in them runs."""

import csv
import io
from datetime import date

from webapp.csv_answer import csv_answer


def test_a_table_to_take_along_keeps_its_letters_and_runs_nothing() -> None:
    rows = [["Désa, “Baru”", 1.5, date(2026, 3, 2)], ["=HYPERLINK(1)", None, "-2"]]
    answer = csv_answer("desa.csv", ["name", "share", "on"], rows)
    assert answer.headers["Content-Disposition"] == "attachment; filename=desa.csv"
    read = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    assert read == [["name", "share", "on"], ["Désa, “Baru”", "1.5", "2026-03-02"], ["'=HYPERLINK(1)", "", "'-2"]]
