"""A list that comes again as another file is noticed, and rows are not known by the number of their line."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from layers.reading.incoming import Incoming
from layers.reading.mapping import FileMap, Place
from layers.reading.refusal import FileRefusedError
from layers.reading.twins import twins
from layers.registry import layers
from tests.layers.reading.files import HEAD, Bring, csv
from tests.layers.test_every_layer import plan

OFFICES = HEAD + "1;Kantor Camat Uji;kantor_camat;104,05;-4,95\n2;Polsek Uji;polisi;104,06;-4,95\n"


def test_a_list_that_comes_again_under_another_name_is_not_taken_for_other_offices(
    home: Bring, empty: Engine, tmp_path: Path
) -> None:
    home("offices", csv(tmp_path, OFFICES, "kantor.csv"))
    later = csv(tmp_path, OFFICES.replace("104,06", "104,0601") + "3;SD Uji;sd;104,07;-4,95\n", "kantor desember.csv")
    with pytest.raises(FileRefusedError, match=r"2 dari 3 baris baru .* “kantor”.* --source 'kantor desember'"):
        home("offices", later)
    again = home("offices", later, source="kantor")
    assert (again.written.added, again.written.changed, again.written.same) == (1, 1, 1)
    doubled = home("offices", later, source="kantor desember", dry_run=True)
    assert (doubled.written.added, doubled.twins.count, doubled.twins.source) == (3, 3, "kantor")


@pytest.mark.parametrize(
    "line", ["9;Kantor Camat Uji;kantor_camat;104,06;-4,95", "9;Polsek Uji;kantor_camat;104,06;-4,95"]
)
def test_an_office_of_another_place_or_kind_is_another_office(home: Bring, tmp_path: Path, line: str) -> None:
    home("offices", csv(tmp_path, OFFICES, "kantor.csv"))
    assert home("offices", csv(tmp_path, HEAD + line + "\n", "lain.csv")).written.added == 1


def test_rows_of_a_list_that_is_sorted_anew_keep_what_is_theirs(home: Bring, empty: Engine, tmp_path: Path) -> None:
    head = "nomor;nama;jenis;bujur;lintang\n"
    first, second = "TPS Pasar;TPS;104,05;-4,95\n", "TPA Barat;TPA;104,15;-4,95\n"
    home("waste", csv(tmp_path, f"{head}1;{first}2;{second}"))
    again = home("waste", csv(tmp_path, f"{head}1;{second}2;{first}"))
    assert (again.written.added, again.written.changed, again.written.same) == (0, 0, 2)


def test_a_list_whose_rows_are_known_by_something_else_now_does_not_come_in_twice(home: Bring, tmp_path: Path) -> None:
    """By their number before and by their content now, as a list without any other identifier was and is read."""
    head = HEAD.replace("id;", "nomor;")
    assert head != HEAD
    place = Place(lon="bujur", lat="lintang")
    by_number = FileMap(name="", source="kantor", id=("nomor",), columns={"name": "nama", "kind": "jenis"}, place=place)
    listed = csv(tmp_path, OFFICES.replace(HEAD, head), "kantor.csv")
    assert home("offices", listed, mapped=by_number).written.added == 2
    for named in (None, "kantor"):
        with pytest.raises(FileRefusedError, match=r"2 dari 2 baris baru .* dari sumber ini.* --whole"):
            home("offices", listed, source=named)
    assert home("offices", listed, mapped=by_number).written.same == 2
    tried = home("offices", listed, mapped=by_number.model_copy(update={"id": ("@isi",)}), dry_run=True)
    assert (tried.twins.most, tried.twins.source) == (True, "kantor")
    written = home("offices", listed, whole=True).written
    assert (written.added, written.retired) == (2, 2)


def test_of_many_rows_only_those_near_by_are_compared(empty: Engine) -> None:
    many = (
        "insert into waste_site (source, source_id, name, kind, geom)"
        " select 'dinas', n, 'TPS ' || n, 'tps', st_point(104 + n % 200 * 0.005, -5 + n / 200 * 0.005, 4326)"
        " from generate_series(1, 20000) as n"
    )
    with empty.connect() as connection, connection.begin() as act:
        connection.execute(text(many))
        connection.execute(text("analyze waste_site"))
        incoming = Incoming(connection, layers()["waste"], "dinas 2027", ("name", "kind"))
        columns = "source_id, name, kind, geom"
        staged = f"insert into incoming (source, {columns}) select 'dinas 2027', {columns} from waste_site"
        connection.execute(text(staged))
        asked = plan(connection, lambda: twins(incoming, layers()["waste"]))
        found = twins(incoming, layers()["waste"])
        act.rollback()
    assert "idx_waste_site_geom" in asked
    assert (found.count, found.of, found.source) == (1_000, 1_000, "dinas")
