"""What an agency sent back as not its own, queues saved under a name, the place that a rule was drawn from"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = '0031'
down_revision = '0036'


def upgrade() -> None:
    op.add_column('complaint', sa.Column('declined_by', sa.Text()))
    op.create_index('ix_complaint_declined', 'complaint', ['id'], postgresql_where=sa.text('declined_by is not null'))
    op.add_column('complaint_route', sa.Column('area_code', sa.Text()))
    op.create_table('saved_queue',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('owner', sa.Text(), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('asked', JSONB(), nullable=False),
        sa.Column('agency', sa.Text(), sa.ForeignKey('agency.id'), index=True),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.UniqueConstraint('owner', 'title'))
