select id, name, kind, st_simplify(geom, :unit * 2, true) as geom
from river
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
