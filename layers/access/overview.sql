-- Villages of a pixel (8 units) or more, the farthest first where there are too many.
select id, name, kind, minutes_wet, minutes_dry, st_simplify(geom, :unit * 4, true) as geom
from access
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
  and st_xmax(geom) - st_xmin(geom) > :unit * 8
order by minutes_wet desc nulls first
