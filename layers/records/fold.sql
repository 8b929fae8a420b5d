-- Moves the oldest pending changes into versions and cell counts. Counts go up the pyramid, each zoom from the one below it;
-- a layer whose counts are folded gets one version more, since its tiles may now show other numbers.
with gone as (
    delete from layer_change where id in (select id from layer_change order by id limit :most)
    returning layer, x, y, kind, n
), steps as (
    select layer, count(*) filter (where x is null) + bool_or(x is not null)::int as n from gone group by layer
), folded as (
    insert into layer_version (layer, version) select layer, n from steps
    on conflict (layer) do update set version = layer_version.version + excluded.version, changed_at = now()
), z18 as (
    select layer, x, y, kind, sum(n) as n from gone where x is not null group by 1, 2, 3, 4 having sum(n) <> 0
), z16 as (
    select layer, x >> 2 as x, y >> 2 as y, kind, sum(n) as n from z18 group by 1, 2, 3, 4
), z14 as (
    select layer, x >> 2 as x, y >> 2 as y, kind, sum(n) as n from z16 group by 1, 2, 3, 4
), z12 as (
    select layer, x >> 2 as x, y >> 2 as y, kind, sum(n) as n from z14 group by 1, 2, 3, 4
), z10 as (
    select layer, x >> 2 as x, y >> 2 as y, kind, sum(n) as n from z12 group by 1, 2, 3, 4
), z8 as (
    select layer, x >> 2 as x, y >> 2 as y, kind, sum(n) as n from z10 group by 1, 2, 3, 4
), z6 as (
    select layer, x >> 2 as x, y >> 2 as y, kind, sum(n) as n from z8 group by 1, 2, 3, 4
), pyramid as (
    select 18 as z, * from z18 union all select 16, * from z16 union all select 14, * from z14
    union all select 12, * from z12 union all select 10, * from z10 union all select 8, * from z8
    union all select 6, * from z6
)
insert into tile_cell (layer, z, x, y, kind, n)
select layer, z, x, y, kind, n from pyramid where n <> 0
on conflict (layer, z, x, y, kind) do update set n = tile_cell.n + excluded.n
