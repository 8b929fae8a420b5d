"""scripts/regions gives the minutes that the layer access keeps, and works on nothing twice."""

import argparse
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Connection, create_engine, text

from geo.executor import Here
from layers.access import regions
from scripts import regional
from scripts.setup.progress import Trouble

MINUTES = text(
    "select settlement_id, minutes, office_id from access_settlement"
    " where kind = 'puskesmas' and mode = 'mobil' and season = 'hujan' order by settlement_id"
)


def test_a_regency_has_the_minutes_of_the_layer_and_a_second_run_reads_them_from_the_folder(
    sample_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", sample_url)
    asked = argparse.Namespace(codes=[], kind="puskesmas", mode="mobil", season="hujan", to=tmp_path)
    regional.run(sample_url, asked, Here())
    table = pd.read_csv(tmp_path / "puskesmas-mobil-hujan.csv", dtype={"regency": str})
    engine = create_engine(sample_url)
    with engine.connect() as connection:
        expected = pd.read_sql(MINUTES, connection)
    engine.dispose()
    assert set(table.regency) == {"18.03"}
    assert table.settlement.tolist() == expected.settlement_id.tolist()
    assert table.minutes.tolist() == pytest.approx(expected.minutes.tolist(), abs=1 / 60, nan_ok=True), (
        "within a second"
    )
    assert (table.office.fillna(-1) == expected.office_id.fillna(-1)).mean() > 0.99, "equally near ones may differ"
    monkeypatch.setattr(regions, "load", None)
    regional.run(sample_url, asked, Here())


def test_without_settlements_there_is_nothing_to_compute(
    connection: Connection, database_url: str, tmp_path: Path
) -> None:
    assert regions.keys(connection, ("puskesmas", "mobil", "hujan")) == []
    asked = argparse.Namespace(codes=[], kind="puskesmas", mode="mobil", season="hujan", to=tmp_path)
    with pytest.raises(Trouble, match="import the layers areas and settlements"):
        regional.run(database_url, asked, Here())


def test_a_regency_whose_border_nobody_knows_is_named(connection: Connection) -> None:
    with pytest.raises(LookupError, match=r"99\.99"):
        regions.read(connection, ("99.99", "puskesmas.mobil.hujan", "x"))
