"""Pages of the public list of complaints of one category or one state are read by an index, however many there are"""

import sqlalchemy as sa
from alembic import op

revision = '0052'
down_revision = '0051'


def upgrade() -> None:
    for column in ('category', 'state'):
        op.create_index(f'ix_complaint_{column}_newest', 'complaint', [column, sa.text('reported_at desc'), 'id'],
                        postgresql_where=sa.text("visibility <> 'secret' and moderation <> 'hidden'"))
