select id, name, status, function, surface, condition, st_simplify(geom, :unit * 2, true) as geom
from road
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
