"""Complaints by when the public saw something new of them, which is more than a new state; callers by two names"""

import sqlalchemy as sa
from alembic import op

revision = '0055'
down_revision = '0054'

# So far the moment was that of the last state, or of an import: what was done since is told once more, rather than never.
ACTS = """
update complaint set updated_at = last.at
from (select subject, max(at) as at from event where layer = 'complaints' group by subject) as last
where last.subject = complaint.number and complaint.updated_at < last.at
"""


def upgrade() -> None:
    op.execute(ACTS)
    op.drop_index('ix_complaint_changed', 'complaint')
    op.create_index('ix_complaint_changed', 'complaint', ['updated_at', 'id'])
    op.add_column('complaint_follower', sa.Column('also', sa.Text()))
    op.create_index('ix_complaint_follower_also', 'complaint_follower', ['also'],
                    postgresql_where=sa.text('also is not null'))
