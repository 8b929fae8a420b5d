"""Complaints on their way: columns, rules, deadlines, followers; messages; a trail that shows tampering"""

import csv
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = '0018'
down_revision = '0017'

SEEDS = Path(__file__).parents[1] / 'seeds'
SEEDED = {'complaint_kind': 'complaint_kinds.csv', 'complaint_limit': 'complaint_limits.csv',
          'complaint_route': 'complaint_routes.csv', 'complaint_template': 'complaint_templates.csv'}
NUMBERS = ('working_days', 'amount', 'position')
STATES = ('received', 'needs_info', 'dispatched', 'coordinating', 'scheduled', 'in_progress', 'external',
          'pending_check', 'resolved', 'closed', 'rejected', 'merged', 'withdrawn')
FOLLOWING = {
    'received': ('dispatched', 'needs_info', 'rejected', 'merged', 'withdrawn'),
    'needs_info': ('received', 'withdrawn', 'closed'),
    'dispatched': ('in_progress', 'coordinating', 'scheduled', 'external', 'needs_info', 'resolved', 'merged',
                   'rejected', 'withdrawn'),
    'coordinating': ('dispatched', 'merged', 'rejected', 'withdrawn'),
    'scheduled': ('in_progress', 'pending_check', 'merged', 'rejected', 'withdrawn'),
    'in_progress': ('scheduled', 'coordinating', 'needs_info', 'pending_check', 'merged', 'rejected'),
    'external': ('dispatched', 'pending_check', 'closed', 'merged', 'rejected'),
    'pending_check': ('resolved', 'in_progress'),
    'resolved': ('closed', 'in_progress'),
    'closed': ('received',),
    'rejected': ('received',),
    'merged': ('received',),
}
TEXTS = ('kind', 'case_class', 'place_note', 'story', 'asset_layer', 'agency', 'next_agency', 'authority',
         'why', 'why_en', 'assignee', 'done_by')
COUNTS = ('hops', 'reopened', 'disputed', 'appealed')
DATES = ('planned_on', 'act_by', 'due_on')

# Counting goes on for those rows alone that anyone may see: the third argument is a condition on a row.
NOTE = """
create or replace function note_layer_change() returns trigger language plpgsql as $$
declare
    layer text := tg_argv[0];
    shown text := coalesce(tg_argv[2], 'true');
    changed boolean;
    moves text := case tg_op
        when 'INSERT' then 'select geom, %1$I as kind, 1 as n from added where %2$s'
        when 'DELETE' then 'select geom, %1$I as kind, -1 as n from removed where %2$s'
        when 'UPDATE' then
            'select geom, %1$I as kind, 1 as n from added where %2$s
             union all select geom, %1$I, -1 from removed where %2$s'
    end;
    any_row text := case tg_op
        when 'INSERT' then 'select exists (select from added where %1$s)'
        when 'DELETE' then 'select exists (select from removed where %1$s)'
        when 'UPDATE' then 'select exists (select from added where %1$s) or exists (select from removed where %1$s)'
    end;
begin
    execute format(any_row, shown) into changed;
    if not changed then return null; end if;
    insert into layer_change (layer) values (layer);
    if tg_nargs >= 2 then
        execute 'insert into layer_change (layer, x, y, kind, n)
                 select $1, cell_x(geom), cell_y(geom), kind, sum(n)
                 from (' || format(moves, tg_argv[1], shown) || ') as moved
                 where geometrytype(geom) = ''POINT'' and not st_isempty(geom)
                 group by 2, 3, 4 having sum(n) <> 0' using layer;
    end if;
    return null;
end $$;
"""
SHOWN = "visibility <> ''secret'' and moderation <> ''hidden''"
WATCH = f"""
drop trigger note_insert on complaint;
drop trigger note_delete on complaint;
drop trigger note_update on complaint;
create trigger note_insert after insert on complaint referencing new table as added
    for each statement execute function note_layer_change('complaints', 'category', '{SHOWN}');
create trigger note_delete after delete on complaint referencing old table as removed
    for each statement execute function note_layer_change('complaints', 'category', '{SHOWN}');
create trigger note_update after update on complaint referencing new table as added old table as removed
    for each statement execute function note_layer_change('complaints', 'category', '{SHOWN}');
"""

# An import tells what was decided elsewhere, in steps that nobody has seen; what citizens report here is not its to move.
GUARD = """
create function refuse_impossible_move() returns trigger language plpgsql as $$
begin
    if current_setting('peta.importing', true) = 'on' and new.source <> 'warga' then return new; end if;
    if not exists (select from complaint_transition where start = old.state and target = new.state) then
        raise exception 'a complaint cannot go from % to %', old.state, new.state using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger refuse_impossible_move before update of state on complaint
    for each row when (old.state is distinct from new.state) execute function refuse_impossible_move();

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% keeps what was written: % is refused', tg_table_name, lower(tg_op);
end $$;
create trigger refuse_change before update on complaint_clock
    for each statement execute function refuse_change();
"""

