select code, st_asbinary(geom) as shape from area where level in ('desa', 'kelurahan') order by code
