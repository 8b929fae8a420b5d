"""The tasks that set sheets as PDF, one after the other, and forget old ones."""

from pathlib import Path

import structlog
from procrastinate import App

from layers.records import papers
from layers.records.queue import LONG
from webapp.jobs.database import Database
from webapp.paper import NotSetError, to_pdf

log = structlog.get_logger()


def tie(app: App, database: Database, data_dir: Path) -> None:
    """Tie the tasks to the database and to the folder of files."""

    @app.periodic(cron="* * * * * */2")
    @app.task(name="set_paper", queue=LONG, lock="set_paper", queueing_lock="set_paper")
    def set_paper(timestamp: int) -> None:
        """Set the oldest sheet, if one waits."""
        with database.act() as connection:
            if papers.any_waiting(connection):
                papers.settle_next(connection, data_dir, _pdf)

    @app.periodic(cron="27 * * * *")
    @app.task(name="forget_papers", queueing_lock="forget_papers")
    def forget_papers(timestamp: int) -> None:
        """Forget the sheets of last week, and remove the files that nobody knows any more."""
        with database.act() as connection:
            papers.forget_old(connection)
        with database.act() as connection:
            for file in papers.orphans(connection, data_dir):
                file.unlink(missing_ok=True)


def _pdf(html: str) -> bytes | None:
    try:
        return to_pdf(html)
    except NotSetError as problem:
        log.warning("a sheet could not be set", problem=str(problem))
        return None
