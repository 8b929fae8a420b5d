"""A random mark of this installation, under which its versions stand

Versions alone begin anew in an empty database, and go back when a backup is restored.
"""

from alembic import op

revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    op.execute("insert into preference (key, value) values ('installation', left(gen_random_uuid()::text, 8))"
               " on conflict do nothing")
