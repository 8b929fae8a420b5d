"""Triggers that note each change of a layer, and of the number of points in a cell of the web map's grid"""

import sqlalchemy as sa
from alembic import op
revision = '0002'
down_revision = '0001'

# The cell of zoom 18 in which a point lies; what lies beyond the web map's edge counts as on it.
# Not strict, so that the planner can write the expressions in place of the calls.
CELL = """
create function cell_x(point geometry) returns int language sql immutable parallel safe
return least(greatest(floor((st_x(point) + 180) / 360 * 262144), 0), 262143)::int;

create function cell_y(point geometry) returns int language sql immutable parallel safe
return least(greatest(floor(
    (1 - asinh(tan(radians(least(greatest(st_y(point), -85.05112878), 85.05112878)))) / pi()) / 2 * 262144
), 0), 262143)::int;
"""

# Appends only, so that no writer waits for another: one row a statement, and one a cell whose number of points of a
# kind has changed. The first argument is the layer, the second the column that classifies its points, if it has points.
NOTE = """
create function note_layer_change() returns trigger language plpgsql as $$
declare
    layer text := tg_argv[0];
    changed boolean;
    moves text := case tg_op
        when 'INSERT' then 'select geom, %1$I as kind, 1 as n from added'
        when 'DELETE' then 'select geom, %1$I as kind, -1 as n from removed'
        when 'UPDATE' then
            'select geom, %1$I as kind, 1 as n from added union all select geom, %1$I, -1 from removed'
    end;
begin
    if tg_op = 'INSERT' then changed := exists (select from added);
    else changed := exists (select from removed);
    end if;
    if not changed then return null; end if;
    insert into layer_change (layer) values (layer);
    if tg_nargs = 2 then
        execute 'insert into layer_change (layer, x, y, kind, n)
                 select $1, cell_x(geom), cell_y(geom), kind, sum(n)
                 from (' || format(moves, tg_argv[1]) || ') as moved
                 where geometrytype(geom) = ''POINT'' and not st_isempty(geom)
                 group by 2, 3, 4 having sum(n) <> 0' using layer;
    end if;
    return null;
end $$;

create function note_layer_emptied() returns trigger language plpgsql as $$
begin
    insert into layer_change (layer) values (tg_argv[0]);
    insert into layer_change (layer, x, y, kind, n)
    select tg_argv[0], x, y, kind, -sum(n)
    from (select x, y, kind, n from tile_cell where layer = tg_argv[0] and z = 18
          union all
          select x, y, kind, n from layer_change where layer = tg_argv[0] and x is not null) as counted
    group by x, y, kind having sum(n) <> 0;
    return null;
end $$;
"""

# How a layer's own migration puts its table under watch.
WATCH = """
create function watch_layer(layer text, watched regclass, kind text default null) returns void language plpgsql as $$
declare
    arguments text := concat_ws(', ', quote_literal(layer), quote_literal(kind));
begin
    execute format('create trigger note_insert after insert on %s referencing new table as added
                    for each statement execute function note_layer_change(%s)', watched, arguments);
    execute format('create trigger note_delete after delete on %s referencing old table as removed
                    for each statement execute function note_layer_change(%s)', watched, arguments);
    execute format('create trigger note_update after update on %s referencing new table as added old table as removed
                    for each statement execute function note_layer_change(%s)', watched, arguments);
    execute format('create trigger note_truncate after truncate on %s
                    for each statement execute function note_layer_emptied(%s)', watched, quote_literal(layer));
end $$;
"""

POINTS = {"offices": ("office", "kind"), "waste": ("waste_site", "kind"), "complaints": ("complaint", "category"),
          "internet": ("internet_site", "kind")}
SHAPES = {"areas": "area", "roads": "road", "settlements": "settlement"}


def upgrade() -> None:
    op.drop_index('ix_layer_change_layer', 'layer_change')
    op.create_index('ix_layer_change_statement', 'layer_change', ['layer'], postgresql_where=sa.text('x is null'))
    op.create_index('ix_tile_cell_empty', 'tile_cell', ['layer'], postgresql_where=sa.text('n = 0'))
    for statements in (CELL, NOTE, WATCH):
        op.execute(statements)
    for layer, (table, kind) in POINTS.items():
        op.execute(f"select watch_layer('{layer}', '{table}', '{kind}')")
    for layer, table in SHAPES.items():
        op.execute(f"select watch_layer('{layer}', '{table}')")
