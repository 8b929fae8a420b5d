"""What an import keeps about where its rows come from."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from layers.layer import Licence
from layers.provenance import origins
from layers.reading.refusal import FileRefusedError
from layers.records.licences import licences
from layers.registry import layers
from tests.layers.reading.files import Bring, csv

VILLAGE = """insert into area (source, source_id, code, name, level, geom) values ('uji', '1', '99.01.01.2001', 'Abung',
             'desa', 'SRID=4326;MULTIPOLYGON(((104 -5,105 -5,105 -4,104 -4,104 -5)))')"""
WASTE = 'source = "DLH"\nlicence = { name = "CC BY 4.0", url = "https://example.org/by" }\n[columns]\nkind = "jenis"\n'


def test_a_file_that_names_features_by_key_writes_its_constants_too(
    bring: Bring, empty: Engine, tmp_path: Path
) -> None:
    with empty.begin() as connection:
        connection.exec_driver_sql(VILLAGE)
    words = "kode,permukiman_ha,penduduk_estimasi\n99.01.01.2001,12,3400\n"
    assert bring("areas", csv(tmp_path, words, "penduduk.csv"), "all").written.changed == 1
    with empty.connect() as connection:
        population = connection.execute(text("select population, population_source from area")).one()
    assert population == (3400, "Perkiraan dasimetrik dari total kabupaten")


def test_the_licence_in_a_mapping_is_kept_by_its_source(bring: Bring, empty: Engine, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(WASTE + '[place]\nlon = "x"\nlat = "y"\n')
    bring("waste", csv(tmp_path, "jenis,x,y\ntps,104.5,-4.5\n"), "all", file_map=str(tmp_path / "map.toml"))
    with empty.connect() as connection:
        assert licences(connection, "waste") == {"DLH": Licence("CC BY 4.0", "https://example.org/by")}
        assert licences(connection, "roads") == {}
        (origin,) = origins(connection, layers()["waste"])
    assert origin.licence == Licence("CC BY 4.0", "https://example.org/by")


def test_mended_rows_go_back_to_the_source_they_came_from(bring: Bring, empty: Engine, tmp_path: Path) -> None:
    first = bring("waste", csv(tmp_path, "id,jenis,x,y\n1,tps,104.5,-4.5\n2,apa,104.6,-4.5\n", "dlh.csv"), "all")
    assert first.refused_path is not None
    assert first.source == "dlh"
    path = csv(tmp_path, first.refused_path.read_text(encoding="utf-8-sig").replace("apa", "tpa"), "diperbaiki.csv")
    with pytest.raises(FileRefusedError, match="--source"):
        bring("waste", path, "all")
    bring("waste", path, "all", source=first.source)
    with empty.connect() as connection:
        rows = connection.execute(text("select source, source_id, kind from waste_site order by 2")).all()
    assert rows == [("dlh", "1", "tps"), ("dlh", "2", "tpa")]
