-- The desa and kelurahan of a regency, by kecamatan and name, each with a point that lies in it.
select village.code, village.name, kecamatan.name as kecamatan, st_x(point.at) as lon, st_y(point.at) as lat
from area as kecamatan
join area as village on village.parent_code = kecamatan.code
cross join lateral (select st_pointonsurface(village.geom) as at) as point
where kecamatan.parent_code = :regency
  and kecamatan.level = 'kecamatan' and village.level in ('desa', 'kelurahan')
order by kecamatan.name, village.name, village.code
