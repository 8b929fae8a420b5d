"""The saved mappings: each can be read, names only what exists, and is found for its own file alone."""

from pathlib import Path

import pytest

from layers.layer import Layer
from layers.reading.incoming import readable_columns
from layers.reading.mapping import CONTENT, FileMap, guessed, load, pick, saved
from layers.reading.meaning import meaning
from layers.reading.refusal import FileRefusedError
from layers.registry import layers

SAVED = [(layer, file_map) for layer in layers().values() for file_map in saved(layer)]
IDS = [f"{layer.id}/{file_map.name}" for layer, file_map in SAVED]


@pytest.mark.parametrize(("layer", "file_map"), SAVED, ids=IDS)
def test_a_mapping_fills_fields_that_the_layer_has(layer: Layer, file_map: FileMap) -> None:
    fields = {column.name for column in readable_columns(layer)}
    assert {*file_map.columns, *file_map.constants, *file_map.values, *file_map.factors} <= fields


@pytest.mark.parametrize(("layer", "file_map"), SAVED, ids=IDS)
def test_a_mapping_gives_only_codes_that_the_layer_knows(layer: Layer, file_map: FileMap) -> None:
    given = {name: set(values.values()) for name, values in file_map.values.items()}
    for name, value in file_map.constants.items():
        given.setdefault(name, set()).add(value)
    for name, codes in given.items():
        choices = {choice.id for choice in layer.by_name[name].choices}
        assert not choices or codes - {""} <= choices


@pytest.mark.parametrize("layer", [layer for layer in layers().values() if layer.observed], ids=lambda layer: layer.id)
def test_a_layer_reads_only_fields_that_it_has(layer: Layer) -> None:
    means = meaning(layer)
    fields = {column.name for column in readable_columns(layer)}
    of_source = {name for held in means.of_source.values() for name in held}
    assert {*means.columns, *means.values, *means.constants, *means.derived, *of_source} <= fields


@pytest.mark.parametrize(("layer", "file_map"), SAVED, ids=IDS)
def test_a_mapping_is_picked_for_the_file_it_describes(layer: Layer, file_map: FileMap) -> None:
    match = file_map.match
    name = match.files[0].replace("*", "x") if match.files else "data.gpkg"
    sheet = match.layers[0] if match.layers else ""
    assert pick(layer, "", name, sheet, (*match.columns, "lain"), match.format) == file_map


def test_a_file_that_nobody_described_has_no_mapping() -> None:
    assert pick(layers()["offices"], "", "data.csv", "", ("nama", "jenis"), "csv") is None


def test_usual_names_of_columns_are_known_without_a_mapping() -> None:
    columns = ("Kode", "NAMA KANTOR", "Jenis", "Bujur", "Lintang", "Jam Buka")
    file_map = guessed(meaning(layers()["offices"]), columns, "kantor", has_geometry=False)
    assert file_map.columns == {"name": "NAMA KANTOR", "kind": "Jenis", "opening_hours": "Jam Buka"}
    assert (file_map.place.lon, file_map.place.lat, file_map.id) == ("Bujur", "Lintang", ("Kode",))


def test_the_number_of_a_line_identifies_nothing_but_that_of_a_complaint_does() -> None:
    columns = ("nomor", "nama", "jenis", "bujur", "lintang")
    assert guessed(meaning(layers()["offices"]), columns, "kantor", has_geometry=False).id == (CONTENT,)
    assert guessed(meaning(layers()["complaints"]), columns, "laporan", has_geometry=False).id == ("nomor",)


def test_a_table_without_coordinates_is_refused_with_its_columns() -> None:
    with pytest.raises(FileRefusedError, match="nama, desa"):
        guessed(meaning(layers()["offices"]), ("nama", "desa"), "kantor", has_geometry=False)


def test_a_mapping_that_is_asked_for_must_exist(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="dapodik"):
        pick(layers()["offices"], "dapodic", "a.csv", "", (), "csv")
    with pytest.raises(FileRefusedError, match="tidak dapat dibaca"):
        load(tmp_path / "none.toml")


def test_a_mapping_with_a_word_nobody_knows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text('source = "x"\ncolums = { name = "nama" }\nplace = { long = "x" }\n')
    with pytest.raises(FileRefusedError, match=r"tidak dapat dibaca: periksa place\.long, colums;"):
        load(tmp_path / "map.toml")
    (tmp_path / "map.toml").write_text('source = "x"\ncolumns = nama\n')
    with pytest.raises(FileRefusedError, match="baris 2 tidak mengikuti aturan TOML"):
        load(tmp_path / "map.toml")
