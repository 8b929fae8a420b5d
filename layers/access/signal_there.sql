-- Towers in a box with the metres they are said to reach, and areas of which somebody says that there is signal.
select id, kind = 'menara' as tower, range_m, st_asbinary(geom) as shape
from internet_site
where geom && st_makeenvelope(:west, :south, :east, :north, 4326)
  and (kind = 'menara' or st_dimension(geom) = 2)
order by id
