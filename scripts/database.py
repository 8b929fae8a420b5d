"""The database that a command works on: DATABASE_URL where it is set, else this folder's private cluster."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from layers import db, migrations
from layers.settings import SettingError, Settings
from scripts.cluster import OLDEST, Cluster
from scripts.setup import address
from scripts.setup.progress import Trouble, say

HOME_OF_POSTGRES = Path("/var/lib/postgresql")


@contextmanager
def database() -> Iterator[str]:
    """Lend the address of the database, and put it into DATABASE_URL for Settings and for programs that are started.

    A private cluster is started if need be, and stopped when its last user is done. Raises Trouble with one clear
    line where the given database cannot be used.
    """
    try:
        settings = Settings.from_environment(default_database="")
    except SettingError as error:
        raise Trouble(str(error)) from None
    if settings.database_url:
        examine(settings.database_url)
        yield settings.database_url
        return
    cluster = Cluster(home(settings.data_dir))
    say("• Start the database …")
    os.environ["DATABASE_URL"] = _started(cluster)
    try:
        yield Settings.from_environment().database_url
    finally:
        cluster.stop()


def home(data_dir: Path) -> Path:
    """Choose the cluster's folder: below the data, or, as root, where the user `postgres` may enter."""
    if os.geteuid() != 0:
        return data_dir / "postgres"
    return HOME_OF_POSTGRES / f"peta-{sha256(str(data_dir.resolve()).encode()).hexdigest()[:12]}"


def examine(url: str) -> None:
    """Check that a PostgreSQL that can hold the layers is at an address; raises Trouble with what to do where not."""
    address.check(url)
    try:
        place = make_url(url)
    except (ArgumentError, ValueError):
        raise Trouble(address.ADVICE) from None
    engine = db.connect(url, pool_size=1)
    try:
        with engine.connect() as connection:
            _examine_server(connection)
    except DBAPIError as error:
        shown = place.set(drivername="postgresql").render_as_string(hide_password=True)
        raise Trouble(f"The database {shown} does not answer: check DATABASE_URL ({reason(error)})") from None
    finally:
        engine.dispose()


def migrate(url: str) -> None:
    """Bring the tables up to date, keeping their data; raises Trouble where the database does not allow it."""
    try:
        migrations.upgrade(url)
    except DBAPIError as error:
        raise Trouble(f"The tables cannot be brought up to date ({reason(error)}): ask the database's owner") from error


def _started(cluster: Cluster) -> str:
    try:
        return cluster.start()
    except OSError as error:
        raise Trouble(f"The database in {cluster.folder} does not start ({error}): see its file log") from None


def _examine_server(connection: Connection) -> None:
    version = int(connection.scalar(text("show server_version_num")) or 0) // 10_000
    if version < OLDEST:
        raise Trouble(f"The database is PostgreSQL {version}; Peta Layanan needs {OLDEST} or later: upgrade it")
    if not connection.scalar(text("select true from pg_available_extensions where name = 'postgis'")):
        raise Trouble(f"The database has no PostGIS: apt-get install postgresql-{version}-postgis-3 on its machine")


def reason(error: DBAPIError) -> str:
    """Give what the database said first."""
    return str(error.orig).strip().splitlines()[0]
