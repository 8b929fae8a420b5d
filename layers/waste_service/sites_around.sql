select id, kind, name, capacity, capacity_unit, pickup_days, source, village_code, st_x(geom) as lon, st_y(geom) as lat
from waste_site
where geom && st_makeenvelope(:west, :south, :east, :north, 4326) and kind in ('tps', 'tps3r', 'tpa')
order by id
