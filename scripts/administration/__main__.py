"""scripts/admin: what an administrator sets while the server runs; each change is an event in the trail."""

import argparse
import sys
from collections.abc import Sequence

from layers import db
from scripts.administration import (
    agencies,
    api_keys,
    holidays,
    identities,
    outbox,
    people,
    preferences,
    priority,
    rasters,
    road_rules,
    services,
    surveys,
)
from scripts.database import database, migrate
from scripts.setup.progress import Trouble

SUBJECTS = (
    preferences,
    people,
    agencies,
    api_keys,
    holidays,
    services,
    road_rules,
    priority,
    surveys,
    rasters,
    identities,
    outbox,
)


def main(words: Sequence[str] | None = None) -> None:
    """Do one act in one transaction; ends with status 1 and one clear line where it cannot be done."""
    arguments = parser().parse_args(words)
    try:
        with database() as url:
            migrate(url)
            engine = db.connect(url, pool_size=1)
            with engine.begin() as connection:
                for line in arguments.act(connection, arguments):
                    print(line)
            engine.dispose()
    except Trouble as trouble:
        sys.exit(str(trouble))


def parser() -> argparse.ArgumentParser:
    """Describe every command."""
    root = argparse.ArgumentParser(
        prog="scripts/admin", description="Mengatur kabupaten, jam, petugas, hari libur, layanan, dan jalan."
    )
    subjects = root.add_subparsers(required=True, metavar="BAGIAN")
    for subject in SUBJECTS:
        subject.describe(subjects)
    return root


if __name__ == "__main__":
    main()
