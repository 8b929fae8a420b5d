-- Settlements of a pixel (8 units) or more, the largest first where there are too many.
select id, name, kind, st_simplify(geom, :unit * 4, true) as geom
from settlement
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
  and greatest(st_xmax(geom) - st_xmin(geom), st_ymax(geom) - st_ymin(geom)) > :unit * 8
order by st_area(st_envelope(geom)) desc
