"""The indexes by which staff find what waits for them: by deadline, by age, by district, by officer, by words"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0014'

OPEN = sa.text("state in ('received', 'needs_info', 'dispatched', 'coordinating', 'scheduled', 'in_progress', "
               "'external', 'pending_check')")
DUE = sa.text("coalesce(due_on, date '9999-12-31')")
WORDS = sa.text("to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(description, '') || ' ' || "
                "coalesce(place_note, ''))")


def upgrade() -> None:
    op.create_index('ix_complaint_desk_due', 'complaint', [DUE, 'id'], postgresql_where=OPEN)
    op.create_index('ix_complaint_desk_age', 'complaint', ['reported_at', 'id'], postgresql_where=OPEN)
    op.create_index('ix_complaint_desk_district', 'complaint', [sa.text('left(village_code, 8)')],
                    postgresql_where=OPEN)
    op.create_index('ix_complaint_desk_words', 'complaint', [WORDS], postgresql_using='gin')
    for column in ('next_agency', 'assignee'):
        op.create_index(f'ix_complaint_{column}', 'complaint', [column],
                        postgresql_where=sa.text(f'{column} is not null'))
