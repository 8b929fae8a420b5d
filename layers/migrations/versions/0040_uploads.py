"""Uploads: files on their way into a layer through the browser, and mappings that people keep"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0040'
down_revision = '0039b'


def upgrade() -> None:
    op.create_table('upload',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('stored', sa.Text(), nullable=False, unique=True),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('bytes', sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('layer', 'actor', 'state')),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('moved_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('tries', sa.Integer(), nullable=False, server_default='0'),
        *(sa.Column(name, postgresql.JSONB()) for name in ('about', 'wishes', 'progress', 'outcome')),
        sa.Column('problem', sa.Text()))
    op.create_index('ix_upload_moved_at', 'upload', ['moved_at'])
    op.create_index('ix_upload_due', 'upload', ['moved_at'],
        postgresql_where=sa.text("state in ('looking', 'trying', 'taking')"))
    op.create_table('kept_mapping',
        sa.Column('layer', sa.Text(), primary_key=True),
        sa.Column('name', sa.Text(), primary_key=True),
        sa.Column('mapping', postgresql.JSONB(), nullable=False),
        sa.Column('author', sa.Text(), nullable=False),
        sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()))
