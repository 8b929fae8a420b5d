"""One unit of work gives the same here, in processes and on Dask, and a stopped run goes on where it stopped."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from dask.distributed import Client, LocalCluster

from geo.executor import Executor, Here, Key, OnDask, Processes, UnitFailedError
from geo.scenario import Roads
from tests.geo.regencies import load, measure, refuse_ten

KEYS = [("18.12", "dasar", "a1"), ("18.10", "musim hujan/banjir", "a1"), ("18.09", "dasar", "a1")]


@pytest.fixture(scope="module")
def dask() -> Iterator[Client]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        yield client


@pytest.fixture(params=["here", "processes", "dask"])
def executor(request: pytest.FixtureRequest) -> Executor:
    if request.param == "dask":
        return OnDask(request.getfixturevalue("dask"))
    return Here() if request.param == "here" else Processes(2)


def test_all_three_give_what_the_unit_gives_and_in_the_order_of_the_keys(executor: Executor) -> None:
    tables = executor.map(measure, load, KEYS)
    assert list(tables) == KEYS
    for key, table in tables.items():
        pd.testing.assert_frame_equal(table, measure(load(key)))


def test_the_failure_of_one_area_names_it(executor: Executor) -> None:
    with pytest.raises(UnitFailedError, match=r"18\.10 musim hujan/banjir a1") as failed:
        executor.map(refuse_ten, load, KEYS)
    assert failed.value.key == KEYS[1]
    assert isinstance(failed.value.__cause__, ValueError)


def test_a_run_that_stopped_goes_on_without_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(UnitFailedError):
        Here().map(refuse_ten, load, KEYS, kept=tmp_path)
    made: list[Key] = []

    def noting(key: Key) -> Roads:
        made.append(key)
        return load(key)

    tables = Here().map(measure, noting, KEYS, kept=tmp_path)
    assert made == KEYS[1:]
    for key, table in tables.items():
        pd.testing.assert_frame_equal(table, measure(load(key)))
    assert {file.suffix for file in tmp_path.iterdir()} == {".parquet"}


def test_another_scenario_or_version_of_the_graph_is_made_anew(tmp_path: Path) -> None:
    Here().map(measure, load, KEYS[:1], kept=tmp_path)
    later = [("18.12", "dasar", "b2"), ("18.12", "banjir", "a1")]
    assert list(Here().map(measure, load, later, kept=tmp_path)) == later
    assert len(list(tmp_path.iterdir())) == 3


def test_a_key_given_twice_is_worked_once() -> None:
    assert list(Here().map(measure, load, KEYS[:1] * 2)) == KEYS[:1]
