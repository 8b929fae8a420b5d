"""What is known of each try to send a message, so that pauses grow and giving up can be seen"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'

UNSETTLED = sa.text('sent_at is null and given_up_at is null')


def upgrade() -> None:
    op.add_column('outbox', sa.Column('tries', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('outbox', sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False,
                                      server_default=sa.func.now()))
    op.add_column('outbox', sa.Column('given_up_at', sa.DateTime(timezone=True)))
    op.add_column('outbox', sa.Column('problem', sa.Text()))
    op.drop_index('ix_outbox_waiting', 'outbox')
    op.create_index('ix_outbox_waiting', 'outbox', ['next_try_at', 'id'], postgresql_where=UNSETTLED)
    op.create_index('ix_outbox_given_up', 'outbox', ['given_up_at'],
                    postgresql_where=sa.text('given_up_at is not null'))
