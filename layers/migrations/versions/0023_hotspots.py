"""Computed layers: from when each is; the first of them, the hot spots of complaints"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = '0023'
down_revision = '0025'

INDEXED = ('kind', 'village_code', 'source')


def upgrade() -> None:
    op.create_table('computed_layer',
        sa.Column('layer', sa.Text(), primary_key=True),
        sa.Column('computed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('versions', postgresql.JSONB(), nullable=False))
    op.create_geospatial_table('hotspot',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('source_id', sa.Text(), nullable=False),
        sa.Column('name', sa.Text()),
        sa.Column('village_code', sa.Text()),
        sa.Column('checked_on', sa.Date()),
        sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('reports', sa.Integer(), nullable=False),
        sa.Column('around', sa.Integer(), nullable=False),
        sa.Column('usual', sa.Double(), nullable=False),
        sa.Column('z', sa.Double(), nullable=False),
        sa.Column('p', sa.Double(), nullable=False),
        sa.Column('period_from', sa.Date(), nullable=False),
        sa.Column('period_to', sa.Date(), nullable=False),
        sa.Column('geom', Geometry('MULTIPOLYGON', srid=4326, spatial_index=False), nullable=False),
        sa.UniqueConstraint('source', 'source_id'))
    op.create_geospatial_index('idx_hotspot_geom', 'hotspot', ['geom'], postgresql_using='gist')
    op.create_index('ix_hotspot_village_code', 'hotspot', ['village_code'])
    for name in INDEXED:
        op.create_index(f'ix_hotspot_{name}_id', 'hotspot', [name, 'id'])
    op.create_index('ix_hotspot_checked_on', 'hotspot', ['checked_on'], postgresql_where=sa.text('checked_on is not null'))
    op.create_index('ix_hotspot_name_trgm', 'hotspot', [sa.text('lower(name) gin_trgm_ops')], postgresql_using='gin')
    op.execute("select watch_layer('hotspots', 'hotspot')")
