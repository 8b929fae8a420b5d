"""Under which licence each source of a layer is published"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    op.create_table('source_licence',
        sa.Column('layer', sa.Text(), primary_key=True),
        sa.Column('source', sa.Text(), primary_key=True),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('url', sa.Text(), nullable=False))
