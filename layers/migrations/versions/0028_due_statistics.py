"""How deadlines spread: the planner takes no figures from a partial index, and guessed that a third is overdue"""

from alembic import op

revision = '0028'
down_revision = '0027'


def upgrade() -> None:
    op.execute("create statistics complaint_due on (coalesce(due_on, date '9999-12-31')) from complaint")
