"""Which way traffic may go on a road, and how heavy it may be"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0023'


def upgrade() -> None:
    op.add_column('road', sa.Column('direction', sa.Text(), nullable=True))
    op.add_column('road', sa.Column('load_limit_t', sa.Double(), nullable=True))
