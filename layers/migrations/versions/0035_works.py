"""Works: what is built and mended, on which roads, for which complaints, with progress, changes, photos and documents"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = '0035'
down_revision = '0034'

STAGES = ('proposal', 'planned', 'budgeted', 'tendered', 'contracted', 'under_way', 'finished', 'maintained', 'cancelled')
TEXTS = ('description', 'agency', 'fund', 'year', 'contract_number', 'contractor', 'condition_after')
DAYS = ('stage_on', 'contract_on', 'planned_start', 'planned_end', 'started_on', 'finished_on')
MONEY = ('budget', 'contract_value', 'spent')
INDEXED = ('stage', 'kind', 'fund', 'year', 'agency', 'village_code', 'source')


def number() -> sa.Column:
    return sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True)


def of_work() -> sa.Column:
    return sa.Column('work_id', sa.BigInteger(), sa.ForeignKey('work.id', ondelete='cascade'), nullable=False)


def kept() -> list[sa.Column]:
    return [sa.Column('by', sa.Text(), nullable=False),
            sa.Column('added_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())]


def upgrade() -> None:
    make_work()
    make_links()
    make_entries()
    op.execute("select watch_layer('works', 'work', 'stage')")


def make_work() -> None:
    op.create_geospatial_table('work',
        number(),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('source_id', sa.Text(), nullable=False),
        sa.Column('name', sa.Text()),
        sa.Column('village_code', sa.Text()),
        sa.Column('checked_on', sa.Date()),
        sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('number', sa.Text(), sa.Computed("'P-' || id", persisted=True), nullable=False, unique=True),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('stage', sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in TEXTS),
        *(sa.Column(name, sa.Date()) for name in DAYS),
        *(sa.Column(name, sa.BigInteger()) for name in MONEY),
        sa.Column('progress', sa.Double()),
        sa.Column('version', sa.Integer(), nullable=False, server_default='1'),
        sa.Column('geom', Geometry('GEOMETRY', srid=4326, spatial_index=False), nullable=False),
        sa.CheckConstraint(f"stage in ({', '.join(map(repr, STAGES))})", 'stage'),
        sa.CheckConstraint('least(budget, contract_value, spent) >= 0', 'money'),
        sa.CheckConstraint('progress between 0 and 100', 'progress'),
        sa.UniqueConstraint('source', 'source_id'))
    op.create_geospatial_index('idx_work_geom', 'work', ['geom'], postgresql_using='gist')
    op.create_index('ix_work_village_code', 'work', ['village_code'])
    for name in INDEXED:
        op.create_index(f'ix_work_{name}_id', 'work', [name, 'id'])
    for name in ('name', 'contractor'):
        op.create_index(f'ix_work_{name}_trgm', 'work', [sa.text(f'lower({name}) gin_trgm_ops')], postgresql_using='gin')
    op.create_index('ix_work_stage_on', 'work', ['stage_on'])
    op.create_index('ix_work_planned_end', 'work', ['planned_end'],
                    postgresql_where=sa.text("stage in ('contracted', 'under_way')"))


def make_links() -> None:
    op.create_table('work_road',
        number(), of_work(),
        sa.Column('road_id', sa.BigInteger(), sa.ForeignKey('road.id', ondelete='cascade'), nullable=False),
        sa.Column('from_m', sa.Double(), nullable=False, server_default='0'),
        sa.Column('to_m', sa.Double()))
    op.create_index('ix_work_road_work_id', 'work_road', ['work_id'])
    op.create_index('ix_work_road_road_id', 'work_road', ['road_id'])
    op.create_table('work_complaint',
        sa.Column('work_id', sa.BigInteger(), sa.ForeignKey('work.id', ondelete='cascade'), primary_key=True),
        sa.Column('complaint_id', sa.BigInteger(), sa.ForeignKey('complaint.id', ondelete='cascade'), primary_key=True))
    op.create_index('ix_work_complaint_complaint_id', 'work_complaint', ['complaint_id'])


def make_entries() -> None:
    op.create_table('work_progress',
        number(), of_work(),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('percent', sa.Double(), nullable=False),
        sa.Column('spent', sa.BigInteger()),
        sa.Column('note', sa.Text()), *kept())
    op.create_table('work_photo',
        number(), of_work(),
        sa.Column('name', sa.Text(), nullable=False, unique=True),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('height', sa.Integer(), nullable=False),
        sa.Column('percent', sa.Double()), *kept())
    op.create_table('work_change',
        number(), of_work(),
        sa.Column('changed_on', sa.Date(), nullable=False),
        sa.Column('old_value', sa.BigInteger()), sa.Column('new_value', sa.BigInteger()),
        sa.Column('old_end', sa.Date()), sa.Column('new_end', sa.Date()),
        sa.Column('reason', sa.Text(), nullable=False), *kept())
    op.create_table('work_document',
        number(), of_work(),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('url', sa.Text()), sa.Column('name', sa.Text(), unique=True),
        sa.CheckConstraint('(url is null) <> (name is null)', 'place'), *kept())
    for table in ('work_progress', 'work_photo', 'work_change', 'work_document'):
        op.create_index(f'ix_{table}_work_id', table, ['work_id'])
