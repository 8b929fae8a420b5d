"""How gunicorn serves the application: gunicorn -c python:webapp.serving --bind ADDRESS."""

import shutil
import socket
from contextlib import suppress
from typing import Any

from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.http.errors import InvalidResponseHeader, InvalidResponseHeaderName, LimitRequestLine, ParseException
from gunicorn.util import close_graceful, write_error
from gunicorn.workers.gthread import TConn, ThreadWorker

from layers.settings import Settings
from webapp import logs

UNREADABLE = (
    "Permintaan ini tidak dapat dibaca; ketik ulang alamatnya. This request cannot be read; type its address anew."
)
OURS = (InvalidResponseHeader, InvalidResponseHeaderName)  # gunicorn counts them among what cannot be read


class MaskedLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's own messages as masked JSON; requests are logged by the application, without their addresses."""

    def setup(self, cfg: Any) -> None:
        """Give each of gunicorn's handlers the project's formatter."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(logs.formatter())

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Write nothing: gunicorn's line would hold the query, and with it where a person is."""


class Worker(ThreadWorker):  # type: ignore[misc]
    """Threads that refuse in words what is no request, and wait themselves for who is slow to leave.

    The application itself refuses the shorter of the too long.
    """

    def handle(self, conn: TConn) -> Any:
        """Answer, and see a client off who is not kept: gunicorn would do it where all others are let in."""
        kept = super().handle(conn)
        if kept is False:
            _see_off(conn.sock)
        return kept

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer a request that cannot be read, repeating nothing of it: neither to the sender nor in the log."""
        if isinstance(exc, LimitRequestLine):
            write_error(client, 414, "URI Too Long", "Alamat ini terlalu panjang. This address is too long.")
        elif isinstance(exc, ParseException) and not isinstance(exc, OURS):
            self.log.warning("request cannot be read: %s", type(exc).__name__)
            write_error(client, 400, "Bad Request", UNREADABLE)
        else:
            super().handle_error(req, client, addr, exc)


def _see_off(line: socket.socket) -> None:
    """Take in what a client still sends, so that the answer reaches it; then gunicorn finds nothing to wait for."""
    with suppress(OSError):  # gone already
        close_graceful(line.dup())
        line.shutdown(socket.SHUT_RD)


metrics_dir = Settings.from_environment().data_dir / "metrics"

wsgi_app = "webapp.wsgi:app"
worker_class = Worker
workers = 2
threads = 40  # most of them wait for slow lines: webapp/uploads.py leaves 8 free of photos
limit_request_line = 8190  # bytes, the most that gunicorn allows
graceful_timeout = 5
control_socket_disable = True
logger_class = MaskedLogger
raw_env = [f"PROMETHEUS_MULTIPROC_DIR={metrics_dir}"]


def on_starting(server: Arbiter) -> None:
    """Begin with empty counters, which the workers share through files."""
    shutil.rmtree(metrics_dir, ignore_errors=True)
    metrics_dir.mkdir(parents=True)


def child_exit(server: Arbiter, worker: Worker) -> None:
    """Drop the gauges of a worker that has ended."""
    from prometheus_client import multiprocess  # no sooner: when it is imported it looks for the folder set above

    multiprocess.mark_process_dead(worker.pid, str(metrics_dir))  # type: ignore[no-untyped-call]
