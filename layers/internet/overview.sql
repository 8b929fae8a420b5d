-- Coverage alone: where towers are too many they are drawn as cells.
select id, name, kind, operator, technology, st_simplify(geom, :unit * 4, true) as geom
from internet_site
where geom && st_makeenvelope(:west, :south, :east, :north, 4326) and st_dimension(geom) > 0
