-- Villages of a pixel (8 units) or more, those with the largest share too far first where there are too many.
select id, name, kind, far_share, st_simplify(geom, :unit * 4, true) as geom
from waste_service
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
  and st_xmax(geom) - st_xmin(geom) > :unit * 8
order by far_share desc nulls last
