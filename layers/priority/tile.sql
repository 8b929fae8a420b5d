select id, name, standing, rank, geom
from road_priority
where geom && st_makeenvelope(:west, :south, :east, :north, 4326) and unit = 'ruas'
