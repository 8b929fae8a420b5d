-- The kecamatan of a regency by name, each with its shape (EPSG:3857).
select code, name, st_asbinary(st_transform(geom, 3857)) as shape
from area
where parent_code = :regency and level = 'kecamatan'
order by name, code
