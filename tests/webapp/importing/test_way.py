"""The way of a file: sent, looked into, mapped, tried, brought in; or taken back."""

import json
from collections.abc import Callable
from pathlib import Path

import geopandas
import pytest
import shapely
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.records.actors import Grant
from layers.registry import layers
from layers.uploads import keeping
from tests.webapp.importing.conftest import HEAD, HERE, INSIDE, SITES, Send, deliver, form_of
from tests.webapp.staff import staff

Turn = Callable[[int], str]


def tried(clerk: FlaskClient, turn: Turn, number: int, **changed: str) -> str:
    """Look into a file, map it as the page suggests, but for some changes, and have it tried; gives its state."""
    assert turn(number) == "open"
    return tried_again(clerk, turn, number, **changed)


def tried_again(clerk: FlaskClient, turn: Turn, number: int, **changed: str) -> str:
    """Map a file as the page suggests, but for some changes, and have it tried; gives its state."""
    form = {**form_of(clerk.get(f"{HERE}/{number}/kolom").text), **changed}
    answer = clerk.post(f"{HERE}/{number}/kolom", data=form)
    assert answer.status_code == 303, answer.text
    return turn(number)


def rows(store: Engine, source: str) -> list[tuple[object, ...]]:
    with store.connect() as connection:
        asked = text("select source_id, name, kind from waste_site where source = :source order by 1")
        return [tuple(row) for row in connection.execute(asked, {"source": source})]


def test_a_file_shows_its_columns_with_what_stands_in_them(send: Send, turn: Turn, clerk: FlaskClient) -> None:
    number = send(SITES, "tps.csv")
    assert "sedang dibaca" in clerk.get(HERE).text
    assert turn(number) == "open"
    page = clerk.get(f"{HERE}/{number}", follow_redirects=True).text
    assert "TPS Pasar" in page
    assert "104,88" in page
    assert {
        "c0": "",
        "c1": "name",
        "c2": "kind",
        "c3": "@bujur",
        "c4": "@lintang",
        "id": "c0",
        "source": "tps",
    }.items() <= (form_of(page).items())


def test_a_trial_counts_draws_and_refuses_without_keeping_anything(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine
) -> None:
    number = send(SITES, "percobaan.csv")
    assert tried(clerk, turn, number) == "tried"
    page = clerk.get(f"{HERE}/{number}").text
    assert "<b>4</b> baris dibaca" in page
    assert "<b>2</b> baru" in page
    assert "<b>2</b> ditolak" in page
    assert "Jenis “entah” tidak dikenal" in page
    assert "di luar Kabupaten Lampung Utara" in page
    assert "TPA Utara" in page
    assert rows(store, "percobaan") == []
    drawing = clerk.get(f"{HERE}/{number}/peta.svg?view=104.9,-4.8,11").text
    assert drawing.count("h0") == 2 * 2  # two places that come in, each with its halo
    assert 'class="cross"' in drawing
    refused = clerk.get(f"{HERE}/{number}/ditolak")
    assert refused.headers["Content-Disposition"].startswith("attachment")
    assert [line.split(",")[0] for line in refused.text.lstrip("\ufeff").splitlines()] == ["baris", "3", "4"]


def test_an_import_goes_in_once_with_its_actor_in_the_trail(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine, data_dir: Path
) -> None:
    number = send(SITES, "masuk.csv")
    assert tried(clerk, turn, number) == "tried"
    assert clerk.post(f"{HERE}/{number}/masuk").status_code == 303
    assert clerk.post(f"{HERE}/{number}/masuk").status_code == 409
    assert turn(number) == "taken"
    assert rows(store, "masuk") == [("1", "TPS Pasar", "tps"), ("2", "TPA Utara", "tpa")]
    with store.connect() as connection:
        asked = text("select actor, act, subject, detail from event where layer = 'waste' and subject = 'masuk.csv'")
        (event,) = connection.execute(asked).all()
        (upload,) = connection.execute(text("select actor, stored from upload where id = :id"), {"id": number}).all()
    assert event.actor == upload.actor
    assert event.actor.startswith("account:")
    assert (event.act, event.detail["added"], event.detail["came"]) == ("import", 2, 4)
    assert not keeping.path(data_dir, upload.stored).exists()
    page = clerk.get(f"{HERE}/{number}").text
    assert 'href="/layers/waste"' in page
    assert clerk.get(f"{HERE}/{number}/ditolak").status_code == 200


