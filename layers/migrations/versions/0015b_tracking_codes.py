"""Tracking codes: the HMAC of what opens a reporter's own view"""

import sqlalchemy as sa
from alembic import op

revision = '0015b'
down_revision = '0022'


def upgrade() -> None:
    op.create_table('tracking_code',
        sa.Column('complaint_id', sa.BigInteger(), sa.ForeignKey('complaint.id', ondelete='cascade'),
                  primary_key=True),
        sa.Column('hash', sa.LargeBinary(), nullable=False, unique=True))
