"""Indexes for nearest offices, the first services and holidays"""

import csv
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import insert

revision = '0004'
down_revision = '0003'

SEEDS = Path(__file__).parents[1] / 'seeds'
SERVICE = sa.table('service', *(sa.column(c, sa.Text) for c in (
    'id', 'name', 'name_en', 'requirements', 'cost', 'duration', 'legal_basis', 'source')))
SERVICE_KIND = sa.table('service_kind', sa.column('service_id', sa.Text), sa.column('kind', sa.Text))
HOLIDAY = sa.table('holiday', sa.column('day', sa.Date), *(sa.column(c, sa.Text) for c in ('name', 'kind', 'source')))


def upgrade() -> None:
    op.execute("create index ix_office_geography on office using gist ((geom::geography))")
    op.execute("create index ix_office_opening_hours on office (opening_hours) where length(opening_hours) <= 500")
    services = rows('services.csv')
    kinds = [{'service_id': s['id'], 'kind': kind} for s in services for kind in (s['kinds'] or '').split()]
    add_missing(SERVICE, [{c.name: s[c.name] for c in SERVICE.c} for s in services])
    add_missing(SERVICE_KIND, kinds)
    add_missing(HOLIDAY, [{**h, 'day': date.fromisoformat(h['day'])} for h in rows('holidays.csv')])


def add_missing(table: sa.TableClause, values: list[dict[str, object]]) -> None:
    """Insert rows, but leave those alone that somebody has entered already."""
    op.execute(insert(table).values(values).on_conflict_do_nothing())


def rows(name: str) -> list[dict[str, str | None]]:
    with (SEEDS / name).open(encoding='utf-8', newline='') as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]
