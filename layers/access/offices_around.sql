select id, kind, capacity, source, st_x(geom) as lon, st_y(geom) as lat
from office
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
order by id
