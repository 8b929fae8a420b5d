"""scripts/admin about roads: the rules that judge them, and files of surveys."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from scripts.setup.progress import Trouble
from tests.scripts.test_admin import admin, write


def test_a_rule_is_changed_with_its_source_and_the_old_version_can_still_be_read(connection: Connection) -> None:
    words = ("speed", "kolektor", "baik", "55", "--source", "rapat teknis", "--certainty", "V", "--reason", "diukur")
    assert "Versi 2" in admin(connection, "road-rules", "set", *words)[0]
    assert "speed  kolektor  baik  55  [V: rapat teknis]" in admin(connection, "road-rules", "list", "speed")
    assert any("baik  50" in line for line in admin(connection, "road-rules", "list", "speed", "--version", "1"))
    assert [line.split()[0] for line in admin(connection, "road-rules", "versions")] == ["2", "1"]


@pytest.mark.parametrize(
    "words", [("speed", "kolektor", "baik", "cepat"), ("speed", "kolektor", "baik", "50"), ("speed", "tol", "x", "9")]
)
def test_a_rule_that_makes_no_sense_is_refused(connection: Connection, words: tuple[str, ...]) -> None:
    with pytest.raises(Trouble):
        admin(connection, "road-rules", "set", *words, "--source", "usulan", "--certainty", "M", "--reason", "coba")
    assert len(admin(connection, "road-rules", "versions")) == 1


def test_a_table_of_rules_is_replaced_from_a_file(connection: Connection, tmp_path: Path) -> None:
    limits = {"1": ("<60", "baik"), "2": ("<=120", "sedang"), "3": ("<=180", "rusak_ringan"), "4": ("*", "rusak_berat")}
    rows = [
        {"rule": "sdi.class", "row": row, "column": column, "value": value, "source": "uji", "certainty": "M"}
        for row, cells in limits.items()
        for column, value in zip(("limit", "gives"), cells, strict=True)
    ]
    admin(connection, "road-rules", "import", write(tmp_path / "sdi.csv", rows), "--reason", "coba")
    assert len(admin(connection, "road-rules", "list", "sdi.class")) == 9
    with pytest.raises(Trouble, match=r"sdi\.class"):
        admin(connection, "road-rules", "import", write(tmp_path / "sdi.csv", rows[:4]), "--reason", "coba")


def test_a_file_of_surveys_is_brought_in_and_a_strange_one_refused(connection: Connection, tmp_path: Path) -> None:
    line = "st_geomfromtext('MULTILINESTRING((105 0, 105.01 0))', 4326)"
    asked = "insert into road (source, source_id, status, geom) values ('Jalan nasional Kaltara', '35001', 'nasional', "
    connection.execute(text(f"{asked}{line})"))
    row = {"Linkid": "35001", "IRI 2023": "9.1", "IRI 2024": "4.5", "IRI 2025": "2.9"}
    said = admin(connection, "surveys", "import", write(tmp_path / "iri.csv", [row]))
    assert "survei: 3 baru" in said[0]
    assert connection.scalar(text("select condition from road where source_id = '35001'")) == "baik"
    assert admin(connection, "surveys", "awaiting") == []
    with pytest.raises(Trouble, match="Berkas ditolak"):
        admin(connection, "surveys", "import", write(tmp_path / "x.csv", [{"a": "1"}]))
