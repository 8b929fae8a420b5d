"""Rasters that are made here: estimated population, minutes of every cell. No layer is stale because of them"""

import sqlalchemy as sa
from alembic import op

revision = '0046'
down_revision = '0045'


def upgrade() -> None:
    op.create_table('made_raster',
        sa.Column('id', sa.Text(), primary_key=True),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ('kind', 'title', 'title_en', 'source', 'licence')],
        sa.Column('estimate', sa.Boolean(), nullable=False),
        sa.Column('file', sa.Text(), nullable=False),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('height', sa.Integer(), nullable=False),
        sa.Column('crs', sa.Text(), nullable=False),
        sa.Column('bounds', sa.ARRAY(sa.Float()), nullable=False),
        sa.Column('limits', sa.ARRAY(sa.Float()), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()))
