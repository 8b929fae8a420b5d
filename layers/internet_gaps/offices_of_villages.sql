select id, st_x(geom) as lon, st_y(geom) as lat from office where village_code = any(:codes) order by id
