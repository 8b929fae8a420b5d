-- The cells of a crowded tile: how many points lie in each, and the kind that most of them are of.
select st_asmvt(cell, :layer || '_cells', 4096, 'geom') as mvt
from (
    select st_makepoint((x - :cell_west + 0.5) * :cell_width, (y - :cell_north + 0.5) * :cell_width) as geom,
           sum(n)::int as n, (array_agg(kind order by n desc, kind))[1] as kind
    from generate_series(:cell_west, :cell_east) as columns (x) join tile_cell using (x)
    where layer = :layer and z = :cell_z and y between :cell_north and :cell_south and n > 0
    group by x, y
) as cell
