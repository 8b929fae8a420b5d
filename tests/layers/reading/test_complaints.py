"""Complaints that another system keeps come in as they stand there, whatever steps were taken in between."""

from pathlib import Path

from sqlalchemy import Engine, text

from tests.layers.reading.files import Bring, csv

HEAD = "id,nomor,judul,kategori,status,tanggal_lapor,lon,lat\n"


def test_a_state_that_jumped_elsewhere_is_taken_over(home: Bring, empty: Engine, tmp_path: Path) -> None:
    for state in ("received", "closed", "scheduled"):
        words = f"{HEAD}7,SP-7,Jalan rusak,jalan_rusak,{state},2026-01-02T03:04:05+07:00,104.05,-4.95\n"
        home("complaints", csv(tmp_path, words))
        with empty.connect() as connection:
            assert connection.scalars(text("select state from complaint where number = 'SP-7'")).all() == [state]
