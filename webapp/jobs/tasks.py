"""What the worker does by itself, and how often."""

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.builtin_tasks import remove_old_jobs
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status

from layers import computing
from layers.areas.queries import regency
from layers.complaints import alerts, counting
from layers.complaints import photos as complaint_photos
from layers.complaints.acts import anonymise_due, close_silent
from layers.complaints.photos import ComplaintPhoto
from layers.complaints.stopping import forget_idle
from layers.exporting import scratch
from layers.layer import named
from layers.priority import runs
from layers.questions import MOST_TRIES
from layers.records import drafts, heartbeats, trail
from layers.records.photo_files import discard, orphans
from layers.records.queue import LONG
from layers.records.versions import fold
from layers.registry import layers
from layers.roads import photos as survey_photos
from layers.roads.table import RoadSurveyPhoto
from layers.works import documents as work_documents
from layers.works import photos as work_photos
from layers.works.table import WorkDocument, WorkPhoto
from webapp.jobs import papers, rounds, siting, travel
from webapp.jobs.database import Database

WAIT_S = 1.0  # how long to wait for a connection; short, so that a stop is quick while the database is away
KEPT_HOURS = 24 * 7


def build(address: str, database: Database, data_dir: Path) -> App:
    """Tie the tasks to a database (a libpq address for the queue) and to the folder of files."""
    app = App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=6, timeout=WAIT_S))

    @app.periodic(cron=f"* * * * * */{heartbeats.EVERY_S}")
    @app.task(name="beat", queueing_lock="beat")
    def beat(timestamp: int) -> None:
        """Say that the worker is alive."""
        with database.act() as connection:
            heartbeats.beat(connection, "worker")

    @app.periodic(cron="* * * * * */3")
    @app.task(name="fold_changes", queueing_lock="fold_changes")
    def fold_changes(timestamp: int) -> None:
        """Fold the pending changes of layers."""
        with database.act() as connection:
            fold(connection)

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="remove_stale_exports", queueing_lock="remove_stale_exports")
    def remove_stale_exports(timestamp: int) -> None:
        """Remove what a killed server has left of its exports."""
        for path in scratch.stale(data_dir):
            shutil.rmtree(path, ignore_errors=True)

    keep_queue(app)
    keep_records(app, database, data_dir)
    forget(app, database, data_dir)
    keep_computed(app, database)
    travel.tie(app, database, data_dir)
    answer_questions(app, database)
    siting.tie(app, database)
    rounds.tie(app, database, data_dir)
    papers.tie(app, database, data_dir)
    return app


def keep_queue(app: App) -> None:
    """Tie the tasks that keep the queue itself."""

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="retry_orphans", queueing_lock="retry_orphans")
    async def retry_orphans(timestamp: int) -> None:
        """Do anew the jobs of a worker that has died; one whose like waits already is dropped."""
        for job in await app.job_manager.get_stalled_jobs():
            try:
                await app.job_manager.retry_job(job)
            except UniqueViolation:
                await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)

    @app.periodic(cron="0 3 * * *")
    @app.task(name="forget_old_jobs", queueing_lock="forget_old_jobs", pass_context=True)
    async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
        """Forget the jobs that were done long ago."""
        await remove_old_jobs(context, max_hours=KEPT_HOURS, remove_failed=True)


def keep_computed(app: App, database: Database) -> None:
    """Tie the tasks that compute stale layers, each in a job of its own, and that keep figures ready."""

    @app.task(name="compute_layer", queue=LONG)
    def compute_layer(layer_id: str) -> None:
        """Compute one layer from the layers that it needs, unless it has failed too often."""
        layer = layers()[layer_id]
        with database.act() as connection:
            waits = computing.begin(connection, layer)
        if waits:
            with database.act() as connection:
                computing.compute(connection, layer)

    @app.periodic(cron="* * * * *")
    @app.task(name="compute_stale", queueing_lock="compute_stale")
    def compute_stale(timestamp: int) -> None:
        """Have those layers computed whose sources have changed; one that waits already is not asked for twice."""
        with database.act() as connection:
            due = [layer.id for layer in computing.due(connection)]
        for layer_id in due:
            with suppress(AlreadyEnqueued):
                compute_layer.configure(lock=layer_id, queueing_lock=layer_id).defer(layer_id=layer_id)

    @app.periodic(cron="* * * * *")
    @app.task(name="count_figures", queue=LONG, lock="count_figures", queueing_lock="count_figures")
    def count_figures(timestamp: int) -> None:
        """Count the figures of complaints anew where something has changed, and each day."""
        with database.act() as connection:
            counting.count(connection, datetime.fromtimestamp(timestamp, UTC))


