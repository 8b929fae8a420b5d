"""Whose turn it is: the worker takes the oldest upload that waits, and does its step in a process with limits."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Connection, Row, select, update

from layers.reading.limits import Limits, held
from layers.settings import ROOT
from layers.uploads.settling import fail
from layers.uploads.states import WORKING
from layers.uploads.table import Upload

MOST_TRIES = 3
LIMITS = {
    "looking": Limits(memory_bytes=4_000_000_000, cpu_s=120, clock_s=600),
    "trying": Limits(memory_bytes=4_000_000_000, cpu_s=1_200, clock_s=3_600),
    "taking": Limits(memory_bytes=4_000_000_000, cpu_s=1_200, clock_s=3_600),
}
BROKEN = "Langkah ini gagal di pihak kami dan sudah tercatat. Coba lagi, atau hubungi administrator."

Act = Callable[[], AbstractContextManager[Connection]]
Beside = Callable[["Step"], AbstractContextManager[None]]


class Step:
    """A process at work on one step of an upload."""

    def __init__(self, number: int, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "layers.uploads.work", str(number)]
        self.stopped = False
        self.process = subprocess.Popen(  # noqa: S603 our own program
            command, stderr=subprocess.PIPE, env=environment, cwd=ROOT, start_new_session=True
        )

    def cancel(self) -> None:
        """End the process with all that it has started: the worker has to stop, and will do the step anew."""
        self.stopped = True
        self.kill()

    def kill(self) -> None:
        """End the process with all that it has started."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def take_turn(act: Act, beside: Beside, url: str, data_dir: Path) -> str:
    """Do the step of the oldest upload that waits; gives what the process complained of, "" where all went well.

    `act` lends a connection for one transaction, `beside` counts the process among what is ended at a stop.
    """
    with act() as connection:
        row = _next(connection)
    if row is None:
        return ""
    limits = LIMITS[row.state]
    step = Step(row.id, os.environ | {"DATABASE_URL": url, "PETA_DATA_DIR": str(data_dir)})
    with beside(step), held(step.process, limits):
        said = (step.process.communicate()[1] or b"").decode("utf-8", "replace").strip()
    step.kill()  # what it has started, and left
    status = step.process.returncode
    if status == 0 or step.stopped:
        return ""
    with act() as connection:
        fail(connection, row.id, row.state, limits.passed(status, said) or BROKEN)
    return said.splitlines()[-1].partition(":")[0] if said else f"status {status}"  # what follows may quote rows


def _next(connection: Connection) -> Row[int, str, int] | None:
    """Find the oldest upload that waits and count a try; one that has ended its process too often is given up."""
    oldest = select(Upload.id, Upload.state, Upload.tries).where(Upload.state.in_(WORKING)).order_by(Upload.moved_at)
    row = connection.execute(oldest.limit(1).with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        return None
    if row.tries >= MOST_TRIES:
        fail(connection, row.id, row.state, BROKEN)
        return None
    connection.execute(update(Upload).where(Upload.id == row.id).values(tries=Upload.tries + 1))
    return row
