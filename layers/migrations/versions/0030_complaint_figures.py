"""Figures of complaints kept ready: counts by month, category, agency, kecamatan; and which months have changed"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0035'

TEXTS = ('category', 'agency', 'district')
COUNTS = ('received', 'resolved', 'decided', 'on_time', 'reopened', 'overdue', 'answers', 'stars')

# Appends only: one row a statement and month. An empty month means all of them.
NOTE = """
create function note_figure_change() returns trigger language plpgsql as $$
declare
    zone text := coalesce((select value from preference where key = 'time_zone'), 'Asia/Jakarta');
begin
    if tg_op in ('INSERT', 'UPDATE') then
        insert into complaint_figure_change (month)
        select distinct cast(date_trunc('month', reported_at at time zone zone) as date) from added;
    end if;
    if tg_op in ('DELETE', 'UPDATE') then
        insert into complaint_figure_change (month)
        select distinct cast(date_trunc('month', reported_at at time zone zone) as date) from removed;
    end if;
    return null;
end $$;

create trigger note_figures_insert after insert on complaint referencing new table as added
    for each statement execute function note_figure_change();
create trigger note_figures_delete after delete on complaint referencing old table as removed
    for each statement execute function note_figure_change();
create trigger note_figures_update after update on complaint referencing new table as added old table as removed
    for each statement execute function note_figure_change();

create function note_survey_figures() returns trigger language plpgsql as $$
declare
    zone text := coalesce((select value from preference where key = 'time_zone'), 'Asia/Jakarta');
begin
    insert into complaint_figure_change (month)
    select distinct cast(date_trunc('month', reported_at at time zone zone) as date)
    from complaint where id in (select complaint_id from added);
    return null;
end $$;

create trigger note_figures_insert after insert on complaint_survey referencing new table as added
    for each statement execute function note_survey_figures();
create trigger note_figures_update after update on complaint_survey referencing new table as added
    for each statement execute function note_survey_figures();

create function note_all_figures() returns trigger language plpgsql as $$
begin
    insert into complaint_figure_change (month) values (null);
    return null;
end $$;

create trigger note_all_figures after truncate on complaint
    for each statement execute function note_all_figures();
"""
# What working days are, and by which clock, changes every figure.
RULES = ('holiday', 'preference', 'complaint_limit')


def upgrade() -> None:
    op.create_table('complaint_figure',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('month', sa.Date(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column('seen', sa.Boolean(), nullable=False),
        sa.Column('state', sa.Text()),
        sa.Column('age', sa.SmallInteger()),
        sa.Column('days', sa.SmallInteger()),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS))
    op.create_index('ix_complaint_figure_month', 'complaint_figure', ['month'])
    op.create_index('ix_complaint_figure_state', 'complaint_figure', ['state'],
                    postgresql_where=sa.text('state is not null'))
    op.create_table('complaint_figure_change',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('month', sa.Date()))
    op.create_table('complaint_figure_standing',
        sa.Column('single', sa.Boolean(), primary_key=True, server_default='true'),
        sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('today', sa.Date(), nullable=False),
        sa.CheckConstraint('single', name='ck_complaint_figure_standing_single'))
    op.execute(NOTE)
    for table in RULES:
        op.execute(f'create trigger note_all_figures after insert or update or delete on {table} '
                   'for each statement execute function note_all_figures()')
    op.execute('insert into complaint_figure_change (month) values (null)')
