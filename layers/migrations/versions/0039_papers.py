"""Sheets that the worker sets as PDF"""

import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0031'


def upgrade() -> None:
    op.create_table('paper',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('owner', 'title', 'name', 'back')),
        sa.Column('html', sa.Text()),
        sa.Column('ordered_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('settled_at', sa.DateTime(timezone=True)),
        sa.Column('file', sa.Text()))
    op.create_index('ix_paper_ordered_at', 'paper', ['ordered_at'])
    op.create_index('ix_paper_waiting', 'paper', ['id'], postgresql_where=sa.text('settled_at is null'))
