"""What the worker does by itself, each task run once as the worker runs it."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import time
from typing import Any

import pytest
from procrastinate import RetryStrategy
from sqlalchemy import Engine, make_url, text

from layers import computing, db, questions
from layers.hotspots import LAYER
from layers.priority import runs
from layers.priority.refusals import GIVEN_UP
from tests.databases import beside
from webapp.jobs import tasks
from webapp.jobs.database import Database

ADD = text(
    "insert into complaint (source, source_id, number, category, state, reported_at, geom)"
    " values ('uji', :id, :id, 'lampu_jalan', 'received', now(), st_point(104.88, -4.83, 4326))"
)

CLOSED_LONG_AGO = """
insert into complaint (source, source_id, number, category, state, description, reported_at, closed_at, geom)
values ('warga', 'x', 'LAMA', 'sampah', 'closed', 'bau', now(), now() - interval '3 years', st_point(104.9, -4.8, 4326))
"""

ADD_JOBS = text(
    "insert into procrastinate_jobs (queue_name, task_name, queueing_lock, status)"
    " values ('default', 'beat', 'beat', 'doing'), ('default', 'beat', 'beat', 'todo'),"
    " ('default', 'seal_trail', 'seal_trail', 'doing')"
)


@pytest.fixture(scope="module")
def jobs_url(database_url: str) -> str:
    """A database of its own, since what jobs do is committed."""
    return beside(database_url, "jobs")


@pytest.fixture
def jobs_engine(jobs_url: str) -> Iterator[Engine]:
    engine = db.connect(jobs_url)
    yield engine
    engine.dispose()


def test_at_night_people_are_forgotten_and_so_are_stale_drafts(jobs_engine: Engine, tmp_path: Path) -> None:
    with jobs_engine.begin() as connection:
        connection.execute(text(CLOSED_LONG_AGO))
        connection.execute(text("insert into draft values ('lama', '', now() - interval '1 hour')"))
    app = tasks.build("", Database(jobs_engine), tmp_path)
    app.tasks["forget_people"](timestamp=int(time()))
    with jobs_engine.begin() as connection:
        assert connection.execute(text("select description, anonymised_for from complaint")).all() == [
            (None, "retention")
        ]
        assert connection.scalar(text("select count(*) from draft")) == 0
        connection.execute(text("delete from complaint"))


def run(engine: Engine, url: str, folder: Path) -> None:
    """Ask for what is stale, and do the jobs that follow until none is left."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)

    async def work() -> None:
        async with tasks.build(address, Database(engine), folder).open_async() as app:
            await app.tasks["compute_stale"].defer_async(timestamp=0)
            await app.run_worker_async(wait=False, install_signal_handlers=False, delete_jobs="successful")
            await app.run_worker_async(wait=False, install_signal_handlers=False, delete_jobs="successful")

    alone(work)


def alone(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run it in a thread of its own: a browser of other tests may keep this one's loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(work())).result()


def stale(engine: Engine) -> bool:
    with engine.connect() as connection:
        standing = computing.standing(connection, LAYER)
    assert standing is not None
    return standing.stale


def test_a_report_has_the_hot_spots_computed_anew(jobs_engine: Engine, jobs_url: str, tmp_path: Path) -> None:
    run(jobs_engine, jobs_url, tmp_path)
    assert not stale(jobs_engine)
    with jobs_engine.begin() as connection:
        connection.execute(ADD, {"id": "new"})
    assert stale(jobs_engine)
    run(jobs_engine, jobs_url, tmp_path)
    assert not stale(jobs_engine)


def test_orphans_are_done_anew_and_one_whose_like_waits_already_is_dropped(
    jobs_engine: Engine, jobs_url: str, tmp_path: Path
) -> None:
    with jobs_engine.begin() as connection:
        connection.execute(text("delete from procrastinate_jobs"))
        connection.execute(ADD_JOBS)
    address = make_url(jobs_url).set(drivername="postgresql").render_as_string(hide_password=False)

    async def retry() -> None:
        async with tasks.build(address, Database(jobs_engine), tmp_path).open_async() as app:
            await app.tasks["retry_orphans"].func(0)

    alone(retry)
    with jobs_engine.begin() as connection:
        left = connection.execute(text("select task_name, status from procrastinate_jobs order by id")).all()
        connection.execute(text("delete from procrastinate_jobs"))
    assert [tuple(job) for job in left] == [("beat", "todo"), ("seal_trail", "todo")]


def test_a_layer_that_waits_to_be_computed_is_not_asked_for_twice(
    jobs_engine: Engine, jobs_url: str, tmp_path: Path
) -> None:
    with jobs_engine.begin() as connection:
        connection.execute(ADD, {"id": "newer"})
    address = make_url(jobs_url).set(drivername="postgresql").render_as_string(hide_password=False)

    async def ask_twice() -> None:
        async with tasks.build(address, Database(jobs_engine), tmp_path).open_async() as app:
            for _ in range(2):
                await asyncio.to_thread(app.tasks["compute_stale"].func, 0)

    alone(ask_twice)
    waiting = "select args::text from procrastinate_jobs where task_name = 'compute_layer' and status = 'todo'"
    with jobs_engine.connect() as connection:
        asked, due = connection.scalars(text(waiting)).all(), computing.due(connection)
    assert len(asked) == len(set(asked)) == len(due) > 0


def test_a_question_over_which_the_worker_fails_is_given_up_after_some_tries(
    jobs_engine: Engine, tmp_path: Path
) -> None:
    with jobs_engine.begin() as connection:
        connection.execute(text("insert into waste_round (asked, actor) values ('{}', 'uji')"))
    answer_rounds = tasks.build("", Database(jobs_engine), tmp_path).tasks["answer_rounds"]
    for _ in range(questions.MOST_TRIES):
        with pytest.raises(TypeError):  # such a question says nothing of a day or of trucks
            answer_rounds(timestamp=0)
    answer_rounds(timestamp=0)
    with jobs_engine.begin() as connection:
        (problem,) = connection.scalars(text("delete from waste_round returning problem"))
    assert problem["id"] == questions.GIVEN_UP.id


def test_a_scenario_over_which_the_worker_fails_is_tried_again_and_then_given_up(
    jobs_engine: Engine, tmp_path: Path
) -> None:
    with jobs_engine.begin() as connection:
        kept = "insert into priority_run (id, kind, asked, author) values ('uji', 'scenario', '{}', 'uji')"
        connection.execute(text(kept))
    task = tasks.build("", Database(jobs_engine), tmp_path).tasks[runs.TASK]
    for _ in range(questions.MOST_TRIES):
        with pytest.raises(KeyError):  # such a question says nothing of the season
            task(run="uji")
    task(run="uji")
    with jobs_engine.begin() as connection:
        (problem,) = connection.scalars(text("delete from priority_run returning problem"))
    assert problem == GIVEN_UP
    assert isinstance(task.retry_strategy, RetryStrategy)
    assert task.retry_strategy.max_attempts == questions.MOST_TRIES
