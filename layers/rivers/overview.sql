-- Rivers of a pixel (8 units) or more, the longest first where there are too many.
select id, name, kind, st_simplify(geom, :unit * 4, true) as geom
from river
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
  and greatest(st_xmax(geom) - st_xmin(geom), st_ymax(geom) - st_ymin(geom)) > :unit * 8
order by st_length(geom) desc
