"""What a newer file does not hold any more stays, unless somebody said that the file is whole."""

from pathlib import Path

import pytest
import shapely
from sqlalchemy import Engine, text

from layers.reading.refusal import FileRefusedError, Kind
from tests.layers.reading.files import HEAD, SITES, Bring, areas, csv, sites

FIRST = SITES.splitlines(keepends=True)[1]
THIRD = "3;TPS Lama;TPS;104,06;-4,96\n"


def ids(engine: Engine) -> list[object]:
    return [row[0] for row in sites(engine)]


def test_rows_that_a_newer_file_lacks_stay_and_are_counted(home: Bring, empty: Engine, tmp_path: Path) -> None:
    home("waste", csv(tmp_path, SITES + THIRD))
    outcome = home("waste", csv(tmp_path, SITES))
    assert (outcome.written.missing, outcome.written.retired) == (1, 0)
    assert ids(empty) == ["1", "2", "3"]


def test_rows_that_a_whole_file_lacks_go_and_one_event_names_them(home: Bring, empty: Engine, tmp_path: Path) -> None:
    home("waste", csv(tmp_path, SITES + THIRD))
    tried = home("waste", csv(tmp_path, SITES), whole=True, dry_run=True)
    assert tried.written.retired == 1
    assert ids(empty) == ["1", "2", "3"]
    outcome = home("waste", csv(tmp_path, SITES), whole=True, actor="import:sari")
    assert (outcome.written.missing, outcome.written.retired, outcome.written.same) == (0, 1, 2)
    assert ids(empty) == ["1", "2"]
    with empty.connect() as connection:
        (event,) = connection.execute(text("select actor, subject, detail from event where act = 'retire'")).all()
    assert tuple(event) == ("import:sari", "tps", {"source_ids": ["3"]})
    assert home("waste", csv(tmp_path, SITES), whole=True).written.retired == 0


def test_a_row_that_is_refused_today_is_not_taken_for_gone(home: Bring, empty: Engine, tmp_path: Path) -> None:
    home("waste", csv(tmp_path, SITES + THIRD))
    outcome = home("waste", csv(tmp_path, SITES + THIRD.replace("104,06", "0")), whole=True)
    assert (dict(outcome.refused), outcome.written.retired) == ({Kind.ZERO: 1}, 0)
    assert ids(empty) == ["1", "2", "3"]


@pytest.mark.parametrize("line", [";TPS Lama;TPS;104,06;-4,96\n", "3;TPS Lama;TPS;104,06;-4,96;lebih\n"])
def test_nothing_goes_while_a_row_does_not_tell_which_it_is(
    home: Bring, empty: Engine, tmp_path: Path, line: str
) -> None:
    home("waste", csv(tmp_path, SITES + THIRD))
    with pytest.raises(FileRefusedError, match="1 baris tidak terbaca atau tanpa pengenal"):
        home("waste", csv(tmp_path, SITES + line), whole=True)
    assert ids(empty) == ["1", "2", "3"]


def test_rows_of_other_sources_and_of_kinds_that_do_not_come_stay(home: Bring, empty: Engine, tmp_path: Path) -> None:
    home("waste", csv(tmp_path, SITES + THIRD))
    home("waste", csv(tmp_path, HEAD + "9;TPS Lain;TPS;104,07;-4,97\n", "lain.csv"))
    assert home("waste", csv(tmp_path, HEAD + FIRST), whole=True).written.retired == 1
    assert ids(empty) == ["1", "2", "9"]


def test_rows_outside_the_working_area_stay(home: Bring, empty: Engine, tmp_path: Path) -> None:
    home("waste", csv(tmp_path, SITES + "4;TPS Malang;TPS;112,6;-8,1\n"), "all")
    assert home("waste", csv(tmp_path, SITES), whole=True).written.retired == 0
    west = "103.9,-5.1,104.1,-4.9"
    assert home("waste", csv(tmp_path, HEAD + THIRD), west, whole=True).written.retired == 1
    assert ids(empty) == ["2", "3", "4"]


def test_a_village_that_is_dissolved_goes_and_what_lay_in_it_lies_elsewhere(
    home: Bring, empty: Engine, tmp_path: Path
) -> None:
    home("waste", csv(tmp_path, SITES))
    successor = areas(tmp_path / "wilayah.gpkg", k18_03_01_2009=shapely.box(104, -5, 104.1, -4.9))
    assert home("areas", successor, whole=True).written.retired == 1
    with empty.connect() as connection:
        codes = connection.scalars(text("select code from area order by 1")).all()
    assert codes == ["18.03", "18.03.01", "18.03.01.1002", "18.03.01.2009"]
    assert [row[3] for row in sites(empty)] == ["18.03.01.2009", "18.03.01.1002"]


def test_a_file_that_is_but_a_part_is_never_taken_for_the_whole(home: Bring, empty: Engine, tmp_path: Path) -> None:
    first = home("waste", csv(tmp_path, SITES.replace("104,15", "0")))
    assert first.refused_path is not None
    with pytest.raises(FileRefusedError, match="hanya sebagian"):
        home("waste", first.refused_path, source="tps", whole=True)
    mended = csv(tmp_path, first.refused_path.read_text(encoding="utf-8-sig").replace(",0,", ',"104,15",'), "lagi.csv")
    assert home("waste", mended, source="tps").written.missing == 0
    with pytest.raises(FileRefusedError, match="hanya sebagian"):
        home("areas", csv(tmp_path, "kode,permukiman_ha,penduduk_estimasi\n18.03.01.2001,12,3400\n"), whole=True)


def test_no_import_takes_complaints_away(home: Bring, tmp_path: Path) -> None:
    words = "nomor,kategori,dilaporkan,bujur,lintang\n1,jalan_rusak,2026-01-02,104.05,-4.95\n"
    with pytest.raises(FileRefusedError, match="tidak pernah menghapus"):
        home("complaints", csv(tmp_path, words), whole=True)
