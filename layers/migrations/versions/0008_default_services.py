"""For which kind an office was given the usual services, so that they are given once

Offices that have services by now have been given them for the kind that they are of.
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    op.create_table('office_default',
        sa.Column('office_id', sa.BigInteger(), sa.ForeignKey('office.id', ondelete='cascade'), primary_key=True),
        sa.Column('kind', sa.Text(), nullable=False))
    op.execute("insert into office_default select id, kind from office"
               " where exists (select from office_service where office_id = office.id)")
