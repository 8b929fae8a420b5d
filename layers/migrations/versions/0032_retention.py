"""A case without the person: when what was kept of people was erased, and why"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0029'


def upgrade() -> None:
    op.add_column('complaint', sa.Column('anonymised_at', sa.DateTime(timezone=True)))
    op.add_column('complaint', sa.Column('anonymised_for', sa.Text()))
    op.create_check_constraint('ck_complaint_anonymised_for', 'complaint',
        "anonymised_for in ('retention', 'request') and anonymised_at is not null or anonymised_for is null")
    op.create_index('ix_complaint_to_forget', 'complaint', ['closed_at'],
        postgresql_where=sa.text("anonymised_at is null and source = 'warga'"))
