"""One line of schema history for all tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory


def config(url: str) -> Config:
    """Point Alembic at this folder and at one database."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return settings


def revisions() -> set[str]:
    """Name every revision that this version of the program knows."""
    return {script.revision for script in ScriptDirectory.from_config(config("")).walk_revisions()}


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database to a revision, keeping its data."""
    command.upgrade(config(url), revision)
