select st_asbinary(geom) as shape
from river
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
order by id