def test_a_trial_tells_of_rows_that_stand_on_the_map_from_another_source(
    send: Send, turn: Turn, clerk: FlaskClient
) -> None:
    words = HEAD + "1;TPS Kembar;TPS;104,97;-4,71\n2;TPA Kembar;TPA;104,98;-4,72\n"
    first = send(words, "kembar november.csv")
    assert tried(clerk, turn, first) == "tried"
    assert "sudah ada di peta dari sumber" not in clerk.get(f"{HERE}/{first}").text
    clerk.post(f"{HERE}/{first}/masuk")
    assert turn(first) == "taken"
    again = send(words, "kembar desember.csv")
    assert tried(clerk, turn, again) == "tried"
    told = "2 dari 2 baris baru sudah ada di peta dari sumber “kembar november”"
    assert told in clerk.get(f"{HERE}/{again}").text
    assert tried_again(clerk, turn, again, source="kembar november") == "tried"
    assert "sudah ada di peta dari sumber" not in clerk.get(f"{HERE}/{again}").text


def test_a_value_may_hold_for_every_row_of_a_file_without_a_column_for_it(
    send: Send, turn: Turn, clerk: FlaskClient
) -> None:
    number = send("nama;x;y\nSatu;104,88;-4,83\nDua;104,90;-4,80\n", "tetap.csv")
    assert tried(clerk, turn, number, **{"same-kind": "tpa"}) == "tried"
    assert "<b>2</b> baru" in clerk.get(f"{HERE}/{number}").text


def test_a_mapping_that_was_kept_fits_the_next_file_with_such_columns(
    send: Send, turn: Turn, clerk: FlaskClient
) -> None:
    words = "label;macam;a;b\nTPS Satu;TPS;104,88;-4,83\n"
    chosen = {"c0": "name", "c1": "kind", "c2": "@bujur", "c3": "@lintang", "keep": "Dinas LH"}
    assert tried(clerk, turn, send(words, "lh1.csv"), **chosen) == "tried"
    number = send(words.replace("Satu", "Dua"), "lh2.csv")
    assert turn(number) == "open"
    page = clerk.get(f"{HERE}/{number}/kolom").text
    assert "Dinas LH ✓" in page
    assert {"c0": "name", "c1": "kind", "c2": "@bujur", "c3": "@lintang"}.items() <= form_of(page).items()


