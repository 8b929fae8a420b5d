-- From afar one cell of four stands for the square of 1 km that they make up, drawn as large as that.
select id, name, kind, people,
       st_setsrid(cast(st_expand(box2d(geom), (st_xmax(geom) - st_xmin(geom)) / 2) as geometry), 4326) as geom
from internet_gap
where geom && st_makeenvelope(:west, :south, :east, :north, 4326) and place = 0
  and st_xmax(geom) - st_xmin(geom) > :unit
