"""The migrations build exactly the tables that the code describes."""

from alembic import command

from layers import migrations


def test_migrations_and_tables_agree(database_url: str) -> None:
    command.check(migrations.config(database_url))
