"""Does the worker live: python -m webapp.jobs.alive, for the health check of its container."""

import sys

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from layers import db
from layers.records import heartbeats
from layers.settings import Settings


def main() -> None:
    """End with status 1 and one line where the worker gives no sign of life."""
    engine = db.connect(Settings.from_environment().database_url, pool_size=1)
    try:
        alive = lives(engine)
    except DBAPIError:
        sys.exit("The database does not answer, so that nobody knows of the worker")
    if not alive:
        sys.exit("The worker has given no sign of life for a minute: read its log")


def lives(engine: Engine) -> bool:
    """Say whether the worker's last sign of life is recent."""
    with engine.connect() as connection:
        age = heartbeats.last_beat(connection)
    return age is not None and age < heartbeats.LATE


if __name__ == "__main__":
    main()
