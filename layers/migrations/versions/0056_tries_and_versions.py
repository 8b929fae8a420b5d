"""What a layer was last computed from stays when a later try is refused; what answers for planners rest on is kept"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0056'
down_revision = '0055'


def upgrade() -> None:
    # Tried from nothing yet: each layer is computed once by the rules of today, so that all tell of the same people.
    op.add_column('computed_layer', sa.Column('tried', postgresql.JSONB(), nullable=False, server_default='{}'))
    # A refusal wrote its own versions over those that the kept result comes from: nobody knows these any more.
    op.execute("update computed_layer set versions = '{}' where problem is not null")
    op.add_column('priority_run', sa.Column('tries', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('priority_run', sa.Column('versions', postgresql.JSONB()))
