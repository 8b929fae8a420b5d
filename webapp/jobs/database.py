"""The database as jobs use it: what runs when the worker has to stop is cancelled, and rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, text

JOB_TIMEOUT_S = 600


class Database:
    """Lends a connection to each act of a job and knows which are at work."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._working: set[Any] = set()

    def reach(self) -> None:
        """Connect once; raises OperationalError while the database is away."""
        with self._engine.connect():
            pass

    @contextmanager
    def act(self) -> Iterator[Connection]:
        """Lend a connection for one act, whose statements may take 10 minutes each: committed as a whole, or not."""
        with self._engine.begin() as connection:
            driver = connection.connection.driver_connection
            self._working.add(driver)
            try:
                connection.execute(text(f"set local statement_timeout = '{JOB_TIMEOUT_S}s'"))
                yield connection
            finally:
                self._working.discard(driver)

    def stop(self) -> None:
        """Cancel every statement at work; each raises QueryCanceled in its own thread."""
        for driver in list(self._working):
            driver.cancel()
