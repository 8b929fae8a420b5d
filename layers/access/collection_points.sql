-- The places in a box to which people take their waste.
select id, st_x(geom) as lon, st_y(geom) as lat
from waste_site
where kind in ('tps', 'tps3r') and geom && st_makeenvelope(:west, :south, :east, :north, 4326)
order by id
