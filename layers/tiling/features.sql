-- The frame of every tile: clips what a layer's tile.sql or overview.sql gives, and writes it down. Where too many
-- points lie in the tile by the counts kept ready, no feature is read: the tile's cells are drawn instead.
with crowd as materialized (
    select coalesce(sum(n), 0)::int as points
    from tile_cell
    where layer = :layer and z = :count_z and x between :count_west and :count_east
      and y between :count_north and :count_south
)
select (select points from crowd) as points, count(*) as number, st_asmvt(feature, :layer, 4096, 'geom', 'id') as mvt
from (
    select id, {columns},
           st_asmvtgeom(st_transform(geom, 3857), st_tileenvelope(:z, :x, :y), 4096, 64, true) as geom
    from ({features} limit case when (select points from crowd) <= :crowd then :most + 1 else 0 end) as near
) as feature
