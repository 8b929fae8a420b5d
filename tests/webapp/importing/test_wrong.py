"""What cannot be read as the clerk wishes is said in one sentence, and nothing is written."""

import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.layer import Layer
from layers.reading.mapping import saved
from layers.registry import layers
from layers.uploads import keeping, work
from layers.uploads.mappings import begun
from layers.uploads.wishes import offered, required
from tests.webapp.importing.conftest import HEAD, HERE, INSIDE, SITES, Send, deliver, form_of

Turn = Callable[[int], str]
METRES = "id;nama;jenis;x;y\n1;TPS Pasar;TPS;486690;9466100\n2;TPA Utara;TPA;488900;9469400\n"


def answered(clerk: FlaskClient, turn: Turn, number: int, **changed: str) -> tuple[int, str]:
    """Map a file as the page suggests, but for some changes; gives what the page answers."""
    assert turn(number) == "open"
    form = {**form_of(clerk.get(f"{HERE}/{number}/kolom").text), **changed}
    answer = clerk.post(f"{HERE}/{number}/kolom", data=form)
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"c0": "name"}, "Kolom id, nama dipetakan ke isian yang sama, Nama. Sisakan satu."),
        ({"c2": ""}, "Isian wajib Jenis belum punya kolom."),
        ({"c3": ""}, "Pilih kolom bujur dan kolom lintang, keduanya."),
        (
            {"c3": "", "c4": ""},
            "tidak berisi titik, garis, atau bidang: pilih kolom bujur dan kolom lintang.",
        ),
        ({"source": " "}, "Tulis sumber datanya"),
    ],
)
def test_a_mapping_that_cannot_work_is_told_before_anything_is_read(
    send: Send, turn: Turn, clerk: FlaskClient, changed: dict[str, str], words: str
) -> None:
    status, page = answered(clerk, turn, send(SITES, "salah.csv"), **changed)
    assert status == 422
    assert words in page
    assert 'role="alert"' in page


def test_what_was_chosen_stays_when_something_is_wrong(send: Send, turn: Turn, clerk: FlaskClient) -> None:
    _, page = answered(clerk, turn, send(SITES, "tetap.csv"), c2="operator", source="Dinas LH")
    assert {"c1": "name", "c2": "operator", "source": "Dinas LH"}.items() <= form_of(page).items()


def test_metres_without_a_crs_name_the_zone_that_fits_and_go_in_with_it(
    send: Send, turn: Turn, clerk: FlaskClient
) -> None:
    number = send(METRES, "meter.csv")
    assert answered(clerk, turn, number)[0] == 303
    assert turn(number) == "open"
    page = clerk.get(f"{HERE}/{number}/kolom").text
    assert "Hanya di zona 48S titiknya jatuh di Kabupaten Lampung Utara" in page
    assert "“Sistem koordinat” EPSG:32748" in page
    form = {**form_of(page), "crs": "EPSG:32748"}
    assert clerk.post(f"{HERE}/{number}/kolom", data=form).status_code == 303
    assert turn(number) == "tried"
    assert "<b>2</b> baru" in clerk.get(f"{HERE}/{number}").text


def test_a_crs_that_nobody_knows_is_told(send: Send, turn: Turn, clerk: FlaskClient) -> None:
    number = send(METRES, "kacau.csv")
    assert answered(clerk, turn, number, crs="EPSG:kacau")[0] == 303
    assert turn(number) == "open"
    assert "Sistem koordinat EPSG:kacau tidak dikenal" in clerk.get(f"{HERE}/{number}/kolom").text


def test_a_form_without_a_file_or_for_no_layer_is_told(clerk: FlaskClient, data_dir: Path) -> None:
    before = sorted((data_dir / keeping.FOLDER).glob("*"))
    empty = clerk.post(HERE, data={"layer": "waste"}, content_type="multipart/form-data")
    assert (empty.status_code, "Pilih berkas dahulu." in empty.text) == (400, True)
    assert deliver(clerk, SITES, "tps.csv", "access").status_code == 400
    assert deliver(clerk, SITES, "tps.csv", "tidak-ada").status_code == 400
    assert sorted((data_dir / keeping.FOLDER).glob("*")) == before


