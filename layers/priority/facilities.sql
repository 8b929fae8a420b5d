-- The offices within a box that people go to.
select id, kind, st_x(geom) as lon, st_y(geom) as lat
from office
where geom && st_makeenvelope(:west, :south, :east, :north, 4326) and kind = any(:kinds)
order by id
