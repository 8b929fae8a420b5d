"""What scripts/import says."""

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from layers.rasters.acts import remove_raster
from layers.reading.refusal import Kind
from layers.reading.writing import Written
from layers.registry import layers
from scripts import importing
from scripts.endings import unwritten
from tests.geo.test_rasters import write
from tests.layers.rasters.test_acts import CLERK


def test_an_error_of_the_database_is_one_sentence_without_the_rows(engine: Engine) -> None:
    with pytest.raises(DBAPIError) as failed, engine.connect() as connection:
        connection.execute(text("select cast('Jalan Rahasia 7' as integer)"))
    assert "Jalan Rahasia" in str(failed.value)
    said = unwritten(failed.value)
    assert "Jalan Rahasia" not in said
    assert "22P02" in said
    assert said.startswith("Tidak ada yang disimpan")


def test_a_file_that_the_database_does_not_take_ends_in_one_line(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tps.csv").write_text("bujur,lintang,jenis,tak_dikenal\n104.9,-4.8,tps,Jalan Rahasia 7\n")
    (tmp_path / "map.toml").write_text(
        'source = "uji"\nplace = { lon = "bujur", lat = "lintang" }\n'
        '[columns]\nkind = "jenis"\nno_such_field = "tak_dikenal"\n'
    )
    words = ["scripts/import", "waste", str(tmp_path / "tps.csv"), "--map", str(tmp_path / "map.toml"), "--area", "all"]
    monkeypatch.setattr(sys, "argv", words)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("PETA_DATA_DIR", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        importing.main()
    assert str(ended.value.code).count("\n") == 0
    assert str(ended.value.code).startswith("Tidak ada yang disimpan")
    assert "Rahasia" not in str(ended.value.code)


def ended(monkeypatch: pytest.MonkeyPatch, url: str, data: Path, *words: str) -> str:
    """Run scripts/import in a data folder, and give the one line with which it ends."""
    monkeypatch.setattr(sys, "argv", ["scripts/import", *words])
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("PETA_DATA_DIR", str(data))
    with pytest.raises(SystemExit) as end:
        importing.main()
    assert str(end.value.code).count("\n") == 0
    return str(end.value.code)


def test_refused_rows_that_cannot_be_written_down_end_in_one_line(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tps.csv").write_text("bujur,lintang,jenis\n0,-4.8,tps\n")
    (tmp_path / "refused").write_text("a file where a folder belongs")
    said = ended(monkeypatch, database_url, tmp_path, "waste", str(tmp_path / "tps.csv"), "--area", "all")
    assert said.startswith(f"Tidak ada yang disimpan: {tmp_path}/refused tidak dapat dibaca atau ditulis")


def test_a_person_who_stops_an_import_is_told_that_nothing_was_kept(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "tps.csv").write_text("bujur,lintang,jenis\n104.8,-4.8,tps\n")
    monkeypatch.setattr("layers.reading.importing.read_values", stop)  # while rows are read
    said = ended(monkeypatch, database_url, tmp_path, "waste", str(tmp_path / "tps.csv"), "--area", "all")
    assert said == "Dihentikan. Tidak ada yang disimpan."


@pytest.mark.parametrize("name", ["lupa.tif", "/vsicurl/http://127.0.0.1:1/a.tif"])
def test_a_raster_that_is_not_there_is_not_taken_for_a_broken_one(
    sample_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    said = ended(monkeypatch, sample_url, tmp_path, "population", name)
    assert said.startswith("Berkas ditolak. Berkas ") and said.endswith(" tidak ada.")


def test_a_raster_that_is_only_tried_leaves_nothing(
    sample_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "heights.tif", np.arange(900, dtype=np.float32).reshape(30, 30))
    monkeypatch.setattr(sys, "argv", ["scripts/import", "terrain", str(path), "--id", "coba", "--dry-run"])
    monkeypatch.setenv("DATABASE_URL", sample_url)
    monkeypatch.setenv("PETA_DATA_DIR", str(tmp_path))
    importing.main()
    assert "Percobaan saja: tidak ada yang disimpan." in capsys.readouterr().out
    assert list((tmp_path / "files/rasters").iterdir()) == []
    engine = create_engine(sample_url)
    with engine.connect() as connection:
        assert connection.scalar(text("select count(*) from raster where id = 'coba'")) == 0
    engine.dispose()


@pytest.mark.parametrize(("file_map", "words"), [("", "--source 'TPS Kota 2026'"), ("osm", "--map osm")])
def test_the_command_for_mended_rows_names_their_source_where_no_mapping_does(file_map: str, words: str) -> None:
    order = importing.Order(layers()["waste"], Path("TPS Kota 2026.csv"), Path("refused"))
    written = Written(0, 0, 0, 0)
    refused = Counter({Kind.OUTSIDE: 1})
    outcome = importing.Outcome(1, written, refused, Path("refused/a.csv"), file_map, "TPS Kota 2026", "semua", "")
    assert list(importing.summary(order, outcome))[-1].endswith(f"scripts/import waste refused/a.csv {words}")


def test_a_raster_that_is_none_is_refused_in_one_sentence(
    sample_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "people.tif").write_text("bukan gambar")
    monkeypatch.setattr(sys, "argv", ["scripts/import", "population", str(tmp_path / "people.tif")])
    monkeypatch.setenv("DATABASE_URL", sample_url)
    monkeypatch.setenv("PETA_DATA_DIR", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        importing.main()
    assert ended.value.code == (
        "Berkas ditolak. Berkas ini bukan GeoTIFF yang utuh. Ekspor lagi sebagai GeoTIFF, lalu ulangi."
    )


def test_a_raster_is_kept_with_the_folder_of_files(
    sample_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "heights.tif", np.arange(900, dtype=np.float32).reshape(30, 30))
    monkeypatch.setattr(sys, "argv", ["scripts/import", "terrain", str(path), "--id", "uji", "--source", "Uji"])
    monkeypatch.setenv("DATABASE_URL", sample_url)
    monkeypatch.setenv("PETA_DATA_DIR", str(tmp_path))
    importing.main()
    assert "30 × 30 sel disimpan" in capsys.readouterr().out
    assert len(list((tmp_path / "files/rasters").iterdir())) == 1
    engine = create_engine(sample_url)
    with engine.begin() as connection:
        assert remove_raster(connection, CLERK, "uji")
    engine.dispose()


@pytest.mark.parametrize(
    ("counts", "tried", "words"),
    [
        (
            {"missing": 3},
            False,
            "3 baris dari sumber ini tidak ada dalam berkas dan tetap di peta; --whole menghapusnya.",
        ),
        ({"retired": 3}, False, "3 baris yang tidak ada dalam berkas dihapus."),
        ({"retired": 3}, True, "3 baris yang tidak ada dalam berkas akan dihapus."),
    ],
    ids=["missing", "retired", "would be retired"],
)
def test_rows_that_the_file_lacks_are_counted(counts: dict[str, int], tried: bool, words: str) -> None:
    order = importing.Order(layers()["waste"], Path("tps.csv"), Path("refused"), dry_run=tried)
    outcome = importing.Outcome(2, Written(0, 0, 2, 0, **counts), Counter(), None, "", "tps", "semua", "")
    assert list(importing.summary(order, outcome))[-1] == words


def test_a_layer_that_is_none_is_refused_with_all_that_may_come_rasters_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["offcies", "a.csv"], ["hotspots", "a.csv"], ["--dry-run", "population", "a.tif"]):
        monkeypatch.setattr(sys, "argv", ["scripts/import", *words])
        with pytest.raises(SystemExit) as ended:
            importing.main()
        said = capsys.readouterr().err
        assert ended.value.code == 2
        assert [word for word in ("offices", "complaints", "population", "terrain") if word not in said] == []
