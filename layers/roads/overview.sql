-- The roads that lead through the regency, the longest first where there are too many.
select id, name, status, function, surface, condition, st_simplify(geom, :unit * 4, true) as geom
from road
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
  and (status in ('nasional', 'provinsi') or function in ('arteri', 'kolektor')
       or (:z >= 10 and (status = 'kabupaten' or function = 'lokal')))
order by length_m desc