# A sequence for each year, made by whoever needs it first; it leaves gaps, and nobody waits for anybody.
NUMBER = """
create function complaint_number(year int) returns bigint language plpgsql as $$
declare
    name text := 'complaint_number_' || year;
begin
    if to_regclass(name) is null then
        perform pg_advisory_xact_lock(hashtext(name));
        execute format('create sequence if not exists %I', name);
    end if;
    return nextval(name);
end $$;
"""

# What an event says, each part with its length before it, so that no two events are written alike.
TRAIL = """
create function event_text(e event) returns text language sql stable
return (select string_agg(coalesce(octet_length(part) || ':' || part, '-'), ',' order by n)
        from unnest(array[
            e.id::text, (extract(epoch from e.at) * 1000000)::bigint::text, e.actor, e.act, e.layer, e.subject,
            e.detail::text, encode(e.content_hash, 'hex')]) with ordinality as parts (part, n));

create function hash_event() returns trigger language plpgsql as $$
begin
    new.salt := uuid_send(gen_random_uuid());
    new.hash := sha256(new.salt || convert_to(event_text(new), 'UTF8'));
    insert into event_pending values (new.id);
    return new;
end $$;
"""
KEEP = """
create trigger hash_event before insert on event for each row execute function hash_event();
create trigger refuse_change before update or delete or truncate on event
    for each statement execute function refuse_change();
create trigger refuse_change before update or delete or truncate on event_link
    for each statement execute function refuse_change();
create trigger refuse_change before update or truncate on event_content
    for each statement execute function refuse_change();
"""


def moment(name: str, **kind: object) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), **kind)


def complaint(**kind: object) -> sa.Column:
    return sa.Column('complaint_id', sa.BigInteger(), sa.ForeignKey('complaint.id', ondelete='cascade'), **kind)


def upgrade() -> None:
    extend_complaints()
    make_rules()
    make_companions()
    for statements in (NOTE, WATCH, GUARD, NUMBER):
        op.execute(statements)
    make_trail()
    fill()


def extend_complaints() -> None:
    add = [sa.Column(name, sa.Text()) for name in TEXTS] + [sa.Column(name, sa.Date()) for name in DATES]
    add += [sa.Column(name, sa.SmallInteger(), nullable=False, server_default='0') for name in COUNTS]
    add += [moment('state_since', nullable=False, server_default=sa.func.now()), moment('happened_at'),
            sa.Column('version', sa.Integer(), nullable=False, server_default='1'),
            sa.Column('supporters', sa.Integer(), nullable=False, server_default='0'),
            sa.Column('visibility', sa.Text(), nullable=False, server_default='public'),
            sa.Column('moderation', sa.Text(), nullable=False, server_default='approved'),
            sa.Column('asset_id', sa.BigInteger())]
    for column in add:
        op.add_column('complaint', column)
    for name in ('parent_id', 'merged_into'):
        op.add_column('complaint', sa.Column(name, sa.BigInteger(), sa.ForeignKey('complaint.id', ondelete='set null')))
    for column, values in (('state', STATES), ('visibility', ('public', 'anonymous', 'secret')),
                           ('moderation', ('pending', 'approved', 'hidden'))):
        op.create_check_constraint(column, 'complaint', f"{column} in ({', '.join(map(repr, values))})")
    for column in ('kind', 'agency'):
        op.create_index(f'ix_complaint_{column}_id', 'complaint', [column, 'id'],
                        postgresql_where=sa.text(f'{column} is not null'))
    for column in ('act_by', 'due_on', 'parent_id', 'merged_into'):
        op.create_index(f'ix_complaint_{column}', 'complaint', [column],
                        postgresql_where=sa.text(f'{column} is not null'))
    op.create_index('ix_complaint_pending', 'complaint', ['id'], postgresql_where=sa.text("moderation = 'pending'"))
    op.create_index('ix_complaint_asset', 'complaint', ['asset_layer', 'asset_id'],
                    postgresql_where=sa.text('asset_id is not null'))


