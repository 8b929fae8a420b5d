"""The agencies (OPD) that kinds of complaints name; a regency that calls them otherwise changes names, not ids

What is already there stays. Telephone numbers and addresses are each regency's own.
"""

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'

SEED = Path(__file__).parents[1] / 'seeds' / 'agencies.csv'


def upgrade() -> None:
    with SEED.open(encoding='utf-8', newline='') as file:
        rows = list(csv.DictReader(file))
    keep = sa.text('insert into agency (id, name, name_en) values (:id, :name, :name_en) on conflict do nothing')
    op.get_bind().execute(keep, rows)
