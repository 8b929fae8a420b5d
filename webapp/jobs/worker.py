"""The worker: runs jobs until it is told to stop, and begins anew when the database was away."""

import asyncio
import contextlib
import signal

import structlog
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError as EngineError

from layers import db
from layers.settings import Settings
from webapp.jobs import imports, letters, tasks
from webapp.jobs.database import Database

CONCURRENCY = 3  # an import may last, and so may a computation: what is due every second goes on beside both
GRACE_S = 1.0  # for jobs to end by themselves after a stop; then their statements are cancelled
PAUSE_S = 1.0  # between attempts to reach the database

log = structlog.get_logger()


async def run(settings: Settings) -> None:
    """Run jobs until SIGTERM or SIGINT."""
    database = Database(db.connect(settings.database_url, pool_size=CONCURRENCY))
    loop, told = asyncio.get_running_loop(), asyncio.Event()

    def stop() -> None:
        """Begin no more; statements that still run get a moment."""
        told.set()
        loop.call_later(GRACE_S, database.stop)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    log.info("worker started")
    await keep_working(settings, database, told)


async def keep_working(settings: Settings, database: Database, told: asyncio.Event) -> None:
    """Work until told to stop; where the database is away, try again every second."""
    while not told.is_set():
        try:
            await asyncio.to_thread(database.reach)
            await work(settings, database, told)
        except (ConnectorException, OperationalError, EngineError) as error:
            log.warning("database away, trying again", error=type(error).__name__)
            await ends(told, PAUSE_S)


async def ends(told: asyncio.Event, within_s: float) -> None:
    """Wait for the word to stop, but no longer than so many seconds."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(told.wait(), within_s)


async def work(settings: Settings, database: Database, told: asyncio.Event) -> None:
    """Run jobs over one set of connections until told to stop, or until they are lost.

    Only jobs are cancelled, never the opening: a pool that is cancelled while it connects goes on connecting for ever.
    """
    address = make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    built = tasks.build(address, database, settings.data_dir)
    letters.tie(built, database, settings)
    imports.tie(built, database, settings.database_url, settings.data_dir)
    async with built.open_async() as app:
        jobs = asyncio.ensure_future(
            app.run_worker_async(
                concurrency=CONCURRENCY,
                shutdown_graceful_timeout=2 * GRACE_S,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
        )
        word = asyncio.ensure_future(told.wait())
        await asyncio.wait({jobs, word}, return_when=asyncio.FIRST_COMPLETED)
        word.cancel()
        jobs.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await jobs
