"""How often each caller has asked of late, for limits that all web workers share

Unlogged: a crash may forget it, a backup leaves it out, and counting costs no write-ahead log.
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    op.create_table('visit',
        sa.Column('key', sa.Text(), primary_key=True),
        sa.Column('n', sa.Integer(), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        prefixes=['UNLOGGED'])
    op.create_index('ix_visit_expires_at', 'visit', ['expires_at'])
