select id, name, kind, operator, technology, st_simplify(geom, :unit * 2, true) as geom
from internet_site
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
