"""Internet gaps: what phones measured and people said, each cell with its coverage and evidence, villages, offices"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = '0037'
down_revision = '0039'

INDEXED = ('kind', 'coverage', 'evidence', 'contradiction', 'village_code', 'source')


def upgrade() -> None:
    op.add_column('internet_site', sa.Column('height_m', sa.Double()))
    op.create_geospatial_table('internet_measurement',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('says', sa.Text(), nullable=False),
        sa.Column('via', sa.Text(), nullable=False),
        sa.Column('operator', sa.Text()),
        *(sa.Column(name, sa.Double()) for name in ('down_mbps', 'up_mbps', 'latency_ms')),
        sa.Column('hour', sa.DateTime(timezone=True), nullable=False),
        sa.Column('geom', Geometry('POINT', srid=4326, spatial_index=False), nullable=False),
        sa.CheckConstraint("says in ('terukur', 'ada', 'tidak_ada')", 'says'),
        sa.CheckConstraint("(says = 'terukur') = (down_mbps is not null)", 'speed'))
    op.create_geospatial_index('idx_internet_measurement_geom', 'internet_measurement', ['geom'], postgresql_using='gist')
    op.create_index('ix_internet_measurement_hour', 'internet_measurement', ['hour'])
    op.execute("select watch_layer('internet_measurements', 'internet_measurement')")
    cells()
    op.create_table('internet_gap_village',
        sa.Column('code', sa.Text(), primary_key=True),
        sa.Column('coverage', sa.Text(), primary_key=True),
        sa.Column('cells', sa.Integer(), nullable=False),
        sa.Column('people', sa.Double()))
    op.create_table('internet_gap_office',
        sa.Column('office_id', sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column('coverage', sa.Text(), nullable=False),
        sa.Column('evidence', sa.Text(), nullable=False))
    op.create_table('internet_gap_basis',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column('told', postgresql.JSONB(), nullable=False),
        sa.CheckConstraint('id = 1', 'one'))


def cells() -> None:
    op.create_geospatial_table('internet_gap',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('source_id', sa.Text(), nullable=False),
        sa.Column('name', sa.Text()),
        sa.Column('village_code', sa.Text()),
        sa.Column('checked_on', sa.Date()),
        sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('kind', 'coverage', 'evidence')),
        *(sa.Column(name, sa.Double()) for name in ('people', 'signal_dbm', 'terrain_db', 'mbps')),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ('works', 'silent', 'place')),
        *(sa.Column(name, sa.Text()) for name in ('contradiction', 'declared_by')),
        sa.Column('geom', Geometry('MULTIPOLYGON', srid=4326, spatial_index=False), nullable=False),
        sa.UniqueConstraint('source', 'source_id'))
    op.create_geospatial_index('idx_internet_gap_geom', 'internet_gap', ['geom'], postgresql_using='gist')
    op.create_index('ix_internet_gap_village_code', 'internet_gap', ['village_code'])
    for name in INDEXED:
        op.create_index(f'ix_internet_gap_{name}_id', 'internet_gap', [name, 'id'])
    op.create_index('ix_internet_gap_checked_on', 'internet_gap', ['checked_on'],
                    postgresql_where=sa.text('checked_on is not null'))
    op.create_index('ix_internet_gap_name_trgm', 'internet_gap', [sa.text('lower(name) gin_trgm_ops')],
                    postgresql_using='gin')
    op.execute("select watch_layer('internet_gaps', 'internet_gap')")
    op.create_table('internet_gap_area',
        sa.Column('kind', sa.Text(), primary_key=True),
        sa.Column('cells', sa.Integer(), nullable=False),
        sa.Column('geom', Geometry('MULTIPOLYGON', srid=4326, spatial_index=False), nullable=False))
