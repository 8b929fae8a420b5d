"""Parts of a complaint keep whose report they came of; nothing happened longer ago than anybody remembers"""

import sqlalchemy as sa
from alembic import op

revision = '0049'
down_revision = '0042'

CAME_OF = """
with recursive part (id, origin) as (
    select child.id, whole.id from complaint as child join complaint as whole on whole.id = child.parent_id
    where whole.parent_id is null
    union all
    select child.id, part.origin from complaint as child join part on part.id = child.parent_id
)
update complaint set origin_id = part.origin from part where part.id = complaint.id
"""


def upgrade() -> None:
    op.add_column('complaint', sa.Column('origin_id', sa.BigInteger(), nullable=True))
    op.create_foreign_key('fk_complaint_origin_id', 'complaint', 'complaint', ['origin_id'], ['id'],
                          ondelete='set null')
    op.execute(CAME_OF)
    op.create_index('ix_complaint_origin_id', 'complaint', ['origin_id'],
                    postgresql_where=sa.text('origin_id is not null'))
    op.execute("update complaint set happened_at = null where happened_at < timestamptz '1900-01-01 00:00:00+00'")
    op.create_check_constraint('ck_complaint_happened_at', 'complaint',
                               "happened_at >= timestamptz '1900-01-01 00:00:00+00'")
