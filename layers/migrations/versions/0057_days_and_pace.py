"""The days of works and surveys are of this century; a network knows the pace of who walks to it

A year such as 26 was a slip of the keyboard, and no moment of any standard.
"""

import sqlalchemy as sa
from alembic import op

revision = '0057'
down_revision = '0051'

FIRST, LAST = '2000-01-01', '2099-12-31'
DAYS = ('stage_on', 'contract_on', 'planned_start', 'planned_end', 'started_on', 'finished_on')


def upgrade() -> None:
    for day in DAYS:  # an impossible day of a work is as good as none, and would refuse every later act on it
        op.execute(f"update work set {day} = null where {day} not between '{FIRST}' and '{LAST}'")
    guard('work', within(*DAYS))
    guard('work_progress', within('day'))
    guard('work_change', within('changed_on', 'new_end'))
    op.add_column('road_network', sa.Column('walking_kmh', sa.Double(), nullable=False, server_default='4'))
    op.alter_column('road_network', 'walking_kmh', server_default=None)
    guard('road_survey', f"surveyed_on between '{FIRST}' and '{LAST}' or withdrawn_at is not null")


def within(*names: str) -> str:
    days = ', '.join(names)
    return f"least({days}) >= '{FIRST}' and greatest({days}) <= '{LAST}'"


def guard(table: str, rule: str) -> None:
    """Hold what comes to a rule; entries that were kept before stay as they are, since nobody may rewrite them."""
    op.execute(f'alter table {table} add constraint ck_{table}_days check ({rule}) not valid')
