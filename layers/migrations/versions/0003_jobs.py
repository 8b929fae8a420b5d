"""The queue of jobs: Procrastinate's own tables, whose newest part is 03.04.00

A release of Procrastinate with newer parts needs a migration that adds them where they are missing.
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    with op.get_bind().connection.cursor() as cursor:
        cursor.execute(SchemaManager.get_schema())
