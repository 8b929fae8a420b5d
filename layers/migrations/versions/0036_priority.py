"""Priority: candidates with their criteria, treatments, trips, figures, weights, locked rankings, runs of the worker"""

import csv
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = '0036'
down_revision = '0030'

SEEDS = Path(__file__).parents[1] / 'seeds'
INDEXED = ('standing', 'unit', 'owner', 'village_code', 'source')
CRITERIA = ('condition', 'people', 'saved', 'connected', 'complaints', 'facilities', 'detour', 'cut_off', 'cost',
            'traffic', 'poverty', 'ijd')


def upgrade() -> None:
    create_candidates()
    create_inputs()
    create_outcomes()


def create_candidates() -> None:
    op.create_geospatial_table('road_priority',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('source_id', sa.Text(), nullable=False),
        sa.Column('name', sa.Text()),
        sa.Column('village_code', sa.Text()),
        sa.Column('checked_on', sa.Date()),
        sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('road_id', sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('unit', 'owner', 'standing')),
        sa.Column('rank', sa.Integer()),
        sa.Column('score', sa.Double()),
        sa.Column('rests_on', sa.Double(), nullable=False),
        sa.Column('length_m', sa.Double(), nullable=False),
        sa.Column('from_m', sa.Double()),
        sa.Column('to_m', sa.Double()),
        sa.Column('treatment', sa.Text()),
        sa.Column('cost_rp', sa.Double()),
        sa.Column('cost_made_up', sa.Boolean(), nullable=False, server_default=sa.false()),
        *(sa.Column(name, sa.Double()) for name in CRITERIA),
        sa.Column('geom', Geometry('MULTILINESTRING', srid=4326, spatial_index=False), nullable=False),
        sa.UniqueConstraint('source', 'source_id'))
    op.create_geospatial_index('idx_road_priority_geom', 'road_priority', ['geom'], postgresql_using='gist')
    op.create_index('ix_road_priority_village_code', 'road_priority', ['village_code'])
    op.create_index('ix_road_priority_road_id', 'road_priority', ['road_id'])
    for name in INDEXED:
        op.create_index(f'ix_road_priority_{name}_id', 'road_priority', [name, 'id'])
    op.create_index('ix_road_priority_checked_on', 'road_priority', ['checked_on'], postgresql_where=sa.text('checked_on is not null'))
    op.create_index('ix_road_priority_name_trgm', 'road_priority', [sa.text('lower(name) gin_trgm_ops')], postgresql_using='gin')
    op.execute("select watch_layer('priority', 'road_priority')")


def create_inputs() -> None:
    treatment = op.create_table('treatment',
        sa.Column('id', sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('name', 'best', 'worst', 'becomes')),
        sa.Column('rp_per_km', sa.Double()),
        sa.Column('life_years', sa.Double()),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('stated_on', sa.Date(), nullable=False))
    trip = op.create_table('priority_trip',
        sa.Column('kind', sa.Text(), primary_key=True),
        sa.Column('trips', sa.Double(), nullable=False),
        sa.Column('longest_min', sa.Double(), nullable=False),
        sa.Column('source', sa.Text(), nullable=False))
    op.create_table('road_figure',
        sa.Column('criterion', sa.Text(), primary_key=True),
        sa.Column('key', sa.Text(), primary_key=True),
        sa.Column('value', sa.Double(), nullable=False),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('stated_on', sa.Date(), nullable=False))
    for table in ('treatment', 'priority_trip', 'road_figure'):
        op.execute(f"select watch_layer('treatments', '{table}')")
    op.bulk_insert(treatment, [
        row | {'rp_per_km': float(row['rp_per_km']), 'life_years': float(row['life_years']),
               'stated_on': date.fromisoformat(row['stated_on'])} for row in seed('treatments')])
    op.bulk_insert(trip, [
        row | {'trips': float(row['trips']), 'longest_min': float(row['longest_min'])} for row in seed('priority_trips')])


def create_outcomes() -> None:
    op.create_table('weight_profile',
        sa.Column('id', sa.Integer(), sa.Identity(), primary_key=True),
        sa.Column('name', sa.Text(), nullable=False, unique=True),
        sa.Column('method', sa.Text(), nullable=False),
        sa.Column('weights', postgresql.JSONB(), nullable=False),
        sa.Column('author', sa.Text(), nullable=False),
        sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()))
    op.create_table('locked_ranking',
        sa.Column('id', sa.Integer(), sa.Identity(), primary_key=True),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('author', sa.Text(), nullable=False),
        sa.Column('locked_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('method', sa.Text(), nullable=False),
        *(sa.Column(name, postgresql.JSONB(), nullable=False) for name in ('weights', 'versions', 'inputs', 'result')),
        sa.Column('hash', sa.Text(), nullable=False))
    op.create_index('ix_locked_ranking_locked_at', 'locked_ranking', ['locked_at'])
    op.create_table('priority_run',
        sa.Column('id', sa.Text(), primary_key=True),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('asked', postgresql.JSONB(), nullable=False),
        sa.Column('author', sa.Text(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('done_at', sa.DateTime(timezone=True)),
        sa.Column('answer', postgresql.JSONB()),
        sa.Column('problem', sa.Text()))
    op.create_index('ix_priority_run_made_at', 'priority_run', ['made_at'])


def seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f'{name}.csv').open(encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))
