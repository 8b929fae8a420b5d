"""scripts/backup: keep the database, the files and the keys, with what is needed to check them later."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from layers import db
from layers.records.locks import SEALING
from layers.records.tally import Count, tables, tally
from layers.settings import Settings
from scripts.database import database
from scripts.keeping import archive
from scripts.keeping.postgres import address, program
from scripts.setup.progress import Trouble, run, say


def main() -> None:
    """Make a backup and name its folder."""
    parser = argparse.ArgumentParser(prog="scripts/backup", description=__doc__)
    parser.add_argument("--to", type=Path, help="the folder that gets it; otherwise backups/ below the data")
    arguments = parser.parse_args()
    try:
        with database() as url:
            data = Settings.from_environment().data_dir
            say(f"Kept in {backup(url, data, arguments.to or data / 'backups')}")
    except Trouble as trouble:
        sys.exit(str(trouble))
    except OSError as error:
        sys.exit(f"The backup cannot be written: {error.strerror} ({error.filename}); free some room or choose --to")


def backup(url: str, data_dir: Path, home: Path) -> Path:
    """Write a backup and give its folder, which appears under its name only when it is whole."""
    made_at = datetime.now(UTC)
    folder = home / made_at.strftime("%Y-%m-%d-%H%M%S")
    unfinished = folder.with_suffix(".unfinished")
    unfinished.mkdir(parents=True, mode=0o700)
    with unsealed(url):
        revision, counts = dump(url, unfinished / archive.DATABASE)
        say("• Pack the files and the keys")
        archive.pack(data_dir, archive.KEPT, unfinished / archive.FILES)
    if (data_dir / archive.KEYS_FOLDER).exists():
        archive.pack(data_dir, (archive.KEYS_FOLDER,), unfinished / archive.KEYS)
    hashes = {file.name: archive.digest(file) for file in unfinished.iterdir()}
    archive.Manifest(made_at.isoformat(), revision, counts, hashes).write(unfinished)
    return unfinished.rename(folder)


@contextmanager
def unsealed(url: str) -> Iterator[None]:
    """Let no seal be made meanwhile: the seals among the files would tell of more than the database that was kept."""
    engine = db.connect(url, pool_size=1)
    with engine.connect() as connection:
        connection.execute(select(func.pg_advisory_lock(SEALING)))
        yield
    engine.dispose()


def dump(url: str, file: Path) -> tuple[str, dict[str, Count]]:
    """Dump the database as it is at one moment; gives its revision and what its tables held at that moment."""
    engine = db.connect(url, pool_size=1)
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        revision = str(connection.scalar(text("select version_num from alembic_version")))
        moment = connection.scalar(text("select pg_export_snapshot()"))
        options = ["--format=custom", "--no-owner", "--no-privileges", "--no-unlogged-table-data"]
        options += [f"--snapshot={moment}", f"--file={file}"]
        run("Dump the database", [program("pg_dump"), "--verbose", *options, address(url)])
        counts = count(connection)
    engine.dispose()
    return revision, counts


def count(connection: Connection) -> dict[str, Count]:
    """Count and hash every table, and show how far that has come."""
    number = len(tables(connection))
    counts = {}
    for done, (table, found) in enumerate(tally(connection), start=1):
        say(f"• Count and hash table {done} of {number}: {table}, {found.rows} rows")
        counts[table] = found
    return counts


if __name__ == "__main__":
    main()
