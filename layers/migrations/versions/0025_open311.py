"""Open311: keys of other programs, and complaints by their last change"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0015b'


def upgrade() -> None:
    op.create_table('api_key',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('name', sa.Text(), nullable=False, unique=True),
        sa.Column('hash', sa.Text(), nullable=False, unique=True),
        sa.Column('daily', sa.Integer(), nullable=False),
        sa.Column('active', sa.Boolean(), nullable=False, server_default='true'))
    op.create_index('ix_complaint_changed', 'complaint', [sa.text('greatest(reported_at, state_since)')])
