"""A road says where it meets others: wherever lines cross, or, as OpenStreetMap draws, at shared vertices alone"""

import sqlalchemy as sa
from alembic import op

revision = '0061'
down_revision = '0059'


def upgrade() -> None:
    op.add_column('road', sa.Column('meets', sa.Text(), nullable=False, server_default='silang'))
    op.execute("update road set meets = 'simpul' where source like 'OpenStreetMap%'")
