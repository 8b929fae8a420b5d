"""The worker: runs jobs until it is told to stop, and begins anew when the database was away."""

import asyncio
import contextlib
import signal

import structlog
from procrastinate import App
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError as EngineError

from layers import db
from layers.records.queue import LONG, PROMPT, SHORT
from layers.settings import Settings
from webapp.jobs import imports, letters, tasks
from webapp.jobs.database import Database

# Imports, computations and choices of works may last: mail, seals and signs of life go on beside, and so does what
# somebody waits for in front of a page.
PLACES = {PROMPT: 1, SHORT: 2, LONG: 3}
GRACE_S = 1.0  # for jobs to end by themselves after a stop; then their statements are cancelled
PAUSE_S = 1.0  # between attempts to reach the database

log = structlog.get_logger()


async def run(settings: Settings) -> None:
    """Run jobs until SIGTERM or SIGINT."""
    database = Database(db.connect(settings.database_url, pool_size=sum(PLACES.values())))
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
    """Run the jobs of all queues over one set of connections until told to stop, or until they are lost.

    Only jobs are cancelled, never the opening: a pool that is cancelled while it connects goes on connecting for ever.
    """
    address = make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    built = tasks.build(address, database, settings.data_dir)
    letters.tie(built, database, settings)
    imports.tie(built, database, settings.database_url, settings.data_dir)
    async with built.open_async() as app:
        queues = [asyncio.ensure_future(do_jobs(app, queue)) for queue in PLACES]
        word = asyncio.ensure_future(told.wait())
        await asyncio.wait({*queues, word}, return_when=asyncio.FIRST_COMPLETED)
        for each in (*queues, word):
            each.cancel()
        ended = await asyncio.gather(*queues, return_exceptions=True)
    for problem in ended:
        if isinstance(problem, Exception):
            raise problem


async def do_jobs(app: App, queue: str) -> None:
    """Run the jobs of one queue, as many at once as it has places."""
    await app.run_worker_async(
        queues=[queue],
        name=queue,
        concurrency=PLACES[queue],
        shutdown_graceful_timeout=2 * GRACE_S,
        delete_jobs="successful",
        install_signal_handlers=False,
    )
