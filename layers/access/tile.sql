select id, name, kind, minutes_wet, minutes_dry,
       st_simplify(st_clipbybox2d(geom, st_makeenvelope(:west, :south, :east, :north, 4326)), :unit * 2, true) as geom
from access
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
