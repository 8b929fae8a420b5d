"""Priority: what could be built, roads that are judged nowhere, and trips to a TPS"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = '0047'
down_revision = '0046'


def upgrade() -> None:
    op.create_geospatial_table('priority_proposal',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('unit', sa.Text(), nullable=False),
        sa.Column('key', sa.Text(), nullable=False, unique=True),
        sa.Column('name', sa.Text()),
        sa.Column('village_code', sa.Text()),
        sa.Column('length_m', sa.Double(), nullable=False),
        sa.Column('criteria', postgresql.JSONB(), nullable=False),
        sa.Column('geom', Geometry('GEOMETRY', srid=4326, spatial_index=False), nullable=False))
    op.create_geospatial_index('idx_priority_proposal_geom', 'priority_proposal', ['geom'], postgresql_using='gist')
    op.create_index('ix_priority_proposal_unit', 'priority_proposal', ['unit'])
    op.create_table('priority_left_out',
        sa.Column('road_id', sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column('beneath', sa.BigInteger()))
    op.execute("insert into priority_trip (kind, trips, longest_min, source)"
               " values ('tps', 4, 60, 'perkiraan awal, ganti dengan data dinas')")
