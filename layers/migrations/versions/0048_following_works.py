"""Readers who follow a work; works found by the newest, the nearest, their kecamatan and lateness through indexes"""

import sqlalchemy as sa
from alembic import op

revision = '0048'
down_revision = '0047'

LATE = "stage in ('finished', 'maintained') and finished_on > planned_end"


def upgrade() -> None:
    op.create_table('work_follower',
        sa.Column('work_id', sa.BigInteger(), sa.ForeignKey('work.id', ondelete='cascade'), primary_key=True),
        sa.Column('reader_id', sa.BigInteger(), sa.ForeignKey('reader.id', ondelete='cascade'), primary_key=True),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()))
    op.create_index('ix_work_follower_reader_id', 'work_follower', ['reader_id'])
    op.drop_index('ix_work_stage_on', 'work')
    op.create_index('ix_work_stage_on', 'work', [sa.text('stage_on desc nulls last'), sa.text('id desc')])
    op.create_index('ix_work_geography', 'work', [sa.text('(geom::geography)')], postgresql_using='gist')
    op.create_index('ix_work_district', 'work', [sa.text('"left"(village_code, 8)')])
    op.create_index('ix_work_finished_late', 'work', ['id'], postgresql_where=sa.text(LATE))
