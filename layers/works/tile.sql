select id, name, stage, kind, st_simplify(geom, :unit * 2, true) as geom
from work
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
