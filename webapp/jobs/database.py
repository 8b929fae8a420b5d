"""The database as jobs use it: what runs when the worker has to stop is cancelled, and rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, text

JOB_TIMEOUT_S = 600


class Cancellable(Protocol):
    """What can be told to end: a connection at work, or a program."""

    def cancel(self) -> None:
        """End what is at work."""


class Database:
    """Lends a connection to each act of a job and knows which are at work."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._working: set[Cancellable] = set()

    def reach(self) -> None:
        """Connect once; raises OperationalError while the database is away."""
        with self._engine.connect():
            pass

    @contextmanager
    def act(self) -> Iterator[Connection]:
        """Lend a connection for one act, whose statements may take 10 minutes each: committed as a whole, or not."""
        with self._engine.begin() as connection:
            driver: Any = connection.connection.driver_connection
            with self.beside(driver):
                connection.execute(text(f"set local statement_timeout = '{JOB_TIMEOUT_S}s'"))
                yield connection

    @contextmanager
    def beside(self, work: Cancellable) -> Iterator[None]:
        """Count something among what is at work."""
        self._working.add(work)
        try:
            yield
        finally:
            self._working.discard(work)

    def stop(self) -> None:
        """Cancel everything at work; a statement raises QueryCanceled in its own thread."""
        for work in list(self._working):
            work.cancel()
