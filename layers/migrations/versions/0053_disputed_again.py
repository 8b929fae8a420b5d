"""What was disputed, reopened or appealed and is open is found by an index, the nearest deadline first"""

import sqlalchemy as sa
from alembic import op

revision = '0053'
down_revision = '0057'

DUE = sa.text("coalesce(due_on, date '9999-12-31')")
AGAIN = sa.text("state in ('received', 'needs_info', 'dispatched', 'coordinating', 'scheduled', 'in_progress', "
                "'external', 'pending_check') and disputed + reopened + appealed > 0")


def upgrade() -> None:
    op.create_index('ix_complaint_desk_again', 'complaint', [DUE, 'id'], postgresql_where=AGAIN)