@pytest.fixture(scope="module")
def geopackage(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Two layers in metres: lines, and points of which one is far off."""
    path = tmp_path_factory.mktemp("berkas") / "data.gpkg"
    points = shapely.points([[104.88, -4.83], [104.9, -4.8], [110.5, -7.2]])
    kinds = ["TPS", "TPA", "TPS"]
    geopandas.GeoDataFrame({"nama": ["A", "B", "C"], "jenis": kinds}, geometry=points, crs=4326).to_crs(32748).to_file(
        path, layer="titik"
    )
    line = shapely.linestrings([[104.88, -4.83], [104.9, -4.8]])
    geopandas.GeoDataFrame({"nama": ["Jalan"]}, geometry=[line], crs=4326).to_file(path, layer="garis")
    return path.read_bytes()


def test_a_file_of_several_layers_lets_one_be_chosen_in_any_crs(
    send: Send, turn: Turn, clerk: FlaskClient, geopackage: bytes
) -> None:
    number = send(geopackage, "data.gpkg")
    assert turn(number) == "open"
    page = clerk.get(f"{HERE}/{number}/kolom").text
    assert "titik (3 baris)" in page
    assert "garis (1 baris)" in page
    form = form_of(clerk.get(f"{HERE}/{number}/kolom?part=titik").text)
    assert clerk.post(f"{HERE}/{number}/kolom", data=form).status_code == 303
    assert turn(number) == "tried"
    page = clerk.get(f"{HERE}/{number}").text
    assert "<b>2</b> baru" in page
    assert "<b>1</b> ditolak" in page


def test_lines_do_not_go_into_a_layer_of_points(send: Send, turn: Turn, clerk: FlaskClient, geopackage: bytes) -> None:
    number = send(geopackage, "garis.gpkg")
    turn(number)
    form = form_of(clerk.get(f"{HERE}/{number}/kolom?part=garis").text)
    answer = clerk.post(f"{HERE}/{number}/kolom", data={**form, "same-kind": "tps"})
    assert answer.status_code == 422
    assert f"Letak di sini berupa garis, padahal {layers()['waste'].title.id} memerlukan titik" in answer.text


def test_an_upload_that_is_taken_back_leaves_nothing(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine, data_dir: Path
) -> None:
    number = send(SITES, "batal.csv")
    tried(clerk, turn, number)
    with store.connect() as connection:
        stored = connection.scalar(text("select stored from upload where id = :id"), {"id": number})
    assert keeping.refused_folder(data_dir, stored).exists()
    assert clerk.post(f"{HERE}/{number}/batal").headers["Location"] == HERE
    assert [file for file in (data_dir / keeping.FOLDER).iterdir() if file.name.startswith(stored)] == []
    assert clerk.get(f"{HERE}/{number}").status_code == 404


def test_what_has_gone_in_or_is_going_in_cannot_be_taken_back(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine
) -> None:
    number = send(HEAD + INSIDE, "tetap-masuk.csv")
    tried(clerk, turn, number)
    clerk.post(f"{HERE}/{number}/masuk")
    with store.begin() as connection:
        connection.execute(text("update upload set tries = 1 where id = :id"), {"id": number})
    assert clerk.post(f"{HERE}/{number}/batal").status_code == 409
    assert turn(number) == "taken"
    assert clerk.post(f"{HERE}/{number}/batal").status_code == 409


def test_progress_is_told_to_the_page_and_to_its_script(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine
) -> None:
    number = send(SITES, "kemajuan.csv")
    assert turn(number) == "open"
    form = form_of(clerk.get(f"{HERE}/{number}/kolom").text)
    clerk.post(f"{HERE}/{number}/kolom", data=form)
    told = json.dumps({"step": "periksa", "done": 50_000, "total": 100_000})
    with store.begin() as connection:
        asked = text("update upload set progress = cast(:told as jsonb) where id = :id")
        connection.execute(asked, {"told": told, "id": number})
    answer = clerk.get(f"{HERE}/{number}/keadaan").get_json()
    assert answer == {
        "working": True,
        "state": "trying",
        "percent": 40,
        "doing": "Memeriksa baris: 50.000 dari 100.000",
    }
    page = clerk.get(f"{HERE}/{number}").text
    assert '<noscript><meta http-equiv="refresh"' in page
    assert 'value="40"' in page
    assert turn(number) == "tried"


def test_a_step_that_tells_no_progress_is_said_to_wait_only_until_it_has_begun(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine
) -> None:
    number = send(SITES, "lama.csv")
    page = clerk.get(f"{HERE}/{number}").text
    assert "Menunggu giliran …" in page and "value=" not in page.partition("<progress")[2].partition(">")[0]
    with store.begin() as connection:
        connection.execute(text("update upload set tries = 1 where id = :id"), {"id": number})
    assert "Sedang dikerjakan …" in clerk.get(f"{HERE}/{number}").text
    told = clerk.get(f"{HERE}/{number}/keadaan").get_json()
    assert (told["percent"], told["doing"]) == (None, "Sedang dikerjakan …")
    assert turn(number) == "open"


def test_only_those_who_may_change_a_whole_layer_bring_files_in(app: Flask, send: Send) -> None:
    number = send(SITES, "milik.csv")
    elsewhere = staff(app, Grant("planner", area="18.03.05"))
    assert deliver(elsewhere, SITES, "tps.csv").status_code == 403
    assert elsewhere.get(HERE).status_code == 403
    colleague = staff(app, Grant("planner"))
    assert colleague.get(f"{HERE}/{number}").status_code == 404
    assert "milik.csv" not in colleague.get(HERE).text
    assert "milik.csv" in staff(app, Grant("administrator")).get(HERE).text
