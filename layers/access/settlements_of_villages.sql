select id, name, village_code, st_asbinary(geom) as shape from settlement where village_code = any(:codes) order by id
