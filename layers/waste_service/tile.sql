select id, name, kind, far_share,
       st_simplify(st_clipbybox2d(geom, st_makeenvelope(:west, :south, :east, :north, 4326)), :unit * 2, true) as geom
from waste_service
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
