"""The days of works and surveys are days of our time; a network knows the pace of who walks to it

A year such as 26 was a slip of the keyboard, and no moment of any standard: it lacks its century. A year such as 1998
is none: a road may have been finished then.
"""

import sqlalchemy as sa
from alembic import op

revision = '0057'
down_revision = '0052'

FIRST, LAST = '1900-01-01', '2099-12-31'
DAYS = ('stage_on', 'contract_on', 'planned_start', 'planned_end', 'started_on', 'finished_on')


def upgrade() -> None:
    for table, days in (('work', DAYS), ('work_progress', ('day',)), ('work_change', ('changed_on', 'new_end'))):
        for day in days:
            op.execute(
                f"""update {table} set {day} = {day}
                        + case when {day} < '0050-01-01' then interval '2000 years' else interval '1900 years' end
                    where {day} < '0100-01-01'"""
            )
    for day in DAYS:  # any other is no day at all, and would refuse every later act on the work
        op.execute(f"update work set {day} = null where {day} not between '{FIRST}' and '{LAST}'")
    guard('work', within(*DAYS))
    guard('work_progress', within('day'))
    guard('work_change', within('changed_on', 'new_end'))
    guard('road_survey', f"surveyed_on between '{FIRST}' and '{LAST}' or withdrawn_at is not null")
    op.add_column('road_network', sa.Column('walking_kmh', sa.Double(), nullable=False, server_default='4'))
    op.alter_column('road_network', 'walking_kmh', server_default=None)


def within(*names: str) -> str:
    days = ', '.join(names)
    return f"least({days}) >= '{FIRST}' and greatest({days}) <= '{LAST}'"


def guard(table: str, rule: str) -> None:
    """Hold what comes to a rule; what was kept before stays, so that a survey can still be withdrawn by somebody."""
    op.execute(f'alter table {table} add constraint ck_{table}_days check ({rule}) not valid')
