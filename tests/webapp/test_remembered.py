"""What is remembered stays at hand while somebody waits for the database."""

from threading import Thread

from sqlalchemy import Engine, text

from layers.registry import layers
from layers.settings import Settings
from tests.webapp.conftest import until
from webapp import create_app, extensions, remembered

BLOCKED = text("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")


def test_who_waits_for_the_calendar_keeps_nobody_from_the_counts(settings: Settings, engine: Engine) -> None:
    app = create_app(settings)

    def ask_calendar() -> None:
        with app.app_context(), extensions.reading() as connection:
            remembered.working_calendar(connection)

    with app.app_context(), extensions.reading() as connection, engine.connect() as holder, engine.connect() as watcher:
        watcher.execution_options(isolation_level="AUTOCOMMIT")  # within a transaction the activity stays as first seen
        known = remembered.counts(connection, layers()["offices"])
        holder.execute(text("lock table holiday in access exclusive mode"))
        waiting = Thread(target=ask_calendar)
        waiting.start()
        until(lambda: watcher.scalar(BLOCKED) == 1)
        assert remembered.counts(connection, layers()["offices"]) == known
        assert watcher.scalar(BLOCKED) == 1
        holder.rollback()
        waiting.join()
