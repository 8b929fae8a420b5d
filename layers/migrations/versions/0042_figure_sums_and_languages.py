"""Figures of complaints added up for each choice of filters; the language in which somebody is written to"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = '0042'
down_revision = '0040'

TEXTS = ('category', 'agency', 'district')
COUNTS = ('received', 'resolved', 'decided', 'on_time', 'reopened', 'overdue', 'answers', 'stars')


def upgrade() -> None:
    op.create_table('complaint_figure_sum',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('month', sa.Date(), nullable=False),
        sa.Column('parts', sa.SmallInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column('seen', sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column('days', ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column('done', ARRAY(sa.Integer()), nullable=False))
    op.create_index('ix_complaint_figure_sum_parts_month', 'complaint_figure_sum', ['parts', 'month'])
    op.execute('insert into complaint_figure_change (month) values (null)')
    op.add_column('identity', sa.Column('language', sa.Text(), nullable=False, server_default='id'))
    op.create_check_constraint('ck_identity_language', 'identity', "language in ('id', 'en')")
