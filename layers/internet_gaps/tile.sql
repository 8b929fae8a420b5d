select id, name, kind, people, geom
from internet_gap
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
