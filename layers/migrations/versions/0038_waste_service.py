"""Rivers; the waste service of villages and sites, its standards, and collection rounds as planners ask for them"""

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = '0038'
down_revision = '0037'

STANDARDS = Path(__file__).parent.parent / 'seeds' / 'waste_standards.csv'


def upgrade() -> None:
    feature('river', 'MULTILINESTRING')
    op.execute("select watch_layer('rivers', 'river')")
    feature('waste_service', 'MULTIPOLYGON',
        *(sa.Column(name, sa.Double()) for name in ('people', 'far', 'far_share', 'metres', 'limit_m', 'waste_m3')),
        sa.Column('people_source', sa.Text()))
    op.execute("select watch_layer('waste_service', 'waste_service')")
    op.create_table('waste_site_service',
        sa.Column('site_id', sa.BigInteger(), primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Double()) for name in (
            'people', 'nearest_people', 'waste_m3', 'gap_days', 'fill_m3', 'capacity_m3', 'fullness', 'river_m',
            'homes_m')),
        sa.Column('standing', sa.Text(), nullable=False),
        sa.Column('near_river', sa.Boolean()),
        sa.Column('near_homes', sa.Boolean()))
    standards()
    op.create_table('waste_round',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('asked', postgresql.JSONB(), nullable=False),
        sa.Column('actor', sa.Text(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('answered_at', sa.DateTime(timezone=True)),
        sa.Column('answer', postgresql.JSONB()),
        sa.Column('problem', postgresql.JSONB()))
    op.create_index('ix_waste_round_waiting', 'waste_round', ['id'], postgresql_where=sa.text('answered_at is null'))


def feature(table: str, shape: str, *more: sa.Column) -> None:
    op.create_geospatial_table(table,
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('source_id', sa.Text(), nullable=False),
        sa.Column('name', sa.Text()),
        sa.Column('village_code', sa.Text()),
        sa.Column('checked_on', sa.Date()),
        sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('kind', sa.Text(), nullable=False),
        *more,
        sa.Column('geom', Geometry(shape, srid=4326, spatial_index=False), nullable=False),
        sa.UniqueConstraint('source', 'source_id'))
    op.create_geospatial_index(f'idx_{table}_geom', table, ['geom'], postgresql_using='gist')
    op.create_index(f'ix_{table}_village_code', table, ['village_code'])
    for name in ('kind', 'village_code', 'source'):
        op.create_index(f'ix_{table}_{name}_id', table, [name, 'id'])
    op.create_index(f'ix_{table}_checked_on', table, ['checked_on'], postgresql_where=sa.text('checked_on is not null'))
    op.create_index(f'ix_{table}_name_trgm', table, [sa.text('lower(name) gin_trgm_ops')], postgresql_using='gin')


def standards() -> None:
    table = op.create_table('waste_standard',
        sa.Column('id', sa.Text(), primary_key=True),
        sa.Column('value', sa.Double(), nullable=False),
        sa.Column('source', sa.Text(), nullable=False))
    op.execute("select watch_layer('waste_standards', 'waste_standard')")
    with STANDARDS.open(encoding='utf-8', newline='') as file:
        op.bulk_insert(table, [row | {'value': float(row['value'])} for row in csv.DictReader(file)])
