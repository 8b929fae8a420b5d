"""Views of the planner's desk under a name"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = '0039b'
down_revision = '0038'


def upgrade() -> None:
    op.create_table('saved_view',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('owner', sa.Text(), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('asked', JSONB(), nullable=False),
        sa.Column('shared', sa.Boolean(), nullable=False),
        sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.UniqueConstraint('owner', 'title'))
