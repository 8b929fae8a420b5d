"""Road condition: surveys and what follows from them, and the tables of rules with their first version"""

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0013'
down_revision = '0011'

SEED = Path(__file__).parents[1] / 'seeds' / 'road_rules.csv'
RULE = sa.table('road_rule', sa.column('version', sa.Integer), *(sa.column(c, sa.Text) for c in (
    'rule', 'row_key', 'column_key', 'value', 'source', 'certainty')))


def upgrade() -> None:
    op.add_column('road', sa.Column('condition', sa.Text(), server_default='belum_disurvei', nullable=False))
    op.add_column('road', sa.Column('condition_on', sa.Date(), nullable=True))
    op.create_index('ix_road_condition_id', 'road', ['condition', 'id'])
    create_rules()
    create_surveys()
    op.create_table('road_stretch',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('road_id', sa.BigInteger(), sa.ForeignKey('road.id', ondelete='cascade'), nullable=False),
        sa.Column('survey_id', sa.BigInteger(), sa.ForeignKey('road_survey.id', ondelete='cascade'), nullable=False),
        sa.Column('condition', sa.Text(), nullable=False),
        sa.Column('length_m', sa.Double(), nullable=False),
        sa.Column('from_m', sa.Double(), nullable=True),
        sa.Column('to_m', sa.Double(), nullable=True))
    op.create_index('ix_road_stretch_road_id', 'road_stretch', ['road_id'])
    op.create_index('ix_road_stretch_survey_id', 'road_stretch', ['survey_id'])


def create_rules() -> None:
    op.create_table('road_rule_version',
        sa.Column('version', sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column('made_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.Column('actor', sa.Text(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False))
    op.create_table('road_rule',
        sa.Column('version', sa.Integer(), sa.ForeignKey('road_rule_version.version'), primary_key=True),
        *(sa.Column(name, sa.Text(), primary_key=True) for name in ('rule', 'row_key', 'column_key')),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('value', 'source', 'certainty')))
    op.execute("insert into road_rule_version (version, actor, reason) values (1, 'system', 'tabel awal')")
    with SEED.open(encoding='utf-8', newline='') as file:
        op.bulk_insert(RULE, [{'version': 1, **row} for row in csv.DictReader(file)])


def create_surveys() -> None:
    op.create_table('road_survey',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('road_id', sa.BigInteger(), sa.ForeignKey('road.id', ondelete='cascade'), nullable=False),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('from_m', sa.Double(), nullable=False),
        sa.Column('to_m', sa.Double(), nullable=False),
        sa.Column('surveyed_on', sa.Date(), nullable=False),
        sa.Column('officer', sa.Text(), nullable=False),
        sa.Column('inputs', postgresql.JSONB(), nullable=False),
        sa.Column('value', sa.Double(), nullable=True),
        sa.Column('metres', postgresql.JSONB(), nullable=False),
        sa.Column('rule_version', sa.Integer(), sa.ForeignKey('road_rule_version.version'), nullable=False),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('doubt', sa.Text(), nullable=True),
        sa.Column('recorded_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('withdrawn_because', sa.Text(), nullable=True))
    op.create_index('ix_road_survey_road_id', 'road_survey', ['road_id'])
    op.create_index('uq_road_survey_extent', 'road_survey', ['road_id', 'kind', 'surveyed_on', 'from_m', 'to_m'],
                    unique=True, postgresql_where=sa.text('withdrawn_at is null'))
    op.create_index('ix_road_survey_work', 'road_survey', ['surveyed_on'],
                    postgresql_where=sa.text("kind = 'work' and withdrawn_at is null"))
