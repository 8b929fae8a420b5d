-- Clipped first: a kecamatan has thousands of corners, and few of them lie in a near tile.
select id, name, level, code,
       st_simplify(st_clipbybox2d(geom, st_makeenvelope(:west, :south, :east, :north, 4326)), :unit * 2, true) as geom
from area
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
