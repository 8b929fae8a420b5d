"""The tasks that look into uploaded files, try them, bring them in, and forget those that nobody came back to."""

import time
from pathlib import Path

import structlog
from procrastinate import App

from layers.records.queue import LONG
from layers.uploads import keeping, turns
from webapp.jobs.database import Database

log = structlog.get_logger()


def tie(app: App, database: Database, url: str, data_dir: Path) -> None:
    """Tie the tasks to the database, whose address the process of a step needs too, and to the folder of files."""

    @app.periodic(cron="* * * * * */2")
    @app.task(name="advance_uploads", queue=LONG, lock="advance_uploads", queueing_lock="advance_uploads")
    def advance_uploads(timestamp: int) -> None:
        """Do the step that the oldest upload waits for."""
        problem = turns.take_turn(database.act, database.beside, url, data_dir)
        if problem:
            log.warning("a step of an upload failed", problem=problem)

    @app.periodic(cron="25 * * * *")
    @app.task(name="forget_uploads", queueing_lock="forget_uploads")
    def forget_uploads(timestamp: int) -> None:
        """Remove files that nobody came back to, and what a crash has left."""
        with database.act() as connection:
            gone = keeping.forget(connection)
            gone += keeping.left_behind(connection, data_dir, time.time())
        for stored in gone:
            keeping.discard(data_dir, stored)
