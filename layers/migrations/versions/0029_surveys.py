"""What people say of a complaint that was called resolved: is it, and how satisfied are they"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0033'


def upgrade() -> None:
    op.create_table('complaint_survey',
        sa.Column('complaint_id', sa.BigInteger(),
                  sa.ForeignKey('complaint.id', name='fk_complaint_survey_complaint_id', ondelete='cascade'),
                  primary_key=True),
        sa.Column('person', sa.Text(), primary_key=True),
        sa.Column('solved', sa.Text(), nullable=False),
        sa.Column('satisfied', sa.SmallInteger(), nullable=False),
        sa.Column('words', sa.Text()),
        sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("solved in ('yes', 'partly', 'no')", name='ck_complaint_survey_solved'),
        sa.CheckConstraint('satisfied between 1 and 5', name='ck_complaint_survey_satisfied'))
    op.create_index('ix_complaint_survey_said_at', 'complaint_survey', ['said_at'])
