"""The same work for many areas: here, in processes, or on Dask, kept by key so that a stopped run goes on."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pandas as pd

if TYPE_CHECKING:
    from dask.distributed import Client

Key = tuple[str, ...]  # regency, scenario, version of the graph
Load = Callable[[Key], Any]
Unit = Callable[[Any], pd.DataFrame]


class UnitFailedError(RuntimeError):
    """The work for one key failed; what was done for others is kept."""

    def __init__(self, key: Key) -> None:
        self.key = key
        super().__init__(f"The work for {' '.join(key)} failed; mend its cause and start the run again.")


class Executor(ABC):
    """Runs a pure unit of work for each key: arrays in, a table out.

    `load` fetches a key's arrays where the unit runs, so that only keys travel. Unless they run here, both have to be
    functions of a module.
    """

    @abstractmethod
    def run(self, unit: Unit, load: Load, keys: Iterable[Key]) -> Iterator[tuple[Key, pd.DataFrame]]:
        """Give each key and its table as soon as it is there; raises UnitFailedError."""

    def map(self, unit: Unit, load: Load, keys: Iterable[Key], kept: Path | None = None) -> dict[Key, pd.DataFrame]:
        """Give the table of every key, in their order; those found in the folder are not made again."""
        wanted = list(dict.fromkeys(keys))
        tables = {key: pd.read_parquet(file) for key in wanted if kept and (file := _file(kept, key)).exists()}
        for key, table in self.run(unit, load, [key for key in wanted if key not in tables]):
            tables[key] = table
            if kept:
                _keep(table, _file(kept, key))
        return {key: tables[key] for key in wanted}


class Here(Executor):
    """One key after the other, in this process."""

    def run(self, unit: Unit, load: Load, keys: Iterable[Key]) -> Iterator[tuple[Key, pd.DataFrame]]:
        """Give each key and its table."""
        for key in keys:
            try:
                table = _work(unit, load, key)
            except Exception as failure:
                raise UnitFailedError(key) from failure
            yield key, table


@dataclass(frozen=True)
class Processes(Executor):
    """Several keys at once, each in a process of this machine."""

    count: int

    def run(self, unit: Unit, load: Load, keys: Iterable[Key]) -> Iterator[tuple[Key, pd.DataFrame]]:
        """Give each key and its table, whichever is done first."""
        with ProcessPoolExecutor(self.count, mp_context=get_context("spawn")) as pool:
            running = {pool.submit(_work, unit, load, key): key for key in keys}
            try:
                for done in as_completed(running):
                    yield running[done], _result(done, running[done])
            finally:
                pool.shutdown(cancel_futures=True)


@dataclass(frozen=True)
class OnDask(Executor):
    """Several keys at once on a Dask cluster, whose workers hold the same version of this program."""

    client: "Client"

    def run(self, unit: Unit, load: Load, keys: Iterable[Key]) -> Iterator[tuple[Key, pd.DataFrame]]:
        """Give each key and its table, whichever is done first."""
        from dask.distributed import as_completed as completed  # an extra: who runs here or in processes needs no Dask

        running = {self.client.submit(_work, unit, load, key, pure=False): key for key in keys}
        try:
            for done in completed(list(running)):
                yield running[done], _result(done, running[done])
        finally:
            self.client.cancel(list(running))


def _work(unit: Unit, load: Load, key: Key) -> pd.DataFrame:
    return unit(load(key))


def _result(future: Any, key: Key) -> pd.DataFrame:
    failure = future.exception()
    if failure is not None:
        raise UnitFailedError(key) from failure
    table: pd.DataFrame = future.result()
    return table


def _file(folder: Path, key: Key) -> Path:
    return folder / ("@".join(quote(part, safe="") for part in key) + ".parquet")


def _keep(table: pd.DataFrame, file: Path) -> None:
    """Write a table as a whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        table.to_parquet(part.name)
    Path(part.name).rename(file)
