"""The five regencies of Lampung with roads: the same minutes here, in processes and on Dask; a stopped run goes on."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from dask.distributed import Client, LocalCluster

from geo.executor import Here, Key, OnDask, Processes
from geo.regional import Regency, nearest_facilities
from tests.real.conftest import real
from tests.real.regencies import load

pytestmark = [pytest.mark.real, real]

KEYS: list[Key] = [(code, "kering", "rbi50k") for code in ("18.09", "18.10", "18.12", "18.71", "18.72")]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def here(kept: Path) -> dict[Key, pd.DataFrame]:
    return Here().map(nearest_facilities, load, KEYS, kept)


def test_each_regency_has_minutes_for_the_places_that_roads_reach(here: dict[Key, pd.DataFrame]) -> None:
    for key, table in here.items():
        with_way = np.isfinite(table.minutes)
        assert len(table) == len(load(key).places) > 0
        assert with_way.mean() > 0.5, key
        assert (table.facility[~with_way] == -1).all()
        assert (table.minutes[with_way] >= 0).all()


def test_processes_give_the_same(here: dict[Key, pd.DataFrame]) -> None:
    same(Processes(2).map(nearest_facilities, load, KEYS), here)


def test_a_dask_cluster_gives_the_same(here: dict[Key, pd.DataFrame]) -> None:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        same(OnDask(client).map(nearest_facilities, load, KEYS), here)


def test_a_run_that_stopped_works_on_what_is_missing_alone(here: dict[Key, pd.DataFrame], kept: Path) -> None:
    (lost,) = kept.glob("18.71*")
    lost.unlink()
    worked: list[Key] = []

    def noting(key: Key) -> Regency:
        worked.append(key)
        return load(key)

    same(Here().map(nearest_facilities, noting, KEYS, kept), here)
    assert worked == [KEYS[3]]


def same(found: dict[Key, pd.DataFrame], expected: dict[Key, pd.DataFrame]) -> None:
    assert list(found) == list(expected)
    for key, table in found.items():
        pd.testing.assert_frame_equal(table, expected[key], check_exact=True)
