"""The road network: which one is in use, from what it was made, its edges; what came of the last attempt to make one"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = '0033'
down_revision = '0028'


def upgrade() -> None:
    op.create_table('road_network',
        sa.Column('version', sa.Text(), primary_key=True),
        sa.Column('built_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('epsg', sa.Integer(), nullable=False),
        sa.Column('nodes', sa.Integer(), nullable=False),
        sa.Column('edges', sa.Integer(), nullable=False),
        sa.Column('length_m', sa.Double(), nullable=False),
        sa.Column('components', sa.Integer(), nullable=False),
        sa.Column('connected_m', sa.Double(), nullable=False))
    op.create_table('road_network_attempt',
        sa.Column('id', sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('made_from', postgresql.JSONB(), nullable=False),
        sa.Column('problem', sa.Text()))
    op.create_geospatial_table('road_edge',
        sa.Column('version', sa.Text(), sa.ForeignKey('road_network.version', ondelete='cascade'), primary_key=True),
        sa.Column('edge', sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column('road_id', sa.BigInteger(), nullable=False),
        sa.Column('tail', sa.Integer(), nullable=False),
        sa.Column('head', sa.Integer(), nullable=False),
        sa.Column('length_m', sa.Double(), nullable=False),
        sa.Column('direction', sa.SmallInteger(), nullable=False),
        sa.Column('limit_t', sa.Double()),
        sa.Column('function', sa.Text(), nullable=False),
        sa.Column('surface', sa.Text(), nullable=False),
        sa.Column('condition', sa.Text(), nullable=False),
        sa.Column('geom', Geometry('LINESTRING', srid=4326, spatial_index=False), nullable=False))
    op.create_geospatial_index('idx_road_edge_geom', 'road_edge', ['geom'], postgresql_using='gist')
    op.execute("select watch_layer('roads', 'road_stretch')")