def keep_alerts(app: App, database: Database) -> None:
    """Tie the tasks that tell what is new to those who asked, and forget whom nothing keeps here."""

    @app.periodic(cron="*/2 * * * *")
    @app.task(name="write_alerts", queueing_lock="write_alerts")
    def write_alerts(timestamp: int) -> None:
        """Hand what is new to the alerts it is for, and leave the letters that are due."""
        with database.act() as connection:
            alerts.spread(connection)
        with database.act() as connection:
            alerts.write_letters(connection)

    @app.periodic(cron="40 * * * *")
    @app.task(name="forget_idle_readers", queueing_lock="forget_idle_readers")
    def forget_idle_readers(timestamp: int) -> None:
        """Forget links that are over, alerts that nobody confirmed, and readers whom nothing keeps."""
        with database.act() as connection:
            forget_idle(connection)


def answer_questions(app: App, database: Database) -> None:
    """Tie the task that answers what planners ask."""

    @app.periodic(cron="* * * * *")
    @app.task(name="prepare_scenarios", queue=LONG, queueing_lock="prepare_scenarios")
    def prepare_scenarios(timestamp: int) -> None:
        """Keep the network at hand that scenarios are worked out on, also after a start and after a change."""
        with database.act() as connection:
            if regency(connection):
                named("layers.priority.scenarios:prepare")(connection)

    @app.task(name=runs.TASK, queue=LONG, retry=MOST_TRIES)
    def answer_what_if(run: str) -> None:
        """Work out what a scenario brings, or which works a budget is for; the try after the last gives it up."""
        with database.act() as connection:
            waits = runs.begin(connection, run)
        if waits:
            answer = named("layers.priority.answering:answer")
            with database.act() as connection:
                answer(connection, run)


def keep_records(app: App, database: Database, data_dir: Path) -> None:
    """Tie the tasks that keep the trail and end what stays silent."""

    @app.periodic(cron="* * * * *")
    @app.task(name="join_events", queueing_lock="join_events")
    def join_events(timestamp: int) -> None:
        """Make events that were written since links of the trail."""
        with database.act() as connection:
            trail.join(connection)

    @app.periodic(cron="0 * * * *")
    @app.task(name="seal_trail", queueing_lock="seal_trail")
    def seal_trail(timestamp: int) -> None:
        """Seal the trail, after what is pending has been joined for good."""
        with database.act() as connection:
            trail.join(connection)
        with database.act() as connection:
            trail.seal(connection, data_dir)

    @app.periodic(cron="20 * * * *")
    @app.task(name="close_silent", queueing_lock="close_silent")
    def close_silent_complaints(timestamp: int) -> None:
        """Close complaints that nobody replied to for too long."""
        with database.act() as connection:
            close_silent(connection, datetime.fromtimestamp(timestamp, UTC))


def forget(app: App, database: Database, data_dir: Path) -> None:
    """Tie the tasks that remove what is no longer to be kept of people."""

    @app.periodic(cron="30 18 * * *")  # UTC: half past one at night in Lampung
    @app.task(name="forget_people", queue=LONG, queueing_lock="forget_people")
    def forget_people(timestamp: int) -> None:
        """Anonymise what was closed long ago, some at a time, and forget drafts that nobody came back to."""
        number, now = 1, datetime.fromtimestamp(timestamp, UTC)
        while number:
            with database.act() as connection:
                number, files = anonymise_due(connection, data_dir, now)
                number += drafts.forget_stale(connection)
            discard(files)

    @app.periodic(cron="17 * * * *")
    @app.task(name="remove_orphaned_photos", queueing_lock="remove_orphaned_photos")
    def remove_orphaned_photos(timestamp: int) -> None:
        """Remove what a crash, or a photo blacked out, has left behind."""
        with database.act() as connection:
            left = [*orphans(connection, data_dir, complaint_photos.FOLDER, ComplaintPhoto.name)]
            left += orphans(connection, data_dir, work_photos.FOLDER, WorkPhoto.name)
            left += orphans(connection, data_dir, survey_photos.FOLDER, RoadSurveyPhoto.name)
            left += orphans(connection, data_dir, work_documents.FOLDER, WorkDocument.name)
            discard(left)
