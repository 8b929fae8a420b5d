"""The task that sends the messages of the outbox, where the settings name a mail server."""

from threading import Lock
from typing import Any

import structlog
from procrastinate import App
from sqlalchemy import Connection, Row

from layers.complaints.letters import Writer
from layers.records import sending
from layers.records.mail import Letter, Relay
from layers.settings import Settings
from layers.works import letters as work_letters
from webapp.jobs.database import Database

log = structlog.get_logger()


def tie(app: App, database: Database, settings: Settings) -> None:
    """Tie the task to the mail server; without one messages wait, and `scripts/admin outbox list` says so.

    Raises ValueError where the settings of the mail server are incomplete or wrong.
    """
    if not settings.smtp_url:
        return
    if not settings.site_address:
        raise ValueError("PETA_SITE_ADDRESS must be set beside PETA_SMTP_URL, such as https://peta.example.go.id")
    relay = Relay.from_address(settings.smtp_url, settings.mail_from)
    site = settings.site_address.rstrip("/")
    writer, of_works = Writer(site, settings.data_dir), work_letters.Writer(site, settings.data_dir)
    turn = Lock()  # of this process alone, so that a worker that dies leaves nothing locked

    def write(connection: Connection, message: Row[Any]) -> Letter | None:
        """Word a message, each kind by whom it concerns."""
        return (of_works if message.kind in work_letters.KINDS else writer)(connection, message)

    @app.periodic(cron="* * * * * */5")
    @app.task(name="send_messages", queueing_lock="send_messages")
    def send_messages(timestamp: int) -> None:
        """Send the messages whose turn it is, unless a slow mail server still keeps the turn before."""
        if not turn.acquire(blocking=False):
            return
        try:
            found = sending.send_due(database.act, settings.data_dir, relay, write)
        finally:
            turn.release()
        problems = sorted({problem for problem in found if problem and problem != sending.NO_ADDRESS})
        if problems:
            log.warning("messages not sent, to be tried again", problems=problems)
