"""Access to services: minutes and people of every village, what an office holds, standards, and why a layer is stuck"""

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = '0034'
down_revision = '0029b'

INDEXED = ('kind', 'village_code', 'source')
STANDARDS = Path(__file__).parent.parent / 'seeds' / 'access_standards.csv'


def upgrade() -> None:
    op.add_column('office', sa.Column('capacity', sa.Integer()))
    op.alter_column('computed_layer', 'computed_at', nullable=True)
    op.add_column('computed_layer', sa.Column('problem', postgresql.JSONB()))
    places()
    times()
    standards()
    op.create_table('siting_question',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('asked', postgresql.JSONB(), nullable=False),
        sa.Column('actor', sa.Text(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('answered_at', sa.DateTime(timezone=True)),
        sa.Column('answer', postgresql.JSONB()),
        sa.Column('problem', postgresql.JSONB()))
    op.create_index('ix_siting_question_waiting', 'siting_question', ['id'],
                    postgresql_where=sa.text('answered_at is null'))
    op.execute("select watch_layer('access', 'access')")
    op.execute("select watch_layer('rasters', 'raster')")
    op.execute("select watch_layer('road_rules', 'road_rule_version')")


def places() -> None:
    op.create_geospatial_table('access',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('source_id', sa.Text(), nullable=False),
        sa.Column('name', sa.Text()),
        sa.Column('village_code', sa.Text()),
        sa.Column('checked_on', sa.Date()),
        sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('minutes_dry', sa.Double()),
        sa.Column('minutes_wet', sa.Double()),
        sa.Column('people', sa.Double()),
        sa.Column('people_source', sa.Text()),
        sa.Column('near_all_season', sa.Double()),
        sa.Column('all_season_share', sa.Double()),
        sa.Column('geom', Geometry('MULTIPOLYGON', srid=4326, spatial_index=False), nullable=False),
        sa.UniqueConstraint('source', 'source_id'))
    op.create_geospatial_index('idx_access_geom', 'access', ['geom'], postgresql_using='gist')
    op.create_index('ix_access_village_code', 'access', ['village_code'])
    for name in INDEXED:
        op.create_index(f'ix_access_{name}_id', 'access', [name, 'id'])
    op.create_index('ix_access_checked_on', 'access', ['checked_on'], postgresql_where=sa.text('checked_on is not null'))
    op.create_index('ix_access_name_trgm', 'access', [sa.text('lower(name) gin_trgm_ops')], postgresql_using='gin')


def times() -> None:
    for table, place in (('access_village', sa.Column('code', sa.Text(), nullable=False)),
                         ('access_settlement', sa.Column('settlement_id', sa.BigInteger(), nullable=False))):
        sums = [sa.Column(name, sa.Double()) for name in ('within_15', 'within_30', 'within_60', 'reached', 'supply')]
        op.create_table(table,
            sa.Column('kind', sa.Text(), nullable=False),
            sa.Column('mode', sa.Text(), nullable=False),
            sa.Column('season', sa.Text(), nullable=False),
            place,
            sa.Column('minutes', sa.Double()),
            sa.Column('office_id', sa.BigInteger()),
            *(sums if table == 'access_village' else []),
            sa.PrimaryKeyConstraint('kind', 'mode', 'season', place.name))


def standards() -> None:
    table = op.create_table('access_standard',
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('setting', sa.Text(), nullable=False),
        sa.Column('measure', sa.Text(), nullable=False),
        sa.Column('value', sa.Double(), nullable=False),
        sa.Column('source', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('kind', 'setting', 'measure'))
    with STANDARDS.open(encoding='utf-8', newline='') as file:
        op.bulk_insert(table, [row | {'value': float(row['value'])} for row in csv.DictReader(file)])
