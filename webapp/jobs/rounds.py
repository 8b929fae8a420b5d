"""The task that plans collection rounds, one question after the other."""

from pathlib import Path

from procrastinate import App

from layers.records.queue import LONG
from layers.waste_service.round_questions import QUEUE
from webapp.jobs.database import Database


def tie(app: App, database: Database, data_dir: Path) -> None:
    """Tie the task to the database and to the folder of files."""

    @app.periodic(cron="* * * * * */3")
    @app.task(name="answer_rounds", queue=LONG, lock="answer_rounds", queueing_lock="answer_rounds")
    def answer_rounds(timestamp: int) -> None:
        """Answer the oldest question, if one waits."""
        with database.act() as connection:
            taken = QUEUE.take(connection)
        if taken:
            from layers.waste_service import rounds  # not sooner: VROOM and scipy are large, most turns need none

            with database.act() as connection:
                rounds.answer(connection, data_dir, taken)
