"""The second stage of scripts/server: database, tables, sample data, web server and worker."""

import argparse
import http.client
import sys
import time

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from layers import db, sample
from layers.records import accounts
from scripts import sample_people
from scripts.database import database, migrate, reason
from scripts.programs import Programs, stoppable
from scripts.setup.progress import Trouble, say

HOST = "127.0.0.1"
PATIENCE_SECONDS = 60


def main() -> None:
    """Serve until a person stops it."""
    parser = argparse.ArgumentParser(prog="scripts/server")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--empty", action="store_true")
    arguments = parser.parse_args()
    programs = Programs()
    try:
        with stoppable(), database() as url:
            fill(url, with_sample=not arguments.empty)
            try:
                serve(programs, arguments.port)
            finally:
                programs.stop()
    except Trouble as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        say("Stopped.")


def fill(url: str, with_sample: bool) -> None:
    """Bring the tables up to date, and load the sample data where there is nothing yet."""
    say("• Bring the tables up to date …")
    migrate(url)
    engine = db.connect(url, pool_size=1)
    if with_sample and sample.is_empty(engine):
        say("• Load the sample data …")
        try:
            sample.load(engine, lambda step, done, total: say(f"  {done} of {total}: {step}"))
        except DBAPIError as error:
            raise Trouble(f"The sample data cannot be loaded ({reason(error)}): mend that and start again.") from error
        hire_samples(engine)
    engine.dispose()


def hire_samples(engine: Engine) -> None:
    """Make the accounts to try with, and tell their passwords once; who has accounts already keeps those alone."""
    with engine.begin() as connection:
        if not accounts.people(connection):
            for line in sample_people.hire(connection):
                say(line)


def serve(programs: Programs, port: int) -> None:
    """Start web server and worker, tell the address once it answers, and wait; raises Trouble when one of them ends."""
    say("• Start the web server and the worker …")
    listen = ["-c", "python:webapp.serving", "--bind", f"{HOST}:{port}"]
    programs.start("web server", [sys.executable, "-m", "gunicorn", *listen])
    _wait_until_answering(programs, port)
    programs.start("worker", [sys.executable, "-m", "webapp.jobs"])
    say(f"\nPeta Layanan: http://{HOST}:{port}    (Ctrl-C stops it)\n")
    while not programs.ended():
        time.sleep(0.2)
    raise _ended(programs)


def _wait_until_answering(programs: Programs, port: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not _answers(port):
        if programs.ended():
            raise _ended(programs)
        if time.monotonic() > until:
            raise Trouble(f"The web server does not answer on port {port}: the lines above say why.")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health")
        connection.getresponse()
    except OSError:
        return False
    else:
        return True
    finally:
        connection.close()


def _ended(programs: Programs) -> Trouble:
    name, status = next(iter(programs.ended().items()))
    return Trouble(f"The {name} ended with status {status}: the lines above say why; mend it and start again.")


if __name__ == "__main__":
    main()