def test_a_file_that_is_too_large_is_told_before_it_is_read(
    clerk: FlaskClient, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_BYTES", 1_000_000)
    before = sorted((data_dir / keeping.FOLDER).glob("*"))
    answer = deliver(clerk, b"x" * 2_000_000, "besar.csv", Accept="application/json")
    assert answer.status_code == 413
    assert answer.get_json() == {"words": "Berkas paling besar 1 MB; kirim bagian yang lebih kecil."}
    assert sorted((data_dir / keeping.FOLDER).glob("*")) == before


def test_a_file_is_kept_under_a_random_name_and_never_its_own(send: Send, data_dir: Path, store: Engine) -> None:
    number = send(SITES, "../../etc/passwd.csv")
    with store.connect() as connection:
        asked = text("select name, stored, bytes from upload where id = :id")
        row = connection.execute(asked, {"id": number}).one()
    assert (row.name, row.bytes) == ("passwd.csv", len(SITES.encode()))
    assert len(row.stored) == 32
    assert keeping.path(data_dir, row.stored).read_text() == SITES


def test_the_pages_script_is_told_where_the_file_is(clerk: FlaskClient) -> None:
    answer = deliver(clerk, SITES, "skrip.csv", Accept="application/json")
    assert answer.status_code == 201
    assert clerk.get(answer.get_json()["address"]).status_code == 200


def test_what_nobody_comes_back_to_is_forgotten_after_a_day(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine, data_dir: Path
) -> None:
    old, new = send(SITES, "lama.csv"), send(SITES, "baru.csv")
    with store.begin() as connection:
        aged = text("update upload set moved_at = now() - interval '25 hours' where id = :id")
        connection.execute(aged, {"id": old})
        stored = connection.scalar(text("select stored from upload where id = :id"), {"id": old})
        gone = keeping.forget(connection)
    assert gone == [stored]
    for name in gone:
        keeping.discard(data_dir, name)
    assert not keeping.path(data_dir, stored).exists()
    assert clerk.get(f"{HERE}/{old}").status_code == 404
    assert turn(new) == "open"


def test_what_a_crash_has_left_is_found_after_a_day(send: Send, store: Engine, data_dir: Path) -> None:
    send(HEAD + INSIDE, "dikenal.csv")
    left = keeping.fresh(data_dir)
    left.write_bytes(b"x")
    yesterday = time.time() - 90_000
    for file in (data_dir / keeping.FOLDER).iterdir():
        os.utime(file, (yesterday, yesterday))
    with store.connect() as connection:
        assert left.name in keeping.left_behind(connection, data_dir, time.time())
        known = set(connection.scalars(text("select stored from upload")))
        assert known.isdisjoint(keeping.left_behind(connection, data_dir, time.time()))


@pytest.mark.parametrize("layer", [one for one in layers().values() if one.observed], ids=lambda one: one.id)
def test_every_observed_layer_can_be_chosen_and_its_saved_mappings_fill_what_it_requires(
    clerk: FlaskClient, layer: Layer
) -> None:
    assert f'<option value="{layer.id}"' in clerk.get(HERE).text
    assert offered(layer)
    for one in saved(layer):
        if one.place.key:
            continue
        columns = [] if one.osm else [*one.used]
        about = {"format": "csv", "parts": [{"name": "", "columns": [{"name": c} for c in columns], "mended": False}]}
        again = begun(one, about, "").mapping()
        assert (again.columns, again.place, again.id) == (one.columns, one.place, one.id)
        filled = {*one.columns, *one.constants}
        known_gap = one.name == "rbi50k-kecamatan"  # it has no codes, and every row of it is refused for that
        assert {f.name for f in required(layer)} <= filled or known_gap


def test_a_truncated_form_keeps_nothing(clerk: FlaskClient, data_dir: Path) -> None:
    before = sorted((data_dir / keeping.FOLDER).glob("*"))
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nnama'
    answer = clerk.post(HERE, input_stream=io.BytesIO(body), content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400
    assert sorted((data_dir / keeping.FOLDER).glob("*")) == before


def test_a_folder_that_the_system_closes_to_us_is_told_as_no_fault_of_the_file(
    send: Send, turn: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/srv/rahasia")

    number = send(SITES, "tertutup.csv")
    monkeypatch.setitem(work.STEPS["layer"], "looking", closed)
    with pytest.raises(PermissionError):
        turn(number)
