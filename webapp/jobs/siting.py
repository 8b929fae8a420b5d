"""The task that answers where to build, one question after the other."""

from procrastinate import App

from layers.access.siting_questions import QUEUE
from layers.records.queue import LONG
from webapp.jobs.database import Database


def tie(app: App, database: Database) -> None:
    """Tie the task to the database."""

    @app.periodic(cron="* * * * * */3")
    @app.task(name="answer_siting", queue=LONG, lock="answer_siting", queueing_lock="answer_siting")
    def answer_siting(timestamp: int) -> None:
        """Answer the oldest question, if one waits."""
        with database.act() as connection:
            taken = QUEUE.take(connection)
        if taken:
            from layers.access import siting  # not sooner: pandas is large, and most turns find nothing to do

            with database.act() as connection:
                siting.answer(connection, taken)
