"""Accounts are known by their numbers alone: sessions end by their own rows, so that no second name is needed"""

from alembic import op

revision = '0021'
down_revision = '0018'


def upgrade() -> None:
    op.drop_column('account', 'uniquifier')
