-- Squares of a pixel (8 units) or more, those that stand out the most first where there are too many.
select id, name, kind, reports, around, geom
from hotspot
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
  and st_xmax(geom) - st_xmin(geom) > :unit * 8
order by abs(z) desc
