select id, name, kind, reports, around, geom
from hotspot
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
