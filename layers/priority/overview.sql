-- Whole roads of a pixel (8 units) or more, those that come first on top.
select id, name, standing, rank, geom
from road_priority
where geom && st_makeenvelope(:west, :south, :east, :north, 4326) and unit = 'ruas'
  and greatest(st_xmax(geom) - st_xmin(geom), st_ymax(geom) - st_ymin(geom)) > :unit * 8
order by rank nulls last