def make_rules() -> None:
    op.create_table('complaint_transition',
        sa.Column('start', sa.Text(), primary_key=True), sa.Column('target', sa.Text(), primary_key=True))
    op.create_table('complaint_kind',
        sa.Column('id', sa.Text(), primary_key=True),
        sa.Column('case_class', sa.Text(), nullable=False),
        sa.Column('working_days', sa.Integer()),
        sa.Column('agency', sa.Text(), nullable=False),
        sa.Column('source', sa.Text(), nullable=False))
    op.create_table('complaint_limit',
        sa.Column('id', sa.Text(), primary_key=True),
        sa.Column('amount', sa.Integer()),
        sa.Column('unit', sa.Text(), nullable=False),
        sa.Column('source', sa.Text(), nullable=False))
    op.create_table('complaint_route',
        sa.Column('id', sa.Integer(), sa.Identity(), primary_key=True),
        sa.Column('position', sa.Integer(), nullable=False, index=True),
        sa.Column('asset_layer', sa.Text()),
        sa.Column('asset_kind', sa.Text()),
        sa.Column('kind', sa.Text()),
        sa.Column('area', Geometry('MULTIPOLYGON', srid=4326, spatial_index=False)),
        sa.Column('starts', sa.Time()),
        sa.Column('ends', sa.Time()),
        sa.Column('agency', sa.Text(), nullable=False),
        sa.Column('authority', sa.Text()),
        sa.Column('why', sa.Text(), nullable=False),
        sa.Column('why_en', sa.Text(), nullable=False),
        sa.Column('source', sa.Text(), nullable=False))
    op.create_table('complaint_template',
        sa.Column('id', sa.Text(), primary_key=True),
        sa.Column('state', sa.Text()),
        sa.Column('agency', sa.Text()),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('body', sa.Text(), nullable=False))


def make_companions() -> None:
    op.create_table('complaint_clock',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        complaint(nullable=False, index=True),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('case_class', sa.Text(), nullable=False),
        moment('started_at', nullable=False),
        sa.Column('working_days', sa.Integer(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('replaces', postgresql.ARRAY(sa.BigInteger()), nullable=False, server_default='{}'))
    op.create_table('complaint_follower',
        complaint(primary_key=True),
        sa.Column('follower', sa.Text(), primary_key=True),
        sa.Column('confirmed', sa.Boolean(), nullable=False, server_default='false'),
        moment('followed_at', nullable=False, server_default=sa.func.now()),
        sa.Column('carried_from', sa.BigInteger(), sa.ForeignKey('complaint.id', ondelete='cascade')),
        moment('disputed_at'))
    op.create_index('ix_complaint_follower_carried_from', 'complaint_follower', ['carried_from'],
                    postgresql_where=sa.text('carried_from is not null'))
    op.create_table('outbox',
        sa.Column('id', sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column('message_id', sa.Text(), nullable=False, unique=True),
        sa.Column('kind', sa.Text(), nullable=False),
        sa.Column('recipient', sa.Text(), nullable=False),
        sa.Column('subject', sa.Text()),
        sa.Column('data', postgresql.JSONB(), nullable=False),
        moment('posted_at', nullable=False, server_default=sa.func.now()),
        moment('sent_at'))
    op.create_index('ix_outbox_waiting', 'outbox', ['id'], postgresql_where=sa.text('sent_at is null'))


def make_trail() -> None:
    for name in ('salt', 'hash', 'content_hash'):
        op.add_column('event', sa.Column(name, sa.LargeBinary()))
    op.create_table('event_content',
        sa.Column('event_id', sa.BigInteger(), sa.ForeignKey('event.id'), primary_key=True),
        sa.Column('salt', sa.LargeBinary(), nullable=False),
        sa.Column('content', sa.Text(), nullable=False))
    op.create_table('event_pending', sa.Column('event_id', sa.BigInteger(), primary_key=True, autoincrement=False))
    op.create_table('event_link',
        sa.Column('position', sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column('event_id', sa.BigInteger(), nullable=False, unique=True),
        sa.Column('hash', sa.LargeBinary(), nullable=False),
        sa.Column('link', sa.LargeBinary(), nullable=False))
    op.execute(TRAIL)
    op.execute('update event set salt = uuid_send(gen_random_uuid())')
    op.execute("update event set hash = sha256(salt || convert_to(event_text(event), 'UTF8'))")
    op.execute('insert into event_pending select id from event')
    for name in ('salt', 'hash'):
        op.alter_column('event', name, nullable=False)
    op.create_index('ix_event_subject', 'event', ['layer', 'subject', 'id'])
    op.execute(KEEP)


def fill() -> None:
    pairs = [{'start': start, 'target': target} for start, targets in FOLLOWING.items() for target in targets]
    op.bulk_insert(sa.table('complaint_transition', sa.column('start'), sa.column('target')), pairs)
    for name, file in SEEDED.items():
        with (SEEDS / file).open(encoding='utf-8', newline='') as seed:
            rows = [{key: typed(key, value) for key, value in row.items()} for row in csv.DictReader(seed)]
        op.bulk_insert(sa.table(name, *(sa.column(column) for column in rows[0])), rows)


def typed(column: str, value: str) -> object:
    return None if not value else int(value) if column in NUMBERS else value
