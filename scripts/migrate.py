"""Bring the database's tables up to date, keeping their data: python -m scripts.migrate."""

import sys

from scripts.database import database, migrate
from scripts.setup.progress import Trouble


def main() -> None:
    """Migrate; ends with status 1 and one clear line where the database cannot be used."""
    try:
        with database() as url:
            migrate(url)
    except Trouble as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    main()
