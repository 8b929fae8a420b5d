-- The desa and kelurahan of a regency, with their people where these are known.
select id, code, name, level, population, population_source, source, st_asbinary(geom) as shape
from area
where level in ('desa', 'kelurahan')
  and parent_code in (select code from area where level = 'kecamatan' and parent_code = :regency)
order by code
