"""scripts/restore: bring a backup back whole, and prove it by counts and hashes."""

import argparse
import sys
import tarfile
from pathlib import Path
from shlex import join, quote
from tempfile import TemporaryDirectory
from time import sleep

from sqlalchemy import Connection, text

from layers import db, migrations
from layers.records import tally
from layers.records.installation import renew_mark
from layers.settings import Settings
from scripts.database import database
from scripts.keeping import archive
from scripts.keeping.backup import count
from scripts.keeping.postgres import address, program
from scripts.setup.progress import Trouble, run, say

EMPTY_FIRST = "begin; set client_min_messages = warning; drop schema public cascade; create schema public;"
PATIENCE = 30  # tenths of a second
OTHERS = """select count(*) from pg_stat_activity
            where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()"""


def main() -> None:
    """Restore one backup; ends with status 1 where anything differs from what was kept."""
    parser = argparse.ArgumentParser(prog="scripts/restore", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder that scripts/backup made")
    parser.add_argument("--replace", action="store_true", help="give up what the database and the files hold now")
    arguments = parser.parse_args()
    try:
        with database() as url:
            restore(url, Settings.from_environment().data_dir, arguments.folder, arguments.replace)
    except Trouble as trouble:
        sys.exit(str(trouble))
    except OSError as error:
        place = error.filename or Settings.from_environment().data_dir
        sys.exit(f"The backup cannot be restored: {error.strerror} ({place}); make room, and start again")
    say("Restored; counts and hashes of every table agree. scripts/server brings the tables up to date.")


def restore(url: str, data_dir: Path, folder: Path, replace: bool) -> None:
    """Bring database, files and keys back; raises Trouble where that would overwrite something, or went wrong.

    The files are unpacked beside those that are there before the database is touched, and take their place after it:
    a disk without room, told by OSError, leaves all as it was.
    """
    manifest = archive.Manifest.read(folder)
    say("• Check the backup's own files")
    archive.check(folder, manifest)
    if manifest.revision not in migrations.revisions():
        raise Trouble("This backup comes from a newer Peta Layanan: bring the program up to date first")
    engine = db.connect(url, pool_size=1)
    try:
        with engine.connect() as connection:
            refuse_overwriting(connection, data_dir, replace)
        data_dir.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=data_dir) as aside:
            names = unpack(folder, Path(aside))
            load(url, folder / archive.DATABASE)
            put_back(Path(aside), data_dir, names)
        with engine.begin() as connection:
            compare(count(connection), manifest.tables)
            renew_mark(connection)  # what browsers have kept may be of a later day, under the same versions
    finally:
        engine.dispose()


def refuse_overwriting(connection: Connection, data_dir: Path, replace: bool) -> None:
    """Raise Trouble where the server still runs, or where something is there and nobody said to replace it."""
    if _others_stay(connection):
        raise Trouble("The server still uses the database: stop it (Ctrl-C) and start again")
    kept = [name for name in (*archive.KEPT, archive.KEYS_FOLDER) if (data_dir / name).exists()]
    if not replace and (kept or tally.tables(connection)):
        raise Trouble("There is data already: add --replace to give it up, or set DATABASE_URL to an empty database")


def _others_stay(connection: Connection) -> bool:
    """Say whether others use the database; one that has just let go needs a moment to be gone."""
    for _ in range(PATIENCE):
        connection.execute(text("select pg_stat_clear_snapshot()"))
        if not connection.scalar(text(OTHERS)):
            return False
        sleep(0.1)
    return True


def load(url: str, dump: Path) -> None:
    """Replace the database's content in one transaction: where this fails, all is as it was.

    The end of a script commits nothing by itself: the word to commit is sent only after pg_restore has gone well.
    """
    content = join([program("pg_restore"), "--verbose", "--no-owner", "--no-privileges", "--file=-", str(dump)])
    script = f"{{ echo {quote(EMPTY_FIRST)} && {content} && echo 'commit;'; }}"
    options = ["--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--file=-"]
    load_all = join([program("psql"), *options, "--dbname", address(url)])
    run("Restore the database", ["bash", "-c", f"set -o pipefail; {script} | {load_all}"])


def unpack(folder: Path, aside: Path) -> tuple[str, ...]:
    """Unpack the files of a backup, and its keys where they are there; names the folders of the data that they replace.

    A folder that the backup does not hold is one that was not there: it is replaced by none.
    """
    packed = {archive.FILES: archive.KEPT, archive.KEYS: (archive.KEYS_FOLDER,)}
    there = {name: folders for name, folders in packed.items() if (folder / name).exists()}
    for name in there:
        say(f"• Unpack {name}")
        with tarfile.open(folder / name) as content:
            content.extractall(aside / "new", filter="data")
    return tuple(name for folders in there.values() for name in folders)


def put_back(aside: Path, data_dir: Path, names: tuple[str, ...]) -> None:
    """Put unpacked folders in the place of those that are there, which go with the folder `aside`."""
    for place in ("new", "old"):
        (aside / place).mkdir(exist_ok=True)
    for name in names:
        if (data_dir / name).exists():
            (data_dir / name).rename(aside / "old" / name)
        if (aside / "new" / name).exists():
            (aside / "new" / name).rename(data_dir / name)


def compare(found: dict[str, tally.Count], kept: dict[str, tally.Count]) -> None:
    """Compare what the database holds now with what was kept; raises Trouble that names the tables that differ."""
    differ = sorted(name for name in found.keys() | kept.keys() if found.get(name) != kept.get(name))
    if differ:
        raise Trouble(f"These tables differ from what was kept: {', '.join(differ)}; restore once more")


if __name__ == "__main__":
    main()
